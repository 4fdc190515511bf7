//! What is compared: figures, how they are taken from windows, and which of two is the better one.

use super::chance::{self, Doubt, Kind};
use crate::base::{SimDuration, Text};
use crate::session::VariantRun;
use crate::telemetry::metrics::Subject;
use crate::telemetry::{Measure, Unit as Taken, Window, measures};
use crate::view::charts::axis::Unit;

/// A variant, and the windows of it that are compared.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    pub variant: &'a VariantRun,
    pub windows: &'a [&'a Window],
}

/// A row of the comparison.
pub(super) struct Row {
    pub what: Text,
    pub unit: Unit,
    figure: Figure,
    /// The greater value is the better one.
    pub more: bool,
    /// It is there also where both have nothing.
    pub always: bool,
}

/// How a figure is taken from windows.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Figure {
    /// A metric, of all things of its kind together: events per second, or a mean over time.
    Metric(Subject, &'static str),
    /// How many events there were of several metrics together.
    Total(&'static [(Subject, &'static str)]),
    /// A percentile over all answers: the 50th (0), 95th (1) or 99th (2); of several clients the worst.
    Percentile(usize),
    /// How far all groups are behind, in records: the mean over the windows' ends.
    Lag,
}

const LOST: Figure = Figure::Total(&[
    (Subject::Ledger, "lost"),
    (Subject::Ledger, "dropped"),
    (Subject::Ledger, "expired"),
    (Subject::Exchange, "unroutable"),
]);

pub(super) const ROWS: &[Row] = &[
    Row::of(Text::new("compare.goodput"), Unit::PerSecond, Figure::Metric(Subject::Client, "goodput"))
        .best_high(),
    Row::of(Text::new("compare.late"), Unit::PerSecond, Figure::Metric(Subject::Client, "late")).rare(),
    Row::of(Text::new("compare.degraded"), Unit::PerSecond, Figure::Metric(Subject::Client, "degraded"))
        .rare(),
    Row::of(Text::new("compare.failed"), Unit::PerSecond, Figure::Metric(Subject::Client, "failed")),
    Row::of(Text::new("compare.p50"), Unit::Seconds, Figure::Percentile(0)),
    Row::of(Text::new("compare.p99"), Unit::Seconds, Figure::Percentile(2)),
    Row::of(Text::new("compare.wasted"), Unit::PerSecond, Figure::Metric(Subject::Service, "wasted")),
    Row::of(Text::new("compare.blocked"), Unit::Count, Figure::Metric(Subject::Service, "blocked")),
    Row::of(Text::new("compare.depth"), Unit::Count, Figure::Metric(Subject::Queue, "depth")).rare(),
    Row::of(Text::new("compare.lag"), Unit::Count, Figure::Lag).rare(),
    Row::of(Text::new("compare.lost"), Unit::Count, LOST).rare(),
];

impl Row {
    const fn of(what: Text, unit: Unit, figure: Figure) -> Row {
        Row { what, unit, figure, more: false, always: true }
    }

    const fn best_high(mut self) -> Row {
        self.more = true;
        self
    }

    const fn rare(mut self) -> Row {
        self.always = false;
        self
    }

    /// Whether it is this figure.
    pub fn is(&self, figure: Figure) -> bool {
        self.figure == figure
    }

    /// Both variants' values, and how far their difference is from chance.
    pub fn compared(&self, sides: [Side; 2]) -> Compared {
        if let Figure::Percentile(which) = self.figure {
            return percentiles(sides, which);
        }
        let values = sides.map(|side| self.figure.value(side, side.windows).unwrap_or(f64::NAN));
        let doubt = self.doubt(sides, values[1] - values[0]);
        Compared { values, doubt }
    }

    fn doubt(&self, sides: [Side; 2], seen: f64) -> Option<Doubt> {
        let of = |side: Side| -> Option<Vec<f64>> {
            chance::batches(side.windows)?.map(|batch| self.figure.value(side, batch)).collect()
        };
        let (a, b) = (of(sides[0])?, of(sides[1])?);
        let differences: Vec<f64> = a.iter().zip(&b).map(|(a, b)| b - a).collect();
        // So many more events in one of them vary by the root of their number.
        let seconds = seconds(sides[0].windows);
        let (kind, least) = match self.figure {
            Figure::Total(_) => (Kind::Counts, libm::sqrt(seen.abs()) / differences.len() as f64),
            _ if self.unit == Unit::PerSecond => (Kind::Counts, libm::sqrt(seen.abs() / seconds)),
            _ => (Kind::States, 0.0),
        };
        chance::doubt(&differences, kind, least)
    }
}

/// Both variants' values of a figure.
pub(super) struct Compared {
    /// A's and B's; no number where there is none.
    pub values: [f64; 2],
    /// How far they are from chance; none where too little was measured to say.
    pub doubt: Option<Doubt>,
}

impl Figure {
    /// Its value over some windows; none where there is nothing to divide by.
    pub(super) fn value(self, side: Side, windows: &[&Window]) -> Option<f64> {
        let length = seconds(windows);
        match self {
            _ if length <= 0.0 => None,
            Figure::Metric(of, name) => {
                let measure = measure(of, name)?;
                let value = taken(measure, side, windows)?;
                Some(if measure.unit() == Taken::Events { value / length } else { value })
            }
            Figure::Total(metrics) => {
                metrics.iter().map(|(of, name)| taken(measure(*of, name)?, side, windows)).sum()
            }
            Figure::Percentile(which) => worst(side, windows, which).map(|(_, value)| value.as_secs()),
            Figure::Lag => {
                let behind = |window: &&Window| {
                    let records: f64 = window.lags.iter().flatten().map(|lag| f64::from(*lag)).sum();
                    records * window.length().as_secs()
                };
                Some(windows.iter().map(behind).sum::<f64>() / length)
            }
        }
    }
}

fn seconds(windows: &[&Window]) -> f64 {
    windows.iter().map(|window| window.length().as_secs()).sum()
}

fn measure(of: Subject, name: &str) -> Option<&'static dyn Measure> {
    measures().find(|measure| measure.subject() == of && measure.name() == name)
}

/// A metric of all things of its kind together.
fn taken(measure: &dyn Measure, side: Side, windows: &[&Window]) -> Option<f64> {
    let plan = side.variant.plan();
    let count = match measure.subject() {
        Subject::Client => plan.clients.len(),
        Subject::Service => plan.services.len(),
        Subject::Queue => plan.queues.len(),
        Subject::Exchange => plan.exchanges.len(),
        Subject::Ledger => 1,
        _ => 0,
    };
    let members: Vec<usize> = (0..count).collect();
    measure.value(&mut windows.iter().copied(), &members, None)
}

/// The client whose answers take longest by a percentile, and that percentile; none without an answer.
fn worst(side: Side, windows: &[&Window], which: usize) -> Option<(usize, SimDuration)> {
    let of =
        |client: usize| Some((client, Window::percentiles_over(windows.iter().copied(), client)?[which]));
    (0..side.variant.plan().clients.len()).filter_map(of).max_by_key(|(_, value)| *value)
}

/// Percentiles are compared by how many answers take longer than a bound between the two: were the percentiles the
/// same, these shares would be.
fn percentiles(sides: [Side; 2], which: usize) -> Compared {
    let found = sides.map(|side| worst(side, side.windows, which));
    let values = found.map(|found| found.map_or(f64::NAN, |(_, value)| value.as_secs()));
    let [Some((a, low)), Some((b, high))] = found else { return Compared { values, doubt: None } };
    let bound = SimDuration::from_secs(libm::sqrt(low.as_secs() * high.as_secs()));
    let counts = |side: Side, client: usize| -> Option<Vec<[f64; 2]>> {
        let count = |batch: &[&Window]| {
            let spreads = || batch.iter().filter_map(|window| window.spreads.get(client));
            let above: u64 = spreads().map(|spread| spread.above(bound)).sum();
            [above as f64, spreads().map(|spread| spread.count()).sum::<u64>() as f64]
        };
        Some(chance::batches(side.windows)?.map(count).collect())
    };
    let doubt = counts(sides[0], a).zip(counts(sides[1], b)).and_then(|(a, b)| shares(&a, &b));
    Compared { values, doubt }
}

/// How far the shares of two variants are from each other: of each batch, how many answers there are above the bound,
/// and how many in all.
fn shares(a: &[[f64; 2]], b: &[[f64; 2]]) -> Option<Doubt> {
    let total = |batches: &[[f64; 2]]| {
        batches.iter().fold([0.0, 0.0], |sum, each| [sum[0] + each[0], sum[1] + each[1]])
    };
    let (all_a, all_b) = (total(a), total(b));
    let (share_a, share_b) = (all_a[0] / all_a[1], all_b[0] / all_b[1]);
    let count = a.len().min(b.len()) as f64;
    // What a batch has more than its share, per answer of a mean batch (the ratio estimator).
    let off = |batch: &[f64; 2], share: f64, all: f64| (batch[0] - share * batch[1]) * count / all;
    let differences: Vec<f64> = a
        .iter()
        .zip(b)
        .map(|(a, b)| share_b - share_a + off(b, share_b, all_b[1]) - off(a, share_a, all_a[1]))
        .collect();
    let both = (all_a[0] + all_b[0]) / (all_a[1] + all_b[1]);
    let least = libm::sqrt(both * (1.0 - both) * (1.0 / all_a[1] + 1.0 / all_b[1]));
    chance::doubt(&differences, Kind::States, least)
}
