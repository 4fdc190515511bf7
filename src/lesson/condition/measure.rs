//! What a condition can ask of a lane: one number from its windows.

use crate::base::{LogIx, SimTime};
use crate::scenario::Plan;
use crate::telemetry::{
    AtExchange, AtGroup, AtLog, AtPair, AtQueue, AtSaga, AtStore, AtWindow, ClientWindow, InLedger,
    MOST_LAGS, Places, ServiceWindow, Window,
};

use super::subject::{At, Kind};
use super::unit::Unit;

/// A measure of some kind of thing.
pub(super) struct Entry {
    pub name: &'static str,
    pub of: Kind,
    pub unit: Unit,
    read: Read,
}

/// How a measure is taken from windows.
enum Read {
    /// Events, by their number in a window.
    Count(fn(&Window, At) -> Option<f64>),
    /// Events, by the place of their counter.
    Tally(fn(&Places, At) -> Option<usize>),
    /// A level: the mean over time.
    Level(fn(&Window, At) -> Option<f64>),
    /// The sum of one thing by the sum of another.
    Ratio(fn(&Window, At) -> Option<(f64, f64)>),
    /// The largest.
    Worst(fn(&Window, At) -> Option<f64>),
}

/// Which measure of what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measure {
    entry: usize,
    at: At,
    /// The place of its counter, if it has one.
    counter: usize,
}

/// Over which windows, and whether counts are to be per second.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub from: SimTime,
    pub to: SimTime,
    pub per_second: bool,
}

macro_rules! measures {
    ($($kind:ident { $($name:literal $unit:ident $how:ident $read:expr;)* })*) => {
        /// All measures.
        pub(super) static ENTRIES: &[Entry] = &[
            $($(Entry { name: $name, of: Kind::$kind, unit: Unit::$unit, read: Read::$how($read) },)*)*
        ];

        /// The names of all measures by what they are of, for messages and documentation.
        pub const MEASURES: &[(&str, &[&str])] = &[$((stringify!($kind), &[$($name),*]),)*];
    };
}

measures! {
    Client {
        "offered" Rate Count |w, at| Some(client(w, at)?.offered.into());
        "goodput" Rate Count |w, at| Some(client(w, at)?.good.into());
        "late" Rate Count |w, at| Some(client(w, at)?.late.into());
        "degraded" Rate Count |w, at| Some(client(w, at)?.degraded.into());
        "failed" Rate Count |w, at| {
            let failed = &client(w, at)?.failed;
            Some(match at.part {
                Some(reason) => (*failed.get(reason)?).into(),
                None => failed.iter().sum::<u32>().into(),
            })
        };
        "success" Share Ratio |w, at| {
            let client = client(w, at)?;
            Some((client.good.into(), ended(client)))
        };
        "p50" Time Worst |w, at| Some(client(w, at)?.latency?[0].as_secs());
        "p95" Time Worst |w, at| Some(client(w, at)?.latency?[1].as_secs());
        "p99" Time Worst |w, at| Some(client(w, at)?.latency?[2].as_secs());
    }
    Service {
        "busy" Count Level |w, at| Some(service(w, at)?.busy);
        "blocked" Count Level |w, at| Some(service(w, at)?.blocked);
        "workers" Count Level |w, at| Some(service(w, at)?.workers);
        "waiting" Count Level |w, at| Some(service(w, at)?.waiting);
        "utilization" Share Ratio |w, at| {
            let service = service(w, at)?;
            Some((service.busy + service.blocked, service.workers))
        };
        "completed" Rate Count |w, at| Some(service(w, at)?.completed.into());
        "refused" Rate Count |w, at| Some(service(w, at)?.refused.into());
        "wasted" Rate Count |w, at| Some(service(w, at)?.wasted.into());
        "wait" Time Ratio |w, at| {
            let wait = w.details.as_ref()?.waits.get(at.index)?;
            Some((wait.waited.as_secs(), wait.started.into()))
        };
    }
    Queue {
        "depth" Count Level |w, at| Some(w.queues.get(at.index)?.ready);
        "unacked" Count Level |w, at| Some(w.queues.get(at.index)?.unacked);
        "published" Rate Count |w, at| Some(w.queues.get(at.index)?.published.into());
        "acked" Rate Count |w, at| Some(w.queues.get(at.index)?.acked.into());
        "delivered" Rate Tally |p, at| Some(p.queue(at.of(), AtQueue::Delivered));
        "redelivered" Rate Tally |p, at| Some(p.queue(at.of(), AtQueue::Redelivered));
        "refused" Rate Tally |p, at| Some(p.queue(at.of(), AtQueue::Refused));
        "dropped" Rate Tally |p, at| Some(p.queue(at.of(), AtQueue::Dropped));
        "expired" Rate Tally |p, at| Some(p.queue(at.of(), AtQueue::Expired));
        "dead_lettered" Rate Tally |p, at| Some(p.queue(at.of(), AtQueue::DeadLettered));
    }
    Exchange {
        "published" Rate Tally |p, at| Some(p.exchange(at.of(), AtExchange::Published));
        "routed" Rate Tally |p, at| Some(p.exchange(at.of(), AtExchange::Routed));
        "unroutable" Rate Tally |p, at| Some(p.exchange(at.of(), AtExchange::Unroutable));
    }
    Log {
        "appended" Rate Tally |p, at| Some(p.log(at.of(), AtLog::Appended));
        "refused" Rate Tally |p, at| Some(p.log(at.of(), AtLog::Refused));
        "lost" Rate Tally |p, at| Some(p.log(at.of(), AtLog::Lost));
        "elections" Rate Tally |p, at| Some(p.log(at.of(), AtLog::Elections));
    }
    Group {
        "lag" Count Level lag;
        "taken" Rate Tally |p, at| group(p, at, AtGroup::Taken);
        "duplicates" Rate Tally |p, at| group(p, at, AtGroup::Duplicates);
        "skipped" Rate Tally |p, at| group(p, at, AtGroup::Skipped);
        "rebalances" Rate Tally |p, at| group(p, at, AtGroup::Rebalances);
    }
    Store {
        "reads" Rate Count |w, at| Some(w.details.as_ref()?.stores.get(at.index)?.reads.into());
        "stale" Share Ratio |w, at| {
            let store = w.details.as_ref()?.stores.get(at.index)?;
            Some((store.stale.into(), store.reads.into()))
        };
        "staleness" Time Ratio |w, at| {
            let store = w.details.as_ref()?.stores.get(at.index)?;
            Some((store.behind.as_secs(), store.reads.into()))
        };
        "versions_behind" Count Ratio |w, at| {
            let store = w.details.as_ref()?.stores.get(at.index)?;
            Some((store.versions as f64, store.reads.into()))
        };
        "writes" Rate Tally |p, at| Some(p.store(at.of(), AtStore::Writes));
        "duplicates" Rate Tally |p, at| Some(p.store(at.of(), AtStore::Duplicates));
        "lost_updates" Rate Tally |p, at| Some(p.store(at.of(), AtStore::LostUpdates));
    }
    Pair {
        "calls" Rate Tally |p, at| pair(p, at, AtPair::Calls);
        "attempts" Rate Tally |p, at| pair(p, at, AtPair::Attempts);
        "retries" Rate Tally |p, at| pair(p, at, AtPair::Retries);
        "hedges" Rate Tally |p, at| pair(p, at, AtPair::Hedges);
        "stopped" Rate Tally |p, at| pair(p, at, AtPair::Stopped);
    }
    Saga {
        "started" Rate Tally |p, at| Some(p.saga(at.of(), AtSaga::Started));
        "completed" Rate Tally |p, at| Some(p.saga(at.of(), AtSaga::Completed));
        "compensated" Rate Tally |p, at| Some(p.saga(at.of(), AtSaga::Compensated));
        "stuck" Rate Tally |p, at| Some(p.saga(at.of(), AtSaga::Stuck));
    }
    Stream {
        "records" Rate Tally |p, at| Some(p.window(at.of(), AtWindow::Records));
        "late_records" Rate Tally |p, at| Some(p.window(at.of(), AtWindow::Late));
    }
    Ledger {
        "ledger" Rate Tally |p, at| Some(p.ledger(*FATES.get(at.index)?));
    }
}

/// What `ledger(…)` counts, by the names of [`super::subject::LEDGER`].
const FATES: [InLedger; 6] = [
    InLedger::Created,
    InLedger::Consumed,
    InLedger::DeadLettered,
    InLedger::Expired,
    InLedger::Dropped,
    InLedger::Lost,
];

fn client(window: &Window, at: At) -> Option<&ClientWindow> {
    window.clients.get(at.index)
}

fn ended(client: &ClientWindow) -> f64 {
    f64::from(client.good + client.late + client.degraded + client.failed.iter().sum::<u32>())
}

fn service(window: &Window, at: At) -> Option<&ServiceWindow> {
    window.services.get(at.index)
}

/// `part`: which group; `parts`: how many there are.
fn lag(window: &Window, at: At) -> Option<f64> {
    let lags = &window.details.as_ref()?.lags.get(at.index)?.lags;
    let each = (lags.len() / at.parts.max(1)).clamp(1, MOST_LAGS);
    let own = lags.chunks(each).nth(at.part?)?;
    Some(own.iter().map(|lag| f64::from(*lag)).sum())
}

fn group(places: &Places, at: At, what: AtGroup) -> Option<usize> {
    Some(places.group(LogIx(at.index as u32), at.part?, what))
}

fn pair(places: &Places, at: At, what: AtPair) -> Option<usize> {
    places.pair(crate::base::NodeIx(at.index as u32), crate::base::NodeIx(at.part? as u32), what)
}

impl Measure {
    /// The measure of the table's entry for a thing of its kind; none where a plan does not count that.
    pub fn new(entry: usize, at: At, plan: &Plan) -> Option<Measure> {
        let counter = match &ENTRIES[entry].read {
            Read::Tally(place) => place(&Places::of(plan), at)?,
            _ => 0,
        };
        Some(Measure { entry, at, counter })
    }

    /// Whether it counts events, so that it has a total.
    pub fn counts(self) -> bool {
        matches!(ENTRIES[self.entry].read, Read::Count(_) | Read::Tally(_))
    }

    /// Its value over a stretch; none where nothing was measured (no answer, so no latency).
    pub fn value(self, windows: &[&Window], stretch: Stretch) -> Option<f64> {
        let Stretch { from, to, per_second } = stretch;
        let inside =
            || windows.iter().rev().skip_while(|w| w.start >= to).take_while(|w| w.end > from).map(|w| &**w);
        let length = |w: &Window| w.end.since(w.start).as_secs();
        let seconds: f64 = inside().map(length).sum();
        if seconds <= 0.0 {
            return None;
        }
        let by = if per_second { seconds } else { 1.0 };
        let at = self.at;
        match &ENTRIES[self.entry].read {
            Read::Count(count) => inside().map(|w| count(w, at)).sum::<Option<f64>>().map(|count| count / by),
            Read::Tally(_) => {
                let each = |w: &Window| Some(f64::from(*w.details.as_ref()?.counts.get(self.counter)?));
                inside().map(each).sum::<Option<f64>>().map(|count| count / by)
            }
            Read::Level(level) => {
                let sum: Option<f64> = inside().map(|w| Some(level(w, at)? * length(w))).sum();
                sum.map(|sum| sum / seconds)
            }
            Read::Ratio(parts) => {
                let (mut part, mut whole) = (0.0, 0.0);
                for each in inside() {
                    let (one, other) = parts(each, at)?;
                    part += one;
                    whole += other;
                }
                (whole > 0.0).then(|| part / whole)
            }
            Read::Worst(of) => inside().filter_map(|w| of(w, at)).reduce(f64::max),
        }
    }
}
