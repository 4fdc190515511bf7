//! Measures: the metrics that conditions can ask for, over any stretch of windows.

use std::fmt;

use super::metrics::{
    Call, Client, Exchange, Group, Ledger, Log, Metric, Over, Queue, Saga, Service, Store, Subject,
    WindowStep,
};
use super::window::{Window, Windowed};

/// What a measure is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Events: how many in the stretch, or per second.
    Events,
    /// Things that can be counted.
    Count,
    /// A share of a whole, 0 to 1.
    Share,
    /// Seconds.
    Time,
}

/// A metric that conditions can ask for.
pub trait Measure: Sync {
    /// Its name in conditions.
    fn name(&self) -> &'static str;

    /// Of which kind of thing it is.
    fn subject(&self) -> Subject;

    /// What it is a number of.
    fn unit(&self) -> Unit;

    /// Its value over some windows, of the things at these places of the windows' list together; of failures, those for
    /// one reason if one is named. None where there is nothing to divide by, or no such thing.
    fn value(
        &self,
        windows: &mut dyn Iterator<Item = &Window>,
        members: &[usize],
        reason: Option<usize>,
    ) -> Option<f64>;
}

impl fmt::Debug for dyn Measure {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{} of a {:?}", self.name(), self.subject())
    }
}

impl<M: Windowed> Measure for Metric<M> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn subject(&self) -> Subject {
        M::SUBJECT
    }

    fn unit(&self) -> Unit {
        match self.over {
            Over::Count(_) | Over::Reasons(_) => Unit::Events,
            Over::Mean(_) | Over::Each(_) | Over::Nothing => Unit::Count,
            Over::Share(_) => Unit::Share,
            Over::Time(_) => Unit::Time,
        }
    }

    fn value(
        &self,
        windows: &mut dyn Iterator<Item = &Window>,
        members: &[usize],
        reason: Option<usize>,
    ) -> Option<f64> {
        let (mut sums, mut nanos) = (M::Sums::default(), 0);
        for window in windows {
            nanos += u128::from(window.length().0);
            for member in members {
                M::add(&mut sums, M::of(window).get(*member)?);
            }
        }
        let by = |(part, whole): (u128, u128)| (whole > 0).then(|| part as f64 / whole as f64);
        match self.over {
            Over::Nothing => None,
            Over::Count(count) => Some(count(&sums) as f64),
            Over::Reasons(reasons) => {
                let reasons = reasons(&sums);
                let count = reason.map_or_else(|| Some(reasons.iter().sum()), |at| reasons.get(at).copied());
                count.map(|count: u64| count as f64)
            }
            Over::Mean(level) => by((level(&sums), nanos)),
            Over::Share(parts) | Over::Each(parts) => by(parts(&sums)),
            Over::Time(parts) => by(parts(&sums)).map(|nanos| nanos / 1e9),
        }
    }
}

/// All measures, those of one kind of thing together.
pub fn measures() -> impl Iterator<Item = &'static dyn Measure> {
    fn of<M: Windowed>() -> impl Iterator<Item = &'static dyn Measure> {
        let named = M::METRICS.iter().filter(|metric| !metric.name.is_empty());
        named.map(|metric| metric as &dyn Measure)
    }
    of::<Client>()
        .chain(of::<Service>())
        .chain(of::<Queue>())
        .chain(of::<Exchange>())
        .chain(of::<Log>())
        .chain(of::<Group>())
        .chain(of::<Store>())
        .chain(of::<Call>())
        .chain(of::<Saga>())
        .chain(of::<WindowStep>())
        .chain(of::<Ledger>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_one_measure_of_a_kind_of_thing() {
        let all: Vec<&dyn Measure> = measures().collect();
        assert!(all.len() > 50, "{}", all.len());
        for (at, one) in all.iter().enumerate() {
            let same = all[..at].iter().find(|m| (m.name(), m.subject()) == (one.name(), one.subject()));
            assert!(same.is_none(), "{one:?}");
        }
    }
}
