//! Windows: records gathered by the time of their event, in windows that tumble, a group per key.
//!
//! Semantics of Apache Flink's tumbling event-time windows with allowed lateness, under a perfect watermark: all clocks
//! agree here, so event time has come as far as the clock, and a window [start, end) closes when it is its end plus
//! the lateness. It then gives one result per key. A record whose window has closed is late: it is counted and left
//! out. All replicas of a node share one state, which survives a crash, as a changelog makes it.

use std::collections::BTreeMap;

use crate::base::{NodeIx, SimDuration, SimTime, WindowIx};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::tree_of;
use crate::scenario::{Plan, WindowPlan};

/// The window steps of a node, in the order of the plan.
#[derive(Clone, Debug, Default)]
pub struct Windows(Vec<OpenWindows>);

/// What a window step has gathered.
#[derive(Clone, Debug)]
struct OpenWindows {
    step: WindowIx,
    /// The newest record of each open window's end and key.
    groups: BTreeMap<(SimTime, u32), RequestContext>,
    /// The end of the last window that closed.
    closed: SimTime,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// Its window has closed.
    Late,
    /// It was gathered in a window that was open.
    Gathered,
    /// It is the first of its window, which closes after so long.
    Opened(SimDuration),
}

/// What is to be done when a window may close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closing {
    /// This window closes: its end, and the newest record of each key.
    Closed(SimTime, Vec<(u32, RequestContext)>),
    /// The next one closes after so long, and nobody has planned that.
    Postponed(SimDuration),
    /// None is due.
    Done,
}

impl Windows {
    /// Empty.
    pub fn new(node: NodeIx, plan: &Plan) -> Windows {
        let own = (0..).map(WindowIx).zip(&plan.windows).filter(|(_, window)| window.node == node);
        Windows(own.map(|(step, _)| OpenWindows::new(step)).collect())
    }

    /// Adds the steps that an edit has added to the node.
    pub fn grow(&mut self, node: NodeIx, plan: &Plan) {
        let own = (0..).map(WindowIx).zip(&plan.windows).filter(|(_, window)| window.node == node);
        let known: Vec<WindowIx> = self.0.iter().map(|windows| windows.step).collect();
        let added = own.map(|(step, _)| step).filter(|step| !known.contains(step));
        self.0.extend(added.map(OpenWindows::new));
    }

    /// Groups of open windows, for the bound on live objects.
    pub fn live_objects(&self) -> usize {
        self.0.iter().map(|windows| windows.groups.len()).sum()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.live_objects() * tree_of::<((SimTime, u32), RequestContext)>()
    }

    /// A record comes to a window step of the node.
    pub fn record(
        &mut self,
        step: WindowIx,
        plan: &WindowPlan,
        record: RequestContext,
        now: SimTime,
    ) -> Recorded {
        self.of(step).record(plan, record, now)
    }

    /// A window of a step may be due: what is to be done. Ask again after one has closed.
    pub fn close_next(&mut self, step: WindowIx, plan: &WindowPlan, now: SimTime) -> Closing {
        self.of(step).close_next(plan, now)
    }

    fn of(&mut self, step: WindowIx) -> &mut OpenWindows {
        self.0.iter_mut().find(|windows| windows.step == step).expect("the step is one of the node's")
    }
}

impl OpenWindows {
    fn new(step: WindowIx) -> OpenWindows {
        OpenWindows { step, groups: BTreeMap::new(), closed: SimTime::ZERO }
    }

    fn record(&mut self, plan: &WindowPlan, record: RequestContext, now: SimTime) -> Recorded {
        let end = end(plan.every, record.born);
        if end <= self.closed || end + plan.lateness <= now {
            return Recorded::Late;
        }
        let first = self.groups.range((end, 0)..=(end, u32::MAX)).next().is_none();
        self.groups.insert((end, plan.key.unwrap_or(record.key)), record);
        if first { Recorded::Opened((end + plan.lateness).since(now)) } else { Recorded::Gathered }
    }

    fn close_next(&mut self, plan: &WindowPlan, now: SimTime) -> Closing {
        let Some((&(end, _), _)) = self.groups.first_key_value() else { return Closing::Done };
        if end + plan.lateness > now {
            // A person made it wait longer since its end was planned.
            let postponed = end > self.closed && self.closed + plan.lateness < now;
            return if postponed {
                Closing::Postponed((end + plan.lateness).since(now))
            } else {
                Closing::Done
            };
        }
        self.closed = end;
        let rest = self.groups.split_off(&(SimTime(end.0.saturating_add(1)), 0));
        let groups = std::mem::replace(&mut self.groups, rest);
        Closing::Closed(end, groups.into_iter().map(|((_, key), newest)| (key, newest)).collect())
    }
}

/// When the window ends in which an event lies.
fn end(every: SimDuration, born: SimTime) -> SimTime {
    SimTime((born.0 / every.0).saturating_add(1).saturating_mul(every.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    fn at(seconds: u64) -> SimTime {
        SimTime(seconds * SECOND)
    }

    fn seconds(seconds: u64) -> SimDuration {
        SimDuration(seconds * SECOND)
    }

    fn plan(lateness: u64) -> WindowPlan {
        WindowPlan {
            node: NodeIx(0),
            name: String::new(),
            every: seconds(10),
            lateness: seconds(lateness),
            key: None,
            emit: None,
        }
    }

    fn record(request: u64, key: u32, born: u64) -> RequestContext {
        RequestContext::new(request, Some(key), at(born))
    }

    #[test]
    fn a_window_closes_at_its_end_plus_the_lateness_with_the_newest_of_each_key() {
        let (mut windows, plan) = (OpenWindows::new(WindowIx(0)), plan(2));
        assert_eq!(windows.record(&plan, record(1, 7, 3), at(3)), Recorded::Opened(seconds(9)));
        assert_eq!(windows.record(&plan, record(2, 7, 4), at(4)), Recorded::Gathered);
        assert_eq!(
            windows.record(&plan, record(3, 5, 9), at(11)),
            Recorded::Gathered,
            "late, but not too late"
        );
        assert_eq!(windows.record(&plan, record(4, 5, 10), at(11)), Recorded::Opened(seconds(11)));
        let closed = vec![(5, record(3, 5, 9)), (7, record(2, 7, 4))];
        assert_eq!(windows.close_next(&plan, at(12)), Closing::Closed(at(10), closed));
        assert_eq!(windows.close_next(&plan, at(12)), Closing::Done);
        assert_eq!(windows.record(&plan, record(5, 7, 9), at(12)), Recorded::Late);
    }

    #[test]
    fn one_that_was_made_to_wait_longer_is_planned_anew() {
        let (mut windows, now) = (OpenWindows::new(WindowIx(0)), at(12));
        windows.record(&plan(2), record(1, 7, 3), at(3));
        assert_eq!(windows.close_next(&plan(5), now), Closing::Postponed(seconds(3)));
        assert!(matches!(windows.close_next(&plan(5), at(15)), Closing::Closed(..)));
        // And one that waits less closes when somebody asks.
        windows.record(&plan(5), record(1, 7, 13), at(15));
        assert!(matches!(windows.close_next(&plan(0), at(20)), Closing::Closed(end, _) if end == at(20)));
    }
}
