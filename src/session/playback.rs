//! Playback: wall time in, simulated time out, commands logged.

use crate::base::{SimDuration, SimTime, within};
use crate::engine::{Command, Halt};
use crate::lesson::Deed;
use crate::scenario::{Diagnostic, Json, read_fault};

use super::{Lane, Variant};

/// Slowest and fastest playback, in simulated seconds per second.
pub const SPEEDS: (f64, f64) = (0.01, 1000.0);

/// A frame's wall time counts for at most this much, so that a page that was away does not catch up.
const LONGEST_FRAME_S: f64 = 0.1;

/// Into how many equal parts a frame's simulated time is cut; lanes meet, and the budget is asked, after each.
const SLICES: u64 = 32;

/// What a person does to a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Sets a parameter by path, in one lane or (none) in every lane that has it.
    Set {
        /// Which lane.
        lane: Option<usize>,
        /// Which parameter.
        path: String,
        /// To what.
        value: Json,
    },
    /// A fault sets in, as written in a timeline, in every lane that has what it names.
    Inject {
        /// The fault, as in a timeline entry's `fault`.
        fault: Json,
        /// For how long; none: until healed.
        lasts: Option<SimDuration>,
    },
    /// A fault that was injected ends.
    Heal {
        /// The fault, as it was injected.
        fault: Json,
    },
}

impl From<Deed> for Action {
    fn from(deed: Deed) -> Action {
        match deed {
            Deed::Inject { fault, lasts } => Action::Inject { fault, lasts },
            Deed::Heal { fault } => Action::Heal { fault },
            Deed::Set { lane, path, value } => Action::Set { lane, path, value },
        }
    }
}

/// An action with the instant at which it was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Logged {
    /// When.
    pub at: SimTime,
    /// What.
    pub action: Action,
}

/// A run that one can steer: one lane, or two in lockstep under the same arrivals.
#[derive(Clone, Debug)]
pub struct Session {
    lanes: Vec<Lane>,
    log: Vec<Logged>,
    now: SimTime,
    playing: bool,
    speed: f64,
    /// Simulated seconds per second that the last frames reached, smoothed.
    reached: f64,
}

impl Session {
    /// Starts the variants at time zero, playing, at `speed`.
    pub fn new(variants: Vec<Variant>, speed: f64) -> Result<Session, Vec<Diagnostic>> {
        let lanes = variants.into_iter().map(Lane::new).collect::<Result<Vec<_>, _>>()?;
        let speed = within(speed, SPEEDS.0, SPEEDS.1);
        Ok(Session { lanes, log: Vec::new(), now: SimTime::ZERO, playing: true, speed, reached: speed })
    }

    /// The lanes, A first.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// The present instant, the same in every lane.
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// Everything that was done, in order.
    pub fn log(&self) -> &[Logged] {
        &self.log
    }

    /// Whether time passes.
    pub fn playing(&self) -> bool {
        self.playing
    }

    /// The asked speed, in simulated seconds per second.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// The speed that playback reaches, where that is clearly below the asked one ("running at 3.1× of 10×").
    pub fn behind(&self) -> Option<f64> {
        (self.playing && self.reached < 0.9 * self.speed).then_some(self.reached)
    }

    /// Lets time pass, or stops it.
    pub fn set_playing(&mut self, playing: bool) {
        self.playing = playing;
        self.reached = self.speed;
    }

    /// Sets the speed, within [`SPEEDS`]. It never changes a result.
    pub fn set_speed(&mut self, speed: f64) {
        self.speed = if speed.is_nan() { 1.0 } else { within(speed, SPEEDS.0, SPEEDS.1) };
        self.reached = self.speed;
    }

    /// One display frame: `wall_s` seconds have passed since the last. Simulates until the asked instant is
    /// reached or `within_budget` says no; what is not reached is not caught up.
    pub fn frame(&mut self, wall_s: f64, mut within_budget: impl FnMut() -> bool) {
        if !self.playing || wall_s <= 0.0 {
            return;
        }
        let wall_s = wall_s.min(LONGEST_FRAME_S);
        let from = self.now;
        let whole = SimDuration::from_secs(wall_s * self.speed);
        for slice in 1..=SLICES {
            self.run_until(from + SimDuration(whole.0 / SLICES * slice));
            if !within_budget() {
                break;
            }
        }
        let reached = self.now.since(from).as_secs() / wall_s;
        self.reached += (reached - self.reached) * 0.1;
    }

    /// Why a lane stopped for good, if one did: then time stands still until the next restart.
    pub fn halted(&self) -> Option<Halt> {
        self.lanes.iter().find_map(|lane| lane.simulation().halted())
    }

    /// Runs every lane to `until`, inclusive, or to where one of them halts.
    pub fn run_until(&mut self, until: SimTime) {
        if self.halted().is_none() {
            for lane in &mut self.lanes {
                lane.run_until(until);
            }
            self.now = until.max(self.now);
        }
        if self.halted().is_some() {
            self.playing = false;
            let stand = self.lanes.iter().map(|lane| lane.simulation().now()).min();
            self.now = stand.unwrap_or(self.now);
        }
    }

    /// Runs to the next event of any lane, and through all that happens at that instant.
    pub fn step_event(&mut self) {
        let next = self.lanes.iter().filter_map(|lane| lane.simulation().next_event_at()).min();
        if let Some(next) = next {
            self.run_until(next);
        }
    }

    /// Runs one simulated second.
    pub fn step_second(&mut self) {
        self.run_until(self.now + SimDuration::from_secs(1.0));
    }

    /// Does what a person asked for, at the present instant, and logs it. Where no lane has what it names, or it
    /// is wrong, nothing changes.
    pub fn act(&mut self, action: Action) -> Result<(), Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut done = false;
        for (at, lane) in self.lanes.iter_mut().enumerate() {
            let result = match &action {
                Action::Set { lane: Some(only), .. } if *only != at => continue,
                Action::Set { path, value, .. } => {
                    // A knob that this variant lacks does not concern it.
                    if lane.scenario().get(path).is_none() {
                        continue;
                    }
                    lane.scenario().with(path, value).and_then(|scenario| lane.retune(scenario)).map(|_| ())
                }
                Action::Inject { fault, lasts } => {
                    read_fault(fault, lane.plan()).map(|fault| lane.apply(Command::Inject(fault, *lasts)))
                }
                Action::Heal { fault } => {
                    read_fault(fault, lane.plan()).map(|fault| lane.apply(Command::Heal(fault)))
                }
            };
            match result {
                Ok(()) => done = true,
                Err(mut diagnostics) => problems.append(&mut diagnostics),
            }
        }
        if !done {
            return Err(problems);
        }
        self.log.push(Logged { at: self.now, action });
        Ok(())
    }

    /// Back to time zero with the settings of now; faults that a person injected are gone.
    pub fn restart(&mut self) -> Result<(), Vec<Diagnostic>> {
        self.lanes = self.lanes.iter().map(Lane::restarted).collect::<Result<Vec<_>, _>>()?;
        self.log.clear();
        self.now = SimTime::ZERO;
        Ok(())
    }
}
