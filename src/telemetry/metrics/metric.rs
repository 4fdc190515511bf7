//! A metric: how it is taken from what was folded, and how each place that reports it does so.

use crate::base::{SimTime, Text};
use crate::observation::Failure;
use crate::telemetry::latency::Summary;

use super::parts::Failures;

/// The kinds of things that are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A client.
    Client,
    /// A service, all its replicas together.
    Service,
    /// An operation of a service.
    Operation,
    /// The calls between two nodes for one operation.
    Call,
    /// A queue.
    Queue,
    /// An exchange.
    Exchange,
    /// A log.
    Log,
    /// A consumer group of a log.
    Group,
    /// A store.
    Store,
    /// A circuit breaker.
    Breaker,
    /// A saga step.
    Saga,
    /// A step that cuts a stream into windows.
    WindowStep,
    /// All messages together.
    Ledger,
}

/// A kind of thing with its metrics. Implemented by the structs of the result, one for each [`Subject`], from the rows
/// of the table.
pub trait Measured: Sized + 'static {
    /// What is folded of one such thing: counters, levels and latencies since measuring began.
    type Tally;
    /// What was added up over a stretch of time.
    type Sums: Clone + Default;
    /// The same over one window, in half the room.
    type Window: Clone + Default;
    /// Which kind of thing it is.
    const SUBJECT: Subject;
    /// Its rows of the table: first those of the result, in the order of its keys.
    const METRICS: &'static [Metric<Self>];

    /// What was added up until `now`.
    fn sums(tally: &Self::Tally, now: SimTime) -> Self::Sums;

    /// What was added up between two instants.
    fn between(before: &Self::Sums, after: &Self::Sums) -> Self::Window;

    /// Adds a window to a longer stretch.
    fn add(sums: &mut Self::Sums, window: &Self::Window);
}

/// A row of the table.
pub struct Metric<M: Measured> {
    /// Its key in the result; empty where the result leaves it out.
    pub key: &'static str,
    /// Its value in a result.
    pub value: Option<fn(&M) -> Value>,
    /// Its name in conditions; empty where they cannot ask for it.
    pub name: &'static str,
    /// How conditions take it from any stretch of time.
    pub over: Over<M::Sums>,
    /// Its column in the text output.
    pub column: Option<Column>,
    /// Its line in the inspector.
    pub figure: Option<Figure>,
    /// Key of the chart that explains it.
    pub chart: Option<&'static str>,
    /// Which of its parts a sweep prints.
    pub swept: &'static [Part],
}

/// How a metric is taken from the sums of a stretch of time.
#[derive(Clone, Copy, Debug)]
pub enum Over<T> {
    /// It is not.
    Nothing,
    /// How often something happened.
    Count(fn(&T) -> u64),
    /// How often something failed, by reason, in the order of `Failure::ALL`.
    Reasons(fn(&T) -> &[u64; Failure::COUNT]),
    /// A level: its integral over the stretch, in nanoseconds. The metric is the mean.
    Mean(fn(&T) -> u128),
    /// A part and its whole. The metric is the share, 0 to 1.
    Share(fn(&T) -> (u128, u128)),
    /// An amount, and of how many things. The metric is the mean amount.
    Each(fn(&T) -> (u128, u128)),
    /// Nanoseconds, and of how many things. The metric is the mean duration in seconds.
    Time(fn(&T) -> (u128, u128)),
}

/// A value in a result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// So many.
    Count(u64),
    /// Any number.
    Number(f64),
    /// A share of a whole, 0 to 1.
    Share(f64),
    /// Durations in milliseconds.
    Times(Summary),
    /// Failures by reason.
    Reasons(Failures),
    /// More than a value: a list, a name.
    Other,
}

/// A column of the text output.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// What stands above it.
    pub head: &'static str,
    /// How its cells are written.
    pub cell: Cell,
    /// It stands behind the column with this head; else where its row stands in the table.
    pub after: Option<&'static str>,
}

/// How a metric is written in the text output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// As one value; of durations the mean.
    One,
    /// Mean, percentiles and maximum of durations, in six columns.
    Six,
    /// Behind the row, where it is not zero.
    Remark,
}

/// A line of the inspector.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// What it is called.
    pub label: Text,
    /// Of durations: what is shown of them.
    pub part: Part,
    /// It is left out where it is zero, or nothing was measured.
    pub if_any: bool,
}

/// What can be said of durations, or of failures by reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The value itself. Of failures by reason: each of them.
    Whole,
    /// The arithmetic mean.
    Mean,
    /// The 50th percentile.
    P50,
    /// The 95th percentile.
    P95,
    /// The 99th percentile.
    P99,
    /// The 99.9th percentile.
    P999,
    /// The greatest.
    Max,
}

impl Part {
    /// Its key in the result; empty for the whole.
    pub fn key(self) -> &'static str {
        match self {
            Part::Whole => "",
            Part::Mean => "mean",
            Part::P50 => "p50",
            Part::P95 => "p95",
            Part::P99 => "p99",
            Part::P999 => "p999",
            Part::Max => "max",
        }
    }

    /// Its value in milliseconds; none for the whole.
    pub fn of(self, times: &Summary) -> Option<f64> {
        match self {
            Part::Whole => None,
            Part::Mean => Some(times.mean),
            Part::P50 => Some(times.p50),
            Part::P95 => Some(times.p95),
            Part::P99 => Some(times.p99),
            Part::P999 => Some(times.p999),
            Part::Max => Some(times.max),
        }
    }
}

/// What a row begins as, and what its options add to it.
impl<M: Measured> Metric<M> {
    /// A row of the result.
    pub(super) const fn reported(
        key: &'static str,
        value: fn(&M) -> Value,
        over: Over<M::Sums>,
    ) -> Metric<M> {
        let (column, figure, chart) = (None, None, None);
        Metric { key, value: Some(value), name: "", over, column, figure, chart, swept: &[Part::Whole] }
    }

    /// A row for conditions alone.
    pub(super) const fn asked_alone(name: &'static str, over: Over<M::Sums>) -> Metric<M> {
        let (column, figure, chart) = (None, None, None);
        Metric { key: "", value: None, name, over, column, figure, chart, swept: &[] }
    }

    /// Conditions ask for it by this name.
    pub(super) const fn asked(mut self, name: &'static str) -> Metric<M> {
        self.name = name;
        self
    }

    /// It has a column in the text output; of durations it shows the mean, of failures the total.
    pub(super) const fn column(mut self, head: &'static str) -> Metric<M> {
        self.column = Some(Column { head, cell: Cell::One, after: None });
        self
    }

    /// It has six columns in the text output, of which this is the first.
    pub(super) const fn columns(mut self, head: &'static str) -> Metric<M> {
        self.column = Some(Column { head, cell: Cell::Six, after: None });
        self
    }

    /// The text output mentions it behind the row, where it is not zero.
    pub(super) const fn remark(mut self, head: &'static str) -> Metric<M> {
        self.column = Some(Column { head, cell: Cell::Remark, after: None });
        self
    }

    /// Its column stands behind the one with this head.
    pub(super) const fn after(mut self, head: &'static str) -> Metric<M> {
        if let Some(column) = &mut self.column {
            column.after = Some(head);
        }
        self
    }

    /// The inspector shows it.
    pub(super) const fn figure(mut self, label: Text) -> Metric<M> {
        self.figure = Some(Figure { label, part: Part::Whole, if_any: false });
        self
    }

    /// The inspector leaves it out where it is zero, or nothing was measured.
    pub(super) const fn if_any(mut self) -> Metric<M> {
        if let Some(figure) = &mut self.figure {
            figure.if_any = true;
        }
        self
    }

    /// The inspector shows this part of its durations.
    pub(super) const fn figure_of(mut self, part: Part, label: Text) -> Metric<M> {
        self.figure = Some(Figure { label, part, if_any: false });
        self
    }

    /// This chart explains it.
    pub(super) const fn chart(mut self, key: &'static str) -> Metric<M> {
        self.chart = Some(key);
        self
    }

    /// A sweep prints these parts of it.
    pub(super) const fn swept(mut self, parts: &'static [Part]) -> Metric<M> {
        self.swept = parts;
        self
    }
}
