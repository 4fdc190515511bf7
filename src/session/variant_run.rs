//! A variant: one variant of the system, running, with all that is measured of it.

use std::sync::Arc;

use super::snapshot::Snapshot;
use crate::base::{Diagnostic, Json, Number, SimTime};
use crate::engine::{Command, Halt, Simulation};
use crate::scenario::{MOST_NODES, Plan, Scenario};
use crate::telemetry::Telemetry;

/// One variant of a system: what it is called and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What it is called on screen ("Blocking calls").
    pub label: String,
    /// What it is.
    pub scenario: Scenario,
}

/// What a variant began as. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Start {
    pub label: Arc<str>,
    pub scenario: Arc<Scenario>,
}

/// A variant in motion. Its clone is a checkpoint: scenario, plan and closed windows are shared with it, the rest is
/// copied.
#[derive(Clone, Debug)]
pub struct VariantRun {
    pub(super) label: Arc<str>,
    scenario: Arc<Scenario>,
    /// What of it holds already: the same, unless something waits for the next restart.
    running: Arc<Scenario>,
    simulation: Simulation,
    telemetry: Telemetry,
}

impl VariantRun {
    /// At time zero.
    pub fn new(variant: Variant) -> Result<VariantRun, Vec<Diagnostic>> {
        VariantRun::begin(Start { label: variant.label.into(), scenario: Arc::new(variant.scenario) })
    }

    pub(super) fn begin(start: Start) -> Result<VariantRun, Vec<Diagnostic>> {
        let plan = Arc::new(start.scenario.plan()?);
        let telemetry = Telemetry::new(&plan);
        let Start { label, scenario } = start;
        let running = Arc::clone(&scenario);
        Ok(VariantRun { label, scenario, running, simulation: Simulation::new(plan), telemetry })
    }

    /// What it would begin as with the settings that it has now.
    pub(super) fn start(&self) -> Start {
        Start { label: Arc::clone(&self.label), scenario: Arc::clone(&self.scenario) }
    }

    /// What it is called.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Its scenario, with every change made so far.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Its plan.
    pub fn plan(&self) -> &Plan {
        self.simulation.plan()
    }

    /// The system as it stands.
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot::of(&self.simulation)
    }

    /// Why it stopped for good, if it did.
    pub fn halted(&self) -> Option<Halt> {
        self.simulation.halted()
    }

    /// The simulation, for the session alone.
    pub(super) fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// What was measured of it.
    pub fn telemetry(&self) -> &Telemetry {
        &self.telemetry
    }

    /// About how many bytes a clone takes that it does not share: what the system holds and what was measured. The
    /// closed windows are shared, so they are not in it.
    pub fn weight(&self) -> usize {
        self.simulation.memory_bytes() + self.telemetry.memory_bytes()
    }

    /// Whether it has the very settings that another has, so that what they take is there once.
    pub(super) fn shares(&self, other: &VariantRun) -> bool {
        Arc::ptr_eq(&self.scenario, &other.scenario)
    }

    /// Runs to `until`, inclusive.
    pub fn run_until(&mut self, until: SimTime) {
        self.simulation.run_until(until, &mut self.telemetry);
        // Not `until`: a run that halted stands where it halted.
        self.telemetry.advance(self.simulation.now());
    }

    /// Runs towards `until` as far as a part goes: half a millisecond of work, unless very much happens at one instant.
    /// Gives the instant to which it came, all of it included.
    pub(super) fn run_part(&mut self, until: SimTime) -> SimTime {
        self.simulation.run_part(until, &mut self.telemetry);
        self.telemetry.advance(self.simulation.now());
        self.simulation.now()
    }

    /// Handles one event; says when it was.
    pub fn step(&mut self) -> Option<SimTime> {
        self.simulation.step(&mut self.telemetry)
    }

    /// Sets a parameter. True if the run goes on under it; false if it changes the shape of the system, so that it
    /// takes effect with the next restart. What waits for that holds nothing else up.
    pub fn set(&mut self, path: &str, value: &Json) -> Result<bool, Vec<Diagnostic>> {
        let scenario = Arc::new(self.scenario.with(path, value)?);
        let mut plan = scenario.plan()?;
        let mut running = Arc::clone(&scenario);
        if !Arc::ptr_eq(&self.scenario, &self.running) {
            // Beside what waits: this change alone.
            let alone = self.running.with(path, value);
            if let Ok((now, then)) = alone.and_then(|alone| Ok((alone.plan()?, alone))) {
                (plan, running) = (now, if then == *scenario { running } else { Arc::new(then) });
            }
        }
        let command = self.next(plan)?;
        let live = matches!(command, Command::Retune(_));
        self.scenario = scenario;
        if live {
            self.running = running;
            self.apply(command);
        }
        Ok(live)
    }

    /// Another system in its place, without a stop: what stays keeps its state, and what goes loses its messages. Another
    /// seed takes effect with the next restart.
    ///
    /// # Errors
    ///
    /// What is wrong with the scenario, or that the run was edited too often.
    pub fn edit(&mut self, scenario: &Arc<Scenario>) -> Result<(), Vec<Diagnostic>> {
        let plan = scenario.plan()?;
        let seed = self.plan().seed;
        let running = if plan.seed == seed {
            Arc::clone(scenario)
        } else {
            Arc::new(scenario.with("seed", &Json::Number(seed as f64))?)
        };
        let command = self.next(Plan { seed, ..plan })?;
        (self.scenario, self.running) = (Arc::clone(scenario), running);
        if let Command::Replace(plan) = &command {
            self.telemetry.grow(plan, self.simulation.now());
        }
        self.apply(command);
        Ok(())
    }

    /// How the run goes on as the system of a plan: with other numbers, or as one that continues its own.
    fn next(&self, plan: Plan) -> Result<Command, Vec<Diagnostic>> {
        let own = self.plan();
        if own.living.is_none() && plan.same_shape(own) {
            return Ok(Command::Retune(Arc::new(plan)));
        }
        let merged = own.merged(&plan).map_err(|_| {
            let most = Number::Digits(MOST_NODES as u64);
            vec![Diagnostic::new("nodes", problem!("scenario.many-edits", most = most))]
        })?;
        let same = merged.same_shape(own);
        Ok(if same { Command::Retune(Arc::new(merged)) } else { Command::Replace(Arc::new(merged)) })
    }

    /// Whether the parameter at a path is set to something that takes effect with the next restart.
    pub fn waits(&self, path: &str) -> bool {
        !Arc::ptr_eq(&self.scenario, &self.running) && self.scenario.get(path) != self.running.get(path)
    }

    /// Whether anything but the seed is set to something that takes effect with the next restart.
    pub fn is_waiting(&self) -> bool {
        let seed = Json::Number(self.plan().seed as f64);
        let apart = !Arc::ptr_eq(&self.scenario, &self.running);
        apart && self.scenario.with("seed", &seed).is_ok_and(|scenario| scenario != *self.running)
    }

    /// Does something to the simulation, now.
    pub fn apply(&mut self, command: Command) {
        self.simulation.apply(command, &mut self.telemetry);
    }

    /// The same variant from the start, with the settings that it has now.
    pub fn restarted(&self) -> Result<VariantRun, Vec<Diagnostic>> {
        VariantRun::begin(self.start())
    }
}
