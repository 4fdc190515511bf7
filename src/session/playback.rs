//! Playback: wall time in, simulated time out, commands logged.

use super::unedited::Unedited;
use super::variant_run::Start;
use super::{Action, Checkpoints, Ghost, TimedAction, Variant, VariantRun};
use crate::base::{Diagnostic, Number, SimDuration, SimTime, within};
use crate::engine::Halt;

/// Slowest and fastest playback, in simulated seconds per second.
pub const SPEEDS: (f64, f64) = (0.01, 1000.0);

/// How many actions a run remembers; when they are reached, a further one is refused with a diagnostic.
pub const MOST_LOGGED: usize = 10_000;

/// A frame's wall time counts for at most this much, so that a page that was away does not catch up.
const LONGEST_FRAME_S: f64 = 0.1;

/// However little happens, variants meet after so much simulated time: checkpoints are not far apart.
const LONGEST_PART: SimDuration = SimDuration(5_000_000_000);

/// A run that one can steer: one variant, or two in lockstep under the same arrivals.
///
/// **Time.** What was done is known by its instants (`log`). The run has been as far as the [`Session::horizon`]; the
/// present may lie before it (`travel`), and then what was done after it happens again when its instant comes.
#[derive(Clone, Debug)]
pub struct Session {
    /// What the variants began as.
    pub(super) start: Vec<Start>,
    pub(super) variants: Vec<VariantRun>,
    pub(super) log: Vec<TimedAction>,
    /// How many of the logged actions are done by now.
    pub(super) done: usize,
    pub(super) now: SimTime,
    pub(super) horizon: SimTime,
    pub(super) playing: bool,
    pub(super) speed: f64,
    /// Simulated seconds per second that the last frames reached, smoothed.
    pub(super) reached: f64,
    /// From where to where it runs as fast as it can, whatever the speed.
    pub(super) toward: Option<(SimTime, SimTime)>,
    pub(super) past: Checkpoints,
    pub(super) ghost: Option<Box<Ghost>>,
    /// How often another future has begun.
    pub(super) futures: u32,
    /// What was before the last edit, as long as another may follow at the same instant.
    pub(super) unedited: Option<Box<Unedited>>,
}

impl Session {
    /// Starts the variants at time zero, playing, at `speed`.
    pub fn new(variants: Vec<Variant>, speed: f64) -> Result<Session, Vec<Diagnostic>> {
        let variants = variants.into_iter().map(VariantRun::new).collect::<Result<Vec<_>, _>>()?;
        let speed = within(speed, SPEEDS.0, SPEEDS.1);
        let mut session = Session {
            start: Vec::new(),
            variants,
            log: Vec::new(),
            done: 0,
            now: SimTime::ZERO,
            horizon: SimTime::ZERO,
            playing: true,
            speed,
            reached: speed,
            toward: None,
            past: Checkpoints::default(),
            ghost: None,
            futures: 0,
            unedited: None,
        };
        session.begin();
        Ok(session)
    }

    /// The variants stand at time zero: that is where everything starts from now on.
    fn begin(&mut self) {
        self.start = self.variants.iter().map(VariantRun::start).collect();
        self.past = Checkpoints::begin(&self.variants);
    }

    /// The variants, A first.
    pub fn variants(&self) -> &[VariantRun] {
        &self.variants
    }

    /// The present instant, the same in every variant.
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// Everything that was done, in order, also what is done only after the present instant, or planned.
    pub fn log(&self) -> &[TimedAction] {
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

    /// Lets time pass, or stops it, and with it [`Session::go_to`].
    pub fn set_playing(&mut self, playing: bool) {
        self.playing = playing;
        self.reached = self.speed;
        self.toward = None;
    }

    /// Sets the speed, within [`SPEEDS`]. It never changes a result.
    pub fn set_speed(&mut self, speed: f64) {
        self.speed = if speed.is_nan() { 1.0 } else { within(speed, SPEEDS.0, SPEEDS.1) };
        self.reached = self.speed;
    }

    /// One display frame: `wall_s` seconds have passed since the last. Simulates until the asked instant is
    /// reached or `within_budget` says no; what is not reached is not caught up.
    pub fn frame(&mut self, wall_s: f64, mut within_budget: impl FnMut() -> bool) {
        if self.toward.is_some() {
            return self.approach(&mut within_budget);
        }
        if !self.playing || wall_s <= 0.0 {
            return;
        }
        let wall_s = wall_s.min(LONGEST_FRAME_S);
        let from = self.now;
        self.advance(from + SimDuration::from_secs(wall_s * self.speed), &mut within_budget);
        let reached = self.now.since(from).as_secs() / wall_s;
        self.reached += (reached - self.reached) * 0.1;
    }

    /// Why a variant stopped for good, if one did: then time stands still until the next restart, or until one goes
    /// back.
    pub fn halted(&self) -> Option<Halt> {
        self.variants.iter().find_map(|variant| variant.simulation().halted())
    }

    /// Runs every variant to `until`, inclusive, or to where one of them halts. What was done at an instant on the way
    /// is done again there.
    pub fn run_until(&mut self, until: SimTime) {
        let until = until.max(self.now);
        while self.halted().is_none() {
            self.run_part(until);
            self.keep();
            if self.now >= until {
                break;
            }
        }
    }

    /// Runs towards `until`, a part after the other as long as there is time. A checkpoint that is due is taken before:
    /// so what it takes is not left for the parts, and not after the last of them.
    pub(super) fn advance(&mut self, until: SimTime, within_budget: &mut dyn FnMut() -> bool) {
        self.keep();
        while self.now < until && self.halted().is_none() {
            self.run_part(until);
            if !within_budget() {
                break;
            }
        }
    }

    /// Runs every variant a part of the way to `until`, all to the same instant: what is quickly done. The variant in
    /// which most happens says how far that is.
    fn run_part(&mut self, until: SimTime) {
        if until > self.now {
            self.unedited = None;
        }
        let mut to = until;
        let next = self.log.get(self.done).map_or(SimTime::NEVER, |next| next.at);
        to = to.min(next).min(self.now + LONGEST_PART);
        let events = |variant: &usize| self.variants[*variant].simulation().events();
        let busiest = (0..self.variants.len()).max_by_key(events).unwrap_or(0);
        to = self.variants[busiest].run_part(to);
        for variant in &mut self.variants {
            variant.run_until(to);
        }
        self.now = to;
        if self.halted().is_some() {
            self.stand();
            self.playing = false;
        }
        self.redo();
        self.horizon = self.horizon.max(self.now);
    }

    /// Takes a checkpoint if it is time for one.
    pub(super) fn keep(&mut self) {
        self.past.pass(&self.variants, self.now, self.done);
    }

    /// What was done at the present instant, or before, is done again if it is not done yet.
    fn redo(&mut self) {
        while let Some(next) = self.log.get(self.done).filter(|next| next.at <= self.now) {
            // It could be done when it was done first. What a link brings along may concern nobody.
            let _ = next.action.perform(&mut self.variants);
            self.done += 1;
        }
    }

    /// A variant halted: it is the instant at which the first one did, in all variants.
    fn stand(&mut self) {
        let instants = || self.variants.iter().map(|variant| variant.simulation().now());
        let stand = instants().min().unwrap_or(self.now);
        // Another variant has gone on to the end of its part, and how long that is must not be seen.
        if instants().any(|at| at > stand) {
            self.past.restore(stand, &mut self.variants, &mut self.now, &mut self.done);
            self.run_until(stand);
        }
        self.now = stand;
    }

    /// Runs to the next event of any variant, or the next logged action, and through all that happens at that instant.
    pub fn step_event(&mut self) {
        let logged = self.log.get(self.done).map(|next| next.at);
        let events = self.variants.iter().filter_map(|variant| variant.simulation().next_event_at());
        if let Some(next) = events.chain(logged).min() {
            self.run_until(next);
        }
    }

    /// Runs one simulated second.
    pub fn step_second(&mut self) {
        self.run_until(self.now + SimDuration::from_secs(1.0));
    }

    /// Does what a person asked for, at the present instant, and logs it. Where no variant has what it names, or it
    /// is wrong, nothing changes. Before the horizon the run forks: see [`Session::ghost`]. Edits one after the other at
    /// one instant are one entry in the log, the last of them.
    pub fn act(&mut self, action: Action) -> Result<(), Vec<Diagnostic>> {
        if self.done >= MOST_LOGGED {
            let most = Number::Digits(MOST_LOGGED as u64);
            return Err(vec![Diagnostic::new("", problem!("record.many-changes", count = most))]);
        }
        if let Some(done) = self.edit_again(&action) {
            return done;
        }
        let unedited = self.before_edit(&action);
        action.perform(&mut self.variants)?;
        self.unedited = unedited;
        if self.now < self.horizon {
            self.fork();
        }
        // What is planned stays behind it.
        self.log.insert(self.done, TimedAction { at: self.now, action });
        self.done += 1;
        self.keep();
        Ok(())
    }

    /// Notes what is to be done at an instant to come: it is done when the run gets there, whatever is done before.
    /// What could not be done then is left out; what is due already, or one more than [`MOST_LOGGED`], is not noted.
    pub fn plan(&mut self, at: SimTime, action: Action) {
        if at > self.now.max(self.horizon) && self.log.len() < MOST_LOGGED {
            let place = self.log.partition_point(|logged| logged.at <= at);
            self.log.insert(place, TimedAction { at, action });
        }
    }

    /// Back to time zero with the settings of now; faults that a person injected are gone, and so are the log, the
    /// ghost and the way back.
    pub fn restart(&mut self) -> Result<(), Vec<Diagnostic>> {
        self.variants = self.variants.iter().map(VariantRun::restarted).collect::<Result<Vec<_>, _>>()?;
        self.log.clear();
        self.done = 0;
        self.now = SimTime::ZERO;
        self.horizon = SimTime::ZERO;
        self.toward = None;
        self.ghost = None;
        self.unedited = None;
        self.begin();
        Ok(())
    }
}
