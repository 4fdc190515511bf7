//! A run that one can steer: variants in lockstep, commands, and what stops it.

use std::sync::Arc;

use cascade::base::{ClientIx, Json, SimTime};
use cascade::engine::{Command, Simulation};
use cascade::observation::{Observation, Observer};
use cascade::scenario::{Fault, Scenario};
use cascade::session::{Action, Halt, Session, Variant};
use serde_json::{Value, json};

fn variant(label: &str, scenario: &Value) -> Variant {
    let scenario = Scenario::read(&scenario.to_string()).expect("a good scenario");
    Variant { label: label.into(), scenario }
}

fn scenario(rate: f64, while_waiting: &str) -> Value {
    json!({
        "schema": 1,
        "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": rate } },
                     "operation": [{ "call": { "to": "app" } }] },
            "app": { "kind": "service", "workers": 5, "while_waiting": while_waiting, "operations": { "default": [
                { "work": { "exponential": "2ms" } }, { "call": { "to": "slow" } }] } },
            "slow": { "kind": "service", "workers": 50, "operations": { "default": [{ "work": "200ms" }] } }
        }
    })
}

fn session(rate: f64) -> Session {
    let variants =
        vec![variant("A", &scenario(rate, "hold_worker")), variant("B", &scenario(rate, "release_worker"))];
    Session::new(variants, 1.0).expect("both plan")
}

/// What a run is in the end: the digest of each variant.
fn digests(session: &Session) -> Vec<String> {
    session.variants().iter().map(|variant| variant.telemetry().digest().hex()).collect()
}

fn set(path: &str, value: f64) -> Action {
    Action::Set { variant: None, path: path.into(), value: Json::Number(value) }
}

/// Plays to about 20 s with a slider and a fault on the way, at these speeds; then to 20 s exactly.
fn played(speeds: &[f64]) -> Vec<String> {
    let mut session = session(20.0);
    let slow: Json = Json::parse(r#"{ "slow": { "node": "slow", "factor": 5 } }"#).expect("JSON");
    for (at, action) in [
        (5.0, set("nodes.web.arrivals.poisson.rate", 35.0)),
        (8.0, Action::Inject { fault: slow.clone(), lasts: None }),
        (12.0, Action::Heal { fault: slow }),
        (14.0, set("nodes.app.workers", 9.0)),
    ] {
        let mut frame = 0;
        while session.now().as_secs() < at - 1.0 {
            session.set_speed(speeds[frame % speeds.len()]);
            session.frame(0.016, || true);
            frame += 1;
        }
        session.run_until(SimTime::from_secs(at));
        session.act(action).expect("it can be done");
    }
    session.run_until(SimTime::from_secs(20.0));
    assert_eq!(session.log().len(), 4);
    digests(&session)
}

#[test]
fn speed_never_changes_a_result() {
    let slow = played(&[1.0]);
    assert_eq!(slow, played(&[10.0, 0.3]));
    assert_ne!(slow[0], slow[1], "the variants differ");
}

#[test]
fn variants_meet_the_same_arrivals() {
    let mut session = session(30.0);
    session.run_until(SimTime::from_secs(60.0));
    let offered = |at: usize| {
        let variant = &session.variants()[at];
        variant.telemetry().statistics().client(cascade::base::ClientIx(0), session.now()).offered
    };
    assert!(offered(0) > 1_500);
    assert_eq!(offered(0), offered(1));
}

#[test]
fn a_run_that_grows_without_bound_stands_still_and_says_so() {
    let mut session = session(400_000.0);
    while session.playing() && session.now() < SimTime::from_secs(100.0) {
        session.frame(0.1, || true);
    }
    assert_eq!(session.halted(), Some(Halt::Full));
    assert!(!session.playing());
    let stood = session.now();
    session.step_second();
    session.set_playing(true);
    session.frame(0.1, || true);
    assert_eq!(session.now(), stood, "time stands still");
    session.act(set("nodes.web.arrivals.poisson.rate", 10.0)).expect("a slider still moves");
    session.restart().expect("it begins again");
    session.run_until(SimTime::from_secs(1.0));
    assert_eq!((session.halted(), session.now()), (None, SimTime::from_secs(1.0)));
}

/// The instants at which a client's requests are offered.
#[derive(Default)]
struct Offers(Vec<(ClientIx, SimTime)>);

impl Observer for Offers {
    fn observe(&mut self, at: SimTime, what: Observation) {
        if let Observation::Offered { client, .. } = what {
            self.0.push((client, at));
        }
    }
}

/// To the nanosecond, whatever the services are and whatever is done to them: arrivals are drawn from a stream of the
/// client's own, by the seed and its name.
#[test]
fn arrivals_are_the_client_s_alone() {
    let offers = |scenario: &Value, change: Option<&Value>, broken: bool| {
        let read =
            |scenario: &Value| Scenario::read(&scenario.to_string()).and_then(|scenario| scenario.plan());
        let plan = Arc::new(read(scenario).expect("a plan"));
        let mut simulation = Simulation::new(Arc::clone(&plan));
        let mut seen = Offers::default();
        simulation.run_until(SimTime::from_secs(10.0), &mut seen);
        if let Some(change) = change {
            simulation.apply(Command::Retune(Arc::new(read(change).expect("a plan"))), &mut seen);
        }
        if broken {
            let node = plan.nodes.iter().position(|node| node.id == "app").expect("it is there");
            let node = cascade::base::NodeIx(node as u32);
            simulation
                .apply(Command::Inject(Fault::Slow { node, factor: 30.0, replica: None }, None), &mut seen);
        }
        simulation.run_until(SimTime::from_secs(30.0), &mut seen);
        seen.0
    };
    let plain = scenario(40.0, "hold_worker");
    let expected = offers(&plain, None, false);
    assert!(expected.len() > 1_000);
    let mut slower = scenario(40.0, "release_worker");
    slower["nodes"]["slow"]["operations"]["default"] = json!([{ "work": { "exponential": "900ms" } }]);
    slower["nodes"]["other"] = json!({ "kind": "queue" });
    assert_eq!(offers(&slower, None, true), expected, "another system");
    let mut more = plain.clone();
    more["nodes"]["app"]["workers"] = json!(50);
    assert_eq!(offers(&plain, Some(&more), true), expected, "a system that is changed and broken on the way");
    let faster = scenario(80.0, "hold_worker");
    assert_eq!(
        offers(&plain, Some(&faster), false),
        offers(&plain, Some(&faster), true),
        "also where the rate changes"
    );
    assert_ne!(offers(&faster, None, false), expected);
}

#[test]
fn what_is_wrong_for_every_variant_is_said_once() {
    let mut session = session(20.0);
    for wrong in [set("nodes.app.workers", -1.0), set("seed", 0.5)] {
        let found = session.act(wrong).expect_err("no variant can be so");
        assert_eq!(found.len(), 1, "{found:?}");
    }
}

fn handled(session: &Session) -> u64 {
    session.variants().iter().map(|variant| variant.snapshot().events()).sum()
}

/// Between two questions for the budget little happens, however fast it goes and however much there is to do.
#[test]
fn a_frame_asks_for_its_budget_often_at_any_speed() {
    let mut session = session(2_000.0);
    session.set_speed(1_000.0);
    let mut most = 0;
    for _ in 0..200 {
        let before = handled(&session);
        session.frame(0.1, || false);
        most = most.max(handled(&session) - before);
    }
    println!("{most} events at most between two questions");
    assert!((500..2_000).contains(&most), "{most} events before the budget was asked");
}

/// The same where the traffic is a thousandfold from one moment to the next, after a time in which nearly nothing was.
#[test]
fn a_frame_asks_for_its_budget_in_time_when_a_storm_begins() {
    let mut calm = scenario(2.0, "release_worker");
    calm["timeline"] =
        json!([{ "at": "30s", "for": "2s", "fault": { "surge": { "client": "web", "factor": 1000 } } }]);
    let mut session =
        Session::new(vec![variant("A", &calm), variant("B", &calm)], 1_000.0).expect("it plans");
    let mut most = 0;
    while session.now() < SimTime::from_secs(40.0) {
        let before = handled(&session);
        session.frame(0.1, || false);
        most = most.max(handled(&session) - before);
    }
    assert!(handled(&session) > 10_000, "it was no storm");
    assert!(most < 2_000, "{most} events before the budget was asked");
}
