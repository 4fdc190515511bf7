//! Edits in a session: going back before one, editing the past, bursts, records, two variants.

use std::sync::Arc;

use cascade::base::Json;
use cascade::session::{Action, Record, Session, Variant};
use serde_json::{Value, json};

use super::{at, begin, digest, edit, result, scenario, variant};

fn system(extra: &[&str]) -> Value {
    let mut system = json!({ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "poisson": { "rate": 100 } },
                 "operation": [{ "call": { "to": "app", "timeout": "1s" } }] },
        "app": { "kind": "service", "workers": 2, "operations": { "default": [{ "work": "5ms" }] } }
    } });
    for id in extra {
        system["nodes"][*id] = json!({ "kind": "client", "arrivals": { "poisson": { "rate": 50 } },
            "operation": [{ "call": { "to": "app", "timeout": "1s" } }] });
    }
    system
}

fn nodes(session: &Session) -> Vec<String> {
    session.variants()[0].plan().living_nodes().map(|(_, node)| node.id.clone()).collect()
}

#[test]
fn going_back_shows_the_old_system_and_on_again_the_new_one() {
    let mut session = begin(&system(&[]));
    session.run_until(at(3.0));
    session.act(edit(&system(&["more"]))).expect("an edit");
    session.run_until(at(6.0));
    let there = digest(&session);
    session.seek(at(2.0));
    assert_eq!(nodes(&session), ["web", "app"]);
    session.seek(at(6.0));
    assert_eq!((nodes(&session).len(), digest(&session)), (3, there.clone()));
    // Editing the past forks, and the other future is not lost.
    session.seek(at(2.0));
    session.act(edit(&system(&["other"]))).expect("an edit");
    let ghost = session.ghost().expect("a future was left");
    assert!(
        ghost.variants[0].iter().all(|window| window.end <= at(3.0)),
        "up to where it was another system"
    );
    session.run_until(at(4.0));
    assert_eq!(nodes(&session), ["web", "app", "other"]);
    assert!(session.unfork());
    session.seek(at(6.0));
    assert_eq!((nodes(&session), digest(&session)), (vec!["web".into(), "app".into(), "more".into()], there));
}

#[test]
fn a_burst_is_one_entry_and_takes_nothing_away_that_comes_back() {
    let mut session = begin(&system(&["more"]));
    session.run_until(at(2.0));
    let untouched = session.clone();
    for extra in [&[][..], &["a"], &["a", "b"], &["more", "c"]] {
        session.act(edit(&system(extra))).expect("an edit");
    }
    assert_eq!(session.log().len(), 1);
    session.act(edit(&system(&["more"]))).expect("an edit");
    assert_eq!(session.log().len(), 1);
    session.run_until(at(4.0));
    let mut untouched = untouched;
    untouched.run_until(at(4.0));
    assert_eq!(digest(&session), digest(&untouched), "nothing was ever gone");
    assert_eq!(result(&session.variants()[0]).ledger.removed, 0);
    session.act(edit(&system(&[]))).expect("an edit");
    session.run_until(at(5.0));
    session.act(edit(&system(&["late"]))).expect("an edit");
    assert_eq!(session.log().len(), 3, "at other instants they are others");
    let wrong = Action::Edit { variant: Some(7), scenario: Arc::new(scenario(&system(&[]))) };
    assert_eq!(session.act(wrong), Err(Vec::new()), "it concerns nobody");
}

#[test]
fn a_record_holds_edits_and_brings_them_back() {
    let mut session = Session::new(vec![variant(&system(&[])), variant(&system(&[]))], 1.0).expect("it runs");
    session.run_until(at(1.0));
    session.act(edit(&system(&["more"]))).expect("an edit");
    session.run_until(at(2.0));
    let only = Action::Edit { variant: Some(1), scenario: Arc::new(scenario(&system(&["b"]))) };
    session.act(only).expect("an edit");
    session.run_until(at(3.0));
    let text = session.record().to_json().to_string();
    let record = Record::from_json(&Json::parse(&text).expect("JSON")).expect("a record");
    assert_eq!(record, session.record());
    let mut again = Session::open(record).expect("it opens");
    again.seek(at(3.0));
    assert_eq!(digest(&again), digest(&session));
    assert_ne!(digest(&session)[0], digest(&session)[1]);
    // Variants that are swapped take their edits along.
    session.swap();
    let swapped = session.log().iter().filter_map(|logged| match &logged.action {
        Action::Edit { variant, .. } => Some(*variant),
        _ => None,
    });
    assert_eq!(swapped.collect::<Vec<_>>(), [None, Some(0)]);
    let restarted = {
        let mut other = session.clone();
        other.restart().expect("it restarts");
        other.variants().iter().map(|run| run.plan().nodes.len()).collect::<Vec<_>>()
    };
    assert_eq!(restarted, [3, 3], "the system stays when it begins anew");
}

#[test]
fn what_is_wrong_with_an_entry_is_told_in_its_place() {
    let record = |entry: Value| {
        let record =
            json!({ "record": 1, "variants": [{ "label": "A", "scenario": system(&[]) }], "log": [entry] });
        let found =
            Record::from_json(&Json::parse(&record.to_string()).expect("JSON")).expect_err("it is wrong");
        found.into_iter().map(|problem| problem.path).collect::<Vec<_>>()
    };
    let mut wrong = system(&[]);
    wrong["nodes"]["app"]["wrokers"] = json!(3);
    assert_eq!(record(json!({ "at": 0, "edit": wrong })), ["log[0].edit.nodes.app.wrokers"]);
    assert_eq!(record(json!({ "at": 0, "edit": system(&[]), "in": 4 })), ["log[0]"]);
    assert_eq!(record(json!({ "at": 0, "edit": system(&[]), "to": 4 })), ["log[0].to"]);
}

#[test]
fn another_seed_waits_for_the_next_beginning() {
    let mut other = system(&[]);
    other["seed"] = json!(77);
    let mut session = begin(&system(&[]));
    session.run_until(at(1.0));
    session.act(edit(&other)).expect("an edit");
    assert_eq!(session.variants()[0].plan().seed, 1);
    assert!(session.variants()[0].waits("seed") && !session.variants()[0].waits("nodes"));
    session.restart().expect("it restarts");
    assert_eq!(session.variants()[0].plan().seed, 77);
}

#[test]
fn there_is_room_for_so_many_nodes_and_then_it_is_said() {
    let mut session = begin(&system(&[]));
    let mut refused = None;
    for number in 0..300 {
        session.run_until(at(0.01 * f64::from(number)));
        let id = format!("extra{number}");
        if let Err(problems) = session.act(edit(&system(&[&id]))) {
            refused = Some((number, problems));
            break;
        }
    }
    let (number, problems) = refused.expect("it is refused at last");
    assert_eq!((number, problems.len(), problems[0].path.as_str()), (254, 1, "nodes"));
    session.run_until(at(5.0));
    result(&session.variants()[0]);
    let Variant { scenario, .. } = variant(&system(&["extra"]));
    session.restart().expect("it restarts");
    session.act(Action::Edit { variant: None, scenario: Arc::new(scenario) }).expect("there is room again");
}
