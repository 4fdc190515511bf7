//! The interpreter with a node that only writes down what it is told.

use super::*;
use crate::base::{SimDuration, SimTime};
use crate::engine::kernel::calendar::Calendar;
use crate::engine::kernel::event::{Address, PackedEvent};
use crate::engine::kernel::network::Network;
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::wake::Generations;
use crate::engine::runtime::balancing::Directory;
use crate::engine::runtime::publications::Publications;
use crate::engine::runtime::task::{Origin, Task};
use crate::engine::runtime::task_runtime::TaskRuntime;
use crate::engine::runtime::write_history::WriteHistory;
use crate::observation::{Observation, SagaEnd};
use crate::scenario::{Plan, Scenario};

/// What a host is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Works(u64),
    Blocks { asleep: bool },
    Unblocks { asleep: bool },
    Responds,
    Ended(Result<(), Failure>),
}

struct Recorder {
    runtime: TaskRuntime,
    told: Vec<Told>,
}

impl Host for Recorder {
    fn runtime(&mut self) -> &mut TaskRuntime {
        &mut self.runtime
    }

    fn work<O: Observer>(&mut self, task: u32, length: SimDuration, cx: &mut Context<O>) {
        self.told.push(Told::Works(length.0 / 1_000_000));
        let token = self.runtime.wait(task, State::Working(cx.now + length), cx);
        cx.wake_after(length, token);
    }

    fn on_block<O: Observer>(&mut self, _: u32, asleep: bool, _: &mut Context<O>) {
        self.told.push(Told::Blocks { asleep });
    }

    fn on_unblock<O: Observer>(&mut self, _: u32, asleep: bool, _: &mut Context<O>) {
        self.told.push(Told::Unblocks { asleep });
    }

    fn respond<O: Observer>(&mut self, _: u32, _: &mut Context<O>) {
        self.told.push(Told::Responds);
    }

    fn ended<O: Observer>(&mut self, _: u32, result: Result<(), Failure>, _: &mut Context<O>) {
        self.told.push(Told::Ended(result));
    }

    fn dropped<O: Observer>(&mut self, _: u32, _: &mut Context<O>) {}
}

/// How sagas ended.
#[derive(Default)]
struct Sagas(Vec<SagaEnd>);

impl Observer for Sagas {
    fn observe(&mut self, _: SimTime, observation: Observation) {
        if let Observation::SagaEnded { end, .. } = observation {
            self.0.push(end);
        }
    }
}

/// Runs an operation of these steps to its end, for a request with this deadline; what its host was told, and when it
/// was at its end.
fn run_steps(steps: &str, deadline: SimTime) -> (Vec<Told>, SimTime) {
    observe_steps(steps, deadline, &mut ())
}

/// The same under an observer.
fn observe_steps<O: Observer>(steps: &str, deadline: SimTime, observer: &mut O) -> (Vec<Told>, SimTime) {
    let text = [
        r#"{"schema": 1, "nodes": {
            "web": {"kind": "client", "arrivals": {"poisson": {"rate": 1}}, "operation": [{"call": {"to": "app"}}]},
            "app": {"kind": "service", "operations": {"default": "#,
        steps,
        "}}}}",
    ]
    .concat();
    let plan: Plan = Scenario::read(&text).and_then(|scenario| scenario.plan()).expect("a good scenario");
    let address = Address::any(plan.services[0].node.0);
    let mut host = Recorder { runtime: TaskRuntime::new(address, &plan), told: Vec::new() };
    let (mut calendar, mut network) = (Calendar::<PackedEvent>::default(), Network::new(&plan));
    let (mut generations, mut directory) = (Generations::new(2), Directory::new(&plan));
    let (mut publications, mut write_history) = (Publications::default(), WriteHistory::default());
    let (mut requests, mut spans) = (0, 0);
    let mut cx = Context {
        now: SimTime::ZERO,
        plan: &plan,
        generations: &mut generations,
        directory: &mut directory,
        publications: &mut publications,
        write_history: &mut write_history,
        calendar: &mut calendar,
        network: &mut network,
        observer,
        requests: &mut requests,
        spans: &mut spans,
    };
    let context = RequestContext { deadline, ..RequestContext::new(0, None, SimTime::ZERO) };
    let entry = plan.operations[0].entry;
    let task = host.runtime.tasks.insert(Task::new(entry, Origin::Client, context, cx.now));
    host.runtime.ready(task);
    run(&mut host, &mut cx);
    while let Some((at, event)) = cx.calendar.pop_until(SimTime::NEVER) {
        cx.now = at;
        if let Some((task, _)) = event.wait()
            && !cx.generations.is_stale(event)
        {
            timer(&mut host, task, &mut cx);
            run(&mut host, &mut cx);
        }
    }
    assert_eq!(host.runtime.tasks.len(), 0, "all tasks have ended");
    let now = cx.now;
    (host.told, now)
}

fn check(steps: &str, told: &[Told], ends_ms: u64) {
    let (got, end) = run_steps(steps, SimTime::NEVER);
    assert_eq!(got, told, "{steps}");
    assert_eq!(end, SimTime::ZERO + SimDuration::from_millis(ends_ms), "{steps}");
}

const OK: Told = Told::Ended(Ok(()));

#[test]
fn steps_follow_each_other() {
    check("[]", &[OK], 0);
    check(r#"[{"work": "5ms"}, {"work": "7ms"}]"#, &[Told::Works(5), Told::Works(7), OK], 12);
    let asleep = true;
    check(r#"[{"sleep": "5ms"}]"#, &[Told::Blocks { asleep }, Told::Unblocks { asleep }, OK], 5);
    check(r#"[{"fail": {}}, {"work": "1ms"}]"#, &[Told::Ended(Err(Failure::Error))], 0);
    check(r#"[{"fail": {"probability": 0}}, {"work": "1ms"}]"#, &[Told::Works(1), OK], 1);
    check(
        r#"[{"choose": [{"weight": 0, "then": [{"work": "1ms"}]}, {"then": [{"work": "2ms"}]}]}]"#,
        &[Told::Works(2), OK],
        2,
    );
}

#[test]
fn repeated_steps_run_so_many_times() {
    let works = |length, times| vec![Told::Works(length); times];
    let repeat = |times: u32, steps: &str| format!(r#"{{"repeat": {{"times": {times}, "do": [{steps}]}}}}"#);
    let own = repeat(3, r#"{"work": "2ms"}"#);
    check(&format!(r#"[{own}, {{"work": "1ms"}}]"#), &[works(2, 3), works(1, 1), vec![OK]].concat(), 7);
    check(&format!("[{}]", repeat(0, r#"{"work": "2ms"}"#)), &[OK], 0);
    let turn = [works(2, 3), works(5, 1)].concat();
    let nested = repeat(2, &format!(r#"{own}, {{"work": "5ms"}}"#));
    check(&format!("[{nested}]"), &[turn.repeat(2), vec![OK]].concat(), 22);
    // A failing step ends the operation.
    let fails = repeat(5, r#"{"work": "1ms"}, {"fail": {}}"#);
    check(&format!("[{fails}]"), &[Told::Works(1), Told::Ended(Err(Failure::Error))], 1);
}

#[test]
fn branches_run_side_by_side_and_the_last_one_wakes_their_parent() {
    let asleep = false;
    check(
        r#"[{"all": [[{"work": "5ms"}], [{"work": "3ms"}]]}, {"work": "1ms"}]"#,
        &[
            Told::Unblocks { asleep },
            Told::Blocks { asleep },
            Told::Unblocks { asleep },
            Told::Works(5),
            Told::Works(3),
            Told::Unblocks { asleep },
            Told::Works(1),
            OK,
        ],
        6,
    );
    let (told, _) = run_steps(r#"[{"all": [[{"sleep": "5ms"}], [{"fail": {}}]]}]"#, SimTime::NEVER);
    assert_eq!(told.last(), Some(&Told::Ended(Err(Failure::Error))), "one that fails ends all");
}

#[test]
fn after_the_deadline_no_step_begins_unless_the_caller_has_its_answer() {
    let deadline = SimTime::ZERO + SimDuration::from_millis(5);
    let (told, _) = run_steps(r#"[{"work": "9ms"}, {"work": "1ms"}]"#, deadline);
    assert_eq!(told, [Told::Works(9), Told::Ended(Err(Failure::Timeout))]);
    let (told, _) = run_steps(r#"[{"respond": {}}, {"work": "9ms"}, {"work": "1ms"}]"#, deadline);
    assert_eq!(told, [Told::Responds, Told::Works(9), Told::Works(1), OK]);
}

/// Checks how long the steps work, one after the other, how the operation ends, and how its sagas do.
fn check_saga(saga: &str, works: &[u64], result: Result<(), Failure>, ends: &[SagaEnd]) {
    let mut sagas = Sagas::default();
    let deadline = SimTime::ZERO + SimDuration::from_millis(8);
    let (told, _) = observe_steps(&format!(r#"[{{"saga": [{saga}]}}]"#), deadline, &mut sagas);
    let worked: Vec<u64> = told
        .iter()
        .filter_map(|told| if let Told::Works(length) = told { Some(*length) } else { None })
        .collect();
    assert_eq!((&worked[..], told.last()), (works, Some(&Told::Ended(result))), "{saga}");
    assert_eq!(sagas.0, ends, "{saga}");
}

#[test]
fn a_saga_that_fails_undoes_what_is_done_newest_first() {
    let step = |act: u64, undo: u64| {
        format!(r#"{{"do": [{{"work": "{act}ms"}}], "undo": [{{"work": "{undo}ms"}}]}}"#)
    };
    let fails = r#"{"do": [{"fail": {}}], "undo": [{"work": "9ms"}]}"#;
    let failed = Err(Failure::Error);
    check_saga(&[step(1, 4), step(2, 5)].join(","), &[1, 2], Ok(()), &[SagaEnd::Completed]);
    // The step that failed has nothing to undo.
    let two = [step(1, 4), step(2, 5), fails.to_owned()].join(",");
    check_saga(&two, &[1, 2, 5, 4], failed, &[SagaEnd::Compensated]);
    // The deadline of 8 ms ends what is done, and not what undoes it.
    let late = [step(1, 40), step(9, 50), step(3, 60)].join(",");
    check_saga(&late, &[1, 9, 50, 40], Err(Failure::Timeout), &[SagaEnd::Compensated]);
}

#[test]
fn a_saga_whose_undoing_fails_is_stuck_with_the_rest_undone_by_nobody() {
    let done = r#"{"do": [{"work": "1ms"}], "undo": [{"work": "4ms"}]}"#;
    let stubborn = r#"{"do": [{"work": "2ms"}], "undo": [{"work": "5ms"}, {"fail": {}}]}"#;
    let fails = r#"{"do": [{"fail": {}}]}"#;
    let failed = Err(Failure::Error);
    check_saga(&[done, stubborn, fails].join(","), &[1, 2, 5], failed, &[SagaEnd::Stuck]);
    // Within another one, which undoes its own steps all the same.
    let inner = format!(r#"{{"do": [{{"saga": [{stubborn}, {fails}]}}]}}"#);
    let ends = [SagaEnd::Stuck, SagaEnd::Compensated];
    check_saga(&[done, &inner].join(","), &[1, 2, 5, 4], failed, &ends);
    // In a branch: the branch that fails takes its sibling along, and the saga around both is undone.
    let branches = r#"{"do": [{"all": [[{"work": "3ms"}, {"fail": {}}], [{"sleep": "6ms"}]]}]}"#;
    check_saga(&[done, branches].join(","), &[1, 3, 4], failed, &[SagaEnd::Compensated]);
}
