//! Any moment of a run again: seek, fork, get back, record, rearrange. Whatever one does in between, the same actions
//! at the same instants come to the same digests.

#[path = "support/generate.rs"]
mod generate;

use cascade::base::{Json, SimDuration, SimTime, Stream};
use cascade::observation::BreakerState;
use cascade::scenario::Scenario;
use cascade::session::{Action, Halt, Record, Session, Variant};
use serde_json::{Value, json};

fn variant(label: &str, scenario: &Value) -> Variant {
    let scenario = Scenario::read(&scenario.to_string()).expect("a good scenario");
    Variant { label: label.into(), scenario }
}

/// Two variants of a scenario of the swarm: as it is, and with one worker less or more.
fn pair(seed: u64) -> Vec<Variant> {
    let scenario = generate::scenario(seed);
    let mut other = scenario.clone();
    other["nodes"]["service0"]["workers"] = json!(3);
    vec![variant("A", &scenario), variant("B", &other)]
}

fn digests(session: &Session) -> Vec<String> {
    session.variants().iter().map(|variant| variant.telemetry().digest().hex()).collect()
}

/// All that charts and cards read of a run.
fn measured(session: &Session) -> String {
    let variant = |variant: &cascade::session::VariantRun| {
        let (telemetry, simulation) = (variant.telemetry(), variant.snapshot());
        let closed: Vec<_> = telemetry.windows().closed().collect();
        let open = telemetry.open_window(simulation.now());
        let ledger = telemetry.statistics().ledger(simulation.in_flight());
        let losses: Vec<_> = telemetry.recent().losses().collect();
        format!("{closed:?} {open:?} {ledger:?} {losses:?} {}", simulation.events())
    };
    session.variants().iter().map(variant).collect()
}

fn action(stream: &mut Stream) -> Action {
    let json = |value: Value| Json::parse(&value.to_string()).expect("JSON");
    let fault = match stream.below(4) {
        0 => json!({ "slow": { "node": "service0", "factor": 4 } }),
        1 => json!({ "pause": { "node": "service0" } }),
        2 => json!({ "crash": { "node": "service0" } }),
        _ => json!({ "surge": { "client": "client0", "factor": 3 } }),
    };
    match stream.below(5) {
        4 => Action::Breaker {
            variant: [None, Some(0), Some(1)][stream.below(3) as usize],
            between: ("client0".into(), "service0".into()),
            number: 0,
            state: [BreakerState::ForcedOpen, BreakerState::Disabled, BreakerState::Closed]
                [stream.below(3) as usize],
        },
        0 => Action::Heal { fault: json(fault) },
        1 => Action::Inject {
            fault: json(fault),
            lasts: Some(SimDuration::from_millis(1 + stream.below(900))),
        },
        2 => Action::Inject { fault: json(fault), lasts: None },
        _ => Action::Set {
            variant: [None, Some(0), Some(1)][stream.below(3) as usize],
            path: "nodes.service0.workers".into(),
            value: json(json!(1 + stream.below(9))),
        },
    }
}

fn instant(stream: &mut Stream, seconds: f64) -> SimTime {
    SimTime::from_secs(stream.below(1_000_000) as f64 / 1e6 * seconds)
}

/// A session to which much was done, with a log of its own, at some moment.
fn restless(seed: u64, seconds: f64) -> Session {
    let mut stream = Stream::new(seed, "travel", "test");
    let mut session = Session::new(pair(seed), 1.0).expect("it runs");
    for _ in 0..30 {
        match stream.below(10) {
            0 | 1 => session.run_until(instant(&mut stream, seconds)),
            2 | 3 => session.seek(instant(&mut stream, seconds)),
            4 => {
                session.go_to(instant(&mut stream, seconds));
                session.frame(0.016, || stream.chance(0.9));
            }
            5 => session.step_event(),
            6 => {
                session.set_speed(1.0 + stream.below(100) as f64);
                session.set_playing(true);
                session.frame(0.016, || true);
            }
            7 if stream.chance(0.3) => {
                session.unfork();
            }
            _ => {
                // Some concern nobody or are refused: then nothing happens and nothing is logged.
                let _ = session.act(action(&mut stream));
            }
        }
        assert!(session.now() <= session.horizon());
        assert!(session.log().windows(2).all(|pair| pair[0].at <= pair[1].at), "seed {seed}");
        assert!(session.log().last().is_none_or(|last| last.at <= session.horizon()), "seed {seed}");
    }
    session
}

#[test]
fn the_log_replays_to_the_same_digest_however_one_went_about() {
    let seconds = 4.0;
    let mut logged = 0;
    for seed in 1..=60 {
        let mut session = restless(seed, seconds);
        logged += session.log().len();
        let end = session.horizon().max(SimTime::from_secs(seconds));
        session.seek(end);
        let replayed = Session::replay(pair(seed), session.log().to_vec(), end).expect("it replays");
        assert_eq!(digests(&session), digests(&replayed), "seed {seed}");
        assert_eq!(measured(&session), measured(&replayed), "seed {seed}");
        // To a moment of it, there and back.
        let moment = instant(&mut Stream::new(seed, "travel", "moment"), seconds);
        session.seek(moment);
        let until = session.log().iter().filter(|logged| logged.at <= moment).cloned().collect();
        let replayed = Session::replay(pair(seed), until, moment).expect("it replays");
        assert_eq!(digests(&session), digests(&replayed), "seed {seed}");
        assert_eq!(measured(&session), measured(&replayed), "seed {seed}");
        // Over JSON, and on.
        let text = session.record().to_json().to_string();
        let record = Record::from_json(&Json::parse(&text).expect("JSON")).expect("a record");
        assert_eq!(record, session.record(), "seed {seed}");
        let mut opened = Session::open(record).expect("it opens");
        while opened.going().is_some() {
            opened.frame(0.016, || false);
        }
        assert_eq!((opened.now(), opened.horizon()), (session.now(), session.horizon()));
        for session in [&mut opened, &mut session] {
            session.seek(end);
        }
        assert_eq!(digests(&session), digests(&opened), "seed {seed}");
    }
    assert!(logged > 100, "{logged} actions say little");
}

/// One service, so much traffic that checkpoints are many.
fn busy(rate: f64) -> Value {
    json!({ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "poisson": { "rate": rate } }, "operation": [{ "call": { "to": "app" } }] },
        "app": { "kind": "service", "workers": 50, "operations": { "default": [{ "work": { "exponential": "20ms" } }] } }
    } })
}

fn set(path: &str, value: f64) -> Action {
    Action::Set { variant: None, path: path.into(), value: Json::Number(value) }
}

fn secs(seconds: f64) -> SimTime {
    SimTime::from_secs(seconds)
}

#[test]
fn a_change_in_the_past_forks_and_the_old_future_can_be_had_again() {
    let mut session = Session::new(vec![variant("A", &busy(200.0))], 1.0).expect("it runs");
    session.run_until(secs(20.0));
    session.act(set("nodes.app.workers", 40.0)).expect("it can be done");
    session.run_until(secs(60.0));
    let (old, old_log) = (digests(&session), session.log().to_vec());
    let windows: Vec<_> = session.variants()[0].telemetry().windows().closed().cloned().collect();

    session.seek(secs(10.25));
    assert!(session.ghost().is_none(), "to look is not to change");
    assert_eq!((session.now(), session.horizon(), session.log().len()), (secs(10.25), secs(60.0), 1));
    session.act(set("nodes.app.workers", 3.0)).expect("it can be done");
    session.act(set("nodes.app.queue", 10.0)).expect("it can be done");
    assert_eq!((session.horizon(), session.log().len()), (secs(10.25), 2), "what was done later is no more");
    let ghost = session.ghost().expect("there was a future");
    assert_eq!((ghost.at, ghost.until, ghost.variants.len()), (secs(10.25), secs(60.0), 1));
    let shown: Vec<_> = ghost.variants[0].iter().map(|window| (**window).clone()).collect();
    assert_eq!(shown, windows[20..], "all that the charts showed after the fork");

    session.run_until(secs(30.0));
    let new = digests(&session);
    assert!(session.unfork());
    while session.going().is_some() {
        session.frame(0.016, || false);
    }
    assert_eq!((session.now(), session.horizon()), (secs(30.0), secs(60.0)));
    assert_eq!(session.log(), old_log);
    session.seek(secs(60.0));
    assert_eq!(digests(&session), old);
    let ghost = session.ghost().expect("the other future");
    assert_eq!((ghost.at, ghost.until), (secs(10.25), secs(30.0)));

    assert!(session.unfork(), "and back again");
    session.seek(secs(30.0));
    assert_eq!(digests(&session), new);
    session.restart().expect("it begins again");
    assert!(session.ghost().is_none() && !session.unfork() && session.log().is_empty());
    assert_eq!((session.now(), session.horizon()), (SimTime::ZERO, SimTime::ZERO));
    session.run_until(secs(5.0));
    session.seek(secs(1.0));
    assert_eq!(
        session.variants()[0].scenario().get("nodes.app.workers"),
        Some(Json::Number(3.0)),
        "settings stay"
    );
}

#[test]
fn what_is_planned_is_done_at_its_instant_whatever_is_done_before() {
    let slow = || Action::Inject {
        fault: Json::parse(r#"{"slow": {"node": "app", "factor": 5}}"#).expect("JSON"),
        lasts: None,
    };
    let begin = || Session::new(vec![variant("A", &busy(40.0))], 1.0).expect("it runs");
    let mut by_hand = begin();
    by_hand.run_until(secs(5.0));
    by_hand.act(slow()).expect("it breaks");
    by_hand.run_until(secs(12.0));

    let mut planned = begin();
    planned.plan(secs(5.0), slow());
    assert_eq!((planned.log().len(), planned.horizon()), (1, SimTime::ZERO), "nothing has happened yet");
    planned.set_speed(1000.0);
    planned.frame(0.1, || true);
    planned.seek(secs(12.0));
    assert_eq!(digests(&planned), digests(&by_hand));
    // Due already: it is not noted.
    planned.plan(secs(12.0), slow());
    assert_eq!(planned.log().len(), 1);

    // Something is done before, and something in the past: what is to come still comes, in order of time.
    let mut steered = begin();
    steered.plan(secs(8.0), slow());
    steered.run_until(secs(4.0));
    steered.act(set("nodes.app.workers", 3.0)).expect("it is set");
    steered.seek(secs(2.0));
    steered.act(set("nodes.app.workers", 7.0)).expect("it is set");
    let instants: Vec<SimTime> = steered.log().iter().map(|logged| logged.at).collect();
    assert_eq!(instants, [secs(2.0), secs(8.0)]);
    let record = Record::from_json(&steered.record().to_json()).expect("a record");
    assert_eq!(record, steered.record());
    steered.seek(secs(12.0));
    let replayed = Session::replay(vec![variant("A", &busy(40.0))], steered.log().to_vec(), secs(12.0));
    assert_eq!(digests(&steered), digests(&replayed.expect("it replays")));
    assert_ne!(digests(&steered), digests(&by_hand));
}

#[test]
fn what_grew_without_bound_stands_at_the_same_instant_again() {
    let slow = json!({ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "poisson": { "rate": 500_000 } }, "operation": [{ "call": { "to": "app" } }] },
        "app": { "kind": "service", "workers": 1, "operations": { "default": [{ "work": "1s" }] } } } });
    let variants = || vec![variant("A", &slow), variant("B", &busy(1_000.0))];
    let mut session = Session::new(variants(), 100.0).expect("it runs");
    session.set_playing(true);
    while session.playing() {
        session.frame(0.1, || true);
    }
    assert_eq!(session.halted(), Some(Halt::Full));
    let (stood, seen) = (session.now(), digests(&session));
    assert!(
        session.variants().iter().all(|variant| variant.snapshot().now() == stood),
        "both variants stand"
    );
    session.seek(secs(0.5));
    assert_eq!((session.halted(), session.now()), (None, secs(0.5)));
    session.run_until(secs(100.0));
    assert_eq!((session.now(), digests(&session)), (stood, seen));
}

#[test]
fn checkpoints_are_near_every_moment_and_bounded() {
    let mut session =
        Session::new(vec![variant("A", &busy(2_000.0)), variant("B", &busy(2_000.0))], 1.0).expect("it runs");
    session.run_until(secs(120.0));
    let (events, kept) = (events(&session), session.checkpoints().len() as u64);
    assert!(events / kept < 60_000, "{events} events, {kept} checkpoints");
    assert!(session.checkpoints().weight() < cascade::session::BUDGET);
    // Playing through what was played before takes no more of them.
    session.seek(SimTime::ZERO);
    session.run_until(secs(120.0));
    assert!(session.checkpoints().len() as u64 <= kept + kept / 10, "{}", session.checkpoints().len());
}

fn events(session: &Session) -> u64 {
    session.variants().iter().map(|variant| variant.snapshot().events()).sum()
}

#[test]
fn variants_are_rearranged_and_time_stays() {
    let run = |variants: Vec<Variant>, actions: &[(f64, Action)], until: f64| {
        let mut session = Session::new(variants, 1.0).expect("it runs");
        for (at, action) in actions {
            session.run_until(secs(*at));
            session.act(action.clone()).expect("it can be done");
        }
        session.run_until(secs(until));
        session
    };
    let only = |variant: usize, value: f64| Action::Set {
        variant: Some(variant),
        path: "nodes.app.workers".into(),
        value: Json::Number(value),
    };
    let (a, b) = (|| variant("A", &busy(300.0)), || variant("B", &busy(350.0)));
    let actions = [(5.0, only(0, 7.0)), (8.0, only(1, 6.0)), (9.0, set("nodes.app.workers", 9.0))];
    // What the variants are in the end, after this was done at 6 s of a run of 20 s.
    let check = |name: &str, change: &dyn Fn(&mut Session), sources: &[usize]| {
        let mut session = run(vec![a(), b()], &actions, 20.0);
        let whole = digests(&session);
        session.seek(secs(6.0));
        let before = digests(&session);
        change(&mut session);
        let pick = |of: &[String]| sources.iter().map(|&at| of[at].clone()).collect::<Vec<_>>();
        assert_eq!(digests(&session), pick(&before), "{name}: now");
        assert_eq!((session.now(), session.horizon()), (secs(6.0), secs(20.0)), "{name}");
        for moment in [20.0, 2.0, 20.0] {
            session.seek(secs(moment));
        }
        assert_eq!(digests(&session), pick(&whole), "{name}: in the end");
        let again = Session::replay(session.record().variants, session.log().to_vec(), secs(20.0));
        assert_eq!(digests(&again.expect("it replays")), pick(&whole), "{name}: replayed");
        session
    };
    let labels = |session: &Session| {
        let variants = session.variants().iter();
        variants.map(|variant| variant.label().to_owned()).collect::<Vec<_>>().join(" ")
    };
    let swapped = check("swap", &|session| assert!(session.swap()), &[1, 0]);
    assert_eq!(labels(&swapped), "B A");
    let copied = check("copy", &|session| assert!(session.copy(0, 1, "A′")), &[0, 0]);
    assert_eq!(labels(&copied), "A A′");
    let split = |session: &mut Session| assert!(session.drop_variant(0) && session.split(0, "B′"));
    assert_eq!(labels(&check("drop and split", &split, &[1, 1])), "B B′");
    let mut one = check("drop", &|session| assert!(session.drop_variant(1)), &[0]);
    assert!(!one.drop_variant(0) && !one.swap() && !one.copy(0, 1, ""), "one variant always stays");
    assert!(one.split(0, "x") && !one.split(0, "y"), "and two are all there is room for");
    // What was done in the future that was left goes with its variant.
    let mut session = run(vec![a(), b()], &actions, 20.0);
    let whole = digests(&session);
    session.seek(secs(6.0));
    session.act(set("nodes.app.workers", 2.0)).expect("it can be done");
    assert!(session.swap() && session.unfork());
    session.seek(secs(20.0));
    assert_eq!(digests(&session), [whole[1].clone(), whole[0].clone()]);
}

#[test]
fn a_record_that_is_none_says_why() {
    let check = |change: &dyn Fn(&mut Value), place: &str| {
        let mut record = json!({ "record": 1, "now": 5_000_000_000_u64,
            "variants": [{ "label": "A", "scenario": busy(5.0) }],
            "log": [{ "at": 1, "set": "nodes.app.workers", "to": 3, "in": 0 }, { "at": 2, "heal": {} }] });
        change(&mut record);
        let json = Json::parse(&record.to_string()).expect("JSON");
        match Record::from_json(&json) {
            Ok(record) => {
                assert_eq!(place, "", "{json}");
                assert_eq!((record.horizon, record.speed, record.playing), (secs(5.0), 1.0, true));
            }
            Err(problems) => {
                assert!(problems.iter().any(|problem| problem.path == place), "{place}: {problems:?}");
                assert!(
                    problems.iter().all(|problem| !problem.message.is_empty() && !problem.help.is_empty())
                );
            }
        }
    };
    check(&|_| {}, "");
    check(&|record| *record = json!(3), "");
    check(&|record| record["record"] = json!(2), "record");
    check(&|record| record["what"] = json!(2), "what");
    check(&|record| record["now"] = json!(-1), "now");
    check(&|record| record["now"] = json!(0.5), "now");
    check(&|record| record["now"] = json!(1e300), "now");
    check(&|record| record["speed"] = json!("fast"), "speed");
    check(&|record| record["playing"] = json!(1), "playing");
    check(&|record| record["variants"] = json!([]), "variants");
    check(&|record| record["variants"] = json!([1, 2, 3]), "variants");
    check(&|record| record["variants"][0]["label"] = json!(1), "variants[0].label");
    check(
        &|record| record["variants"][0]["scenario"]["nodes"]["app"]["workers"] = json!(-1),
        "variants[0].scenario.nodes.app.workers",
    );
    check(&|record| record["log"] = json!({}), "log");
    check(&|record| record["log"] = json!(vec![json!({ "at": 0, "heal": 1 }); 10_001]), "log");
    check(&|record| record["log"][0]["at"] = json!(9), "log[1]");
    check(&|record| record["log"][0]["in"] = json!(1), "log[0]");
    check(&|record| record["log"][0]["to"] = json!(null), "");
    check(&|record| record["log"][1] = json!({ "at": 3 }), "log[1]");
    check(&|record| record["log"][1] = json!({ "at": 3, "inject": {}, "for": "1s" }), "log[1].for");
    let breaker =
        |to: &str, number: i32| json!({ "at": 3, "breaker": ["a", "b"], "number": number, "to": to });
    check(&|record| record["log"][1] = breaker("disabled", 0), "");
    check(&|record| record["log"][1] = breaker("half_open", 0), "log[1]");
    check(&|record| record["log"][1] = breaker("closed", -1), "log[1]");
    check(&|record| record["log"][1] = json!({ "at": 3, "breaker": "a", "to": "closed" }), "log[1]");
}

#[test]
fn what_a_replay_cannot_do_it_says() {
    let wrong = Action::Inject { fault: Json::Null, lasts: None };
    let log = vec![cascade::session::TimedAction { at: secs(1.0), action: wrong }];
    let problems = Session::replay(vec![variant("A", &busy(5.0))], log, secs(2.0)).expect_err("no fault");
    assert!(problems[0].path.starts_with("log[0]"), "{problems:?}");
}

#[test]
fn it_goes_to_the_end_in_frames_and_says_how_far_it_is() {
    let mut scenario = busy(1_000.0);
    scenario["timeline"] = json!([{ "at": "50s", "for": "15s", "fault": { "pause": { "node": "app" } } }]);
    let mut session = Session::new(vec![variant("A", &scenario)], 1.0).expect("it runs");
    assert_eq!(session.end(), secs(95.0));
    session.set_playing(false);
    session.go_to(session.end());
    let (mut frames, mut before) = (0, 0.0);
    while let Some((to, share)) = session.going() {
        assert!(to == secs(95.0) && share >= before && share <= 1.0, "{share}");
        before = share;
        session.frame(0.016, || false);
        frames += 1;
    }
    assert!(frames > 20, "{frames} frames");
    assert_eq!((session.now(), session.playing()), (secs(95.0), false));
}
