//! What a condition can ask of a variant: one number from its windows. What can be asked is in the table of metrics; what
//! is here are the few measures that are no sums over time.

use crate::base::SimTime;
use crate::scenario::Plan;
use crate::telemetry::metrics::Subject;
use crate::telemetry::{self, MOST_LAGS, Window};

use super::subject::{At, ledger, places};
use super::unit::Unit;

/// A measure of some kind of thing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub name: &'static str,
    pub of: Subject,
    pub unit: Unit,
    read: Read,
}

/// How a measure is taken from windows.
#[derive(Clone, Copy, Debug)]
enum Read {
    /// By the table of metrics.
    Metric(&'static dyn telemetry::Measure),
    /// The count in the ledger whose place is asked for.
    Ledger,
    /// A client's 50th (0), 95th (1) or 99th (2) percentile over all answers of the stretch.
    Percentile(usize),
    /// How far a group was behind, on average over the windows' ends: in records, or by the age of the oldest.
    Lag,
    TimeLag,
}

/// Which measure of what.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    entry: Entry,
    at: At,
    /// The places of what is added up, in the windows' list of its kind.
    members: Vec<usize>,
}

impl PartialEq for Measure {
    fn eq(&self, other: &Measure) -> bool {
        (self.entry.name, self.entry.of, self.at) == (other.entry.name, other.entry.of, other.at)
    }
}

/// Over which windows, and whether counts are to be per second.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub from: SimTime,
    pub to: SimTime,
    pub per_second: bool,
}

/// All measures.
pub(super) fn entries() -> impl Iterator<Item = Entry> {
    let in_table = telemetry::measures().filter(|measure| measure.subject() != Subject::Ledger);
    let in_table = in_table.map(|measure| Entry {
        name: measure.name(),
        of: measure.subject(),
        unit: measure.unit().into(),
        read: Read::Metric(measure),
    });
    let percentile =
        |(at, name)| Entry { name, of: Subject::Client, unit: Unit::Time, read: Read::Percentile(at) };
    let lag = Entry { name: "lag", of: Subject::Group, unit: Unit::Count, read: Read::Lag };
    let time_lag = Entry { name: "time_lag", of: Subject::Group, unit: Unit::Time, read: Read::TimeLag };
    let ledger = Entry { name: "ledger", of: Subject::Ledger, unit: Unit::Rate, read: Read::Ledger };
    in_table
        .chain(["p50", "p95", "p99"].into_iter().enumerate().map(percentile))
        .chain([lag, time_lag, ledger])
}

impl Entry {
    /// This measure of a thing of its kind; none where a plan has no such thing.
    pub fn of(self, at: At, plan: &Plan) -> Option<Measure> {
        let mut entry = self;
        if self.of == Subject::Ledger {
            entry.read = Read::Metric(ledger().nth(at.index)?);
        }
        let members = places(self.of, at, plan)?;
        Some(Measure { entry, at, members })
    }
}

impl Measure {
    /// Whether it counts events, so that it has a total.
    pub fn counts(&self) -> bool {
        self.entry.unit == Unit::Rate
    }

    /// Its value over a stretch; none where nothing was measured (no answer, so no latency).
    pub fn value(&self, windows: &[&Window], stretch: Stretch) -> Option<f64> {
        let Stretch { from, to, per_second } = stretch;
        let inside =
            || windows.iter().rev().skip_while(|w| w.start >= to).take_while(|w| w.end > from).map(|w| &**w);
        let seconds: f64 = inside().map(|window| window.length().as_secs()).sum();
        if seconds <= 0.0 {
            return None;
        }
        let at = self.at;
        match self.entry.read {
            Read::Metric(measure) => {
                let value = measure.value(&mut inside(), &self.members, at.part)?;
                Some(if self.counts() && per_second { value / seconds } else { value })
            }
            Read::Percentile(which) => Some(Window::percentiles_over(inside(), at.index)?[which].as_secs()),
            Read::Lag => {
                let sum: Option<f64> = inside().map(|w| Some(lag(w, at)? * w.length().as_secs())).sum();
                sum.map(|sum| sum / seconds)
            }
            Read::TimeLag => {
                let place = *self.members.first()?;
                let behind = |w: &Window| Some(w.time_lags.get(place)?.as_secs() * w.length().as_secs());
                let sum: Option<f64> = inside().map(behind).sum();
                sum.map(|sum| sum / seconds)
            }
            Read::Ledger => None,
        }
    }
}

/// `part`: which group; `parts`: how many there are.
fn lag(window: &Window, at: At) -> Option<f64> {
    let lags = window.lags.get(at.index)?;
    let each = (lags.len() / at.parts.max(1)).clamp(1, MOST_LAGS);
    let own = lags.chunks(each).nth(at.part?)?;
    Some(own.iter().map(|lag| f64::from(*lag)).sum())
}
