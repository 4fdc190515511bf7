//! Running a plan from beginning to end, with everything that a result needs.

use std::sync::Arc;

use cascade::base::{Diagnostic, NodeIx, SimDuration, SimTime};
use cascade::engine::{Halt, Simulation};
use cascade::observation::{Digest, Observer};
use cascade::scenario::{NodeKind, Plan};
use cascade::telemetry::result::{BlockedCircle, RunResult};
use cascade::telemetry::{RunFacts, Statistics};

/// In how many slices a run is simulated, so that its progress can be seen. Slicing never changes a result.
pub const SLICES: u64 = 200;

/// When to measure.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// Simulated first, and left out of every statistic.
    pub warmup: SimDuration,
    /// Measured after it.
    pub measured: SimDuration,
}

impl Stretch {
    /// When the warm-up is over.
    pub fn begins(self) -> SimTime {
        SimTime::ZERO + self.warmup
    }

    /// When the run is over: what is due at that instant is not in it any more.
    pub fn ends(self) -> SimTime {
        self.begins() + self.measured
    }
}

/// What a run came to, and why it stopped before its end, if it did.
pub struct Simulated {
    /// The figures.
    pub result: RunResult,
    /// When the run ended.
    pub end: SimTime,
    /// Why it halted before its end, if it did.
    pub halt: Option<Diagnostic>,
}

/// Simulates the whole stretch, from its beginning up to its end and without it, under one more observer, and says after
/// each of [`SLICES`] slices how many are done.
pub fn simulate(
    plan: Arc<Plan>,
    stretch: Stretch,
    besides: &mut impl Observer,
    mut done: impl FnMut(u64),
) -> Simulated {
    let mut simulation = Simulation::new(Arc::clone(&plan));
    let mut observer = ((Statistics::new(&plan, stretch.begins()), Digest::default()), besides);
    for slice in 1..=SLICES {
        let until = u128::from(stretch.ends().0) * u128::from(slice) / u128::from(SLICES);
        simulation.run_before(SimTime(until as u64), &mut observer);
        done(slice);
    }
    let ((statistics, digest), _) = observer;
    let facts = RunFacts {
        end: simulation.now(),
        events: simulation.events(),
        digest: digest.hex(),
        in_flight: simulation.in_flight(),
    };
    let circle = simulation.blocked_in_a_circle();
    let blocked_in_a_circle = circle.map(|circle| BlockedCircle::new(&circle, &plan));
    Simulated {
        result: RunResult { blocked_in_a_circle, ..statistics.result(&plan, facts) },
        end: simulation.now(),
        halt: simulation.halted().map(|halt| halted(halt, simulation.now(), &plan)),
    }
}

/// Why a result covers less than was asked for.
fn halted(halt: Halt, at: SimTime, plan: &Plan) -> Diagnostic {
    let after = at.since(SimTime::ZERO);
    let (message, help) = match halt {
        Halt::Livelock(node) => {
            let most = |node| format!(", most of them at \"{}\"", plan.id(node));
            let most = node.map_or_else(String::new, most);
            (format!("events keep causing each other while time hardly moves{most}"), remedy(node, plan))
        }
        Halt::Full => (
            "it ran out of room: too many messages and operations are in progress at once".to_owned(),
            "something grows without limit: give it a timeout or a bounded queue, lower the rate, or shorten the run",
        ),
    };
    let message = format!("the run stopped after {after}: {message}");
    Diagnostic { path: String::new(), message, help: help.to_owned() }
}

/// What gives a loop at a node some delay.
fn remedy(node: Option<NodeIx>, plan: &Plan) -> &'static str {
    match node.map(|node| plan.nodes[node.at()].kind) {
        Some(NodeKind::Client(_)) => {
            "a loop has no delay: let its users think, or give what they ask for some work or latency"
        }
        Some(NodeKind::Queue(_) | NodeKind::Log(_) | NodeKind::Exchange(_)) => {
            "a loop has no delay: a message that fails comes back at once, unless its consumer has a \"nack_delay\" or the \
             queue \"max_deliveries\""
        }
        _ => {
            "a loop has no delay: give a retry a backoff, a failed message a \"nack_delay\", a link a latency or a step \
             some work"
        }
    }
}
