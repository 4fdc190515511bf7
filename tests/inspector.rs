//! The inspector: all parameters of everything, with their defaults; every fault can be had and mended.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/generate.rs"]
mod generate;

use std::collections::BTreeSet;

use cascade::base::{Json, NodeIx};
use cascade::scenario::{Control, Scenario, schema};
use cascade::session::{Action, Record, Session, Variant};
use cascade::view::inspector::{BY_HAND, Field, Inspection, Subject, form_label, inspect, subjects};
use cascade::view::words::terms;
use serde_json::{Value, json};

/// Every scenario of the gallery, and as many that were made at random.
fn scenarios() -> Vec<(String, Scenario)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/static/gallery");
    let files = std::fs::read_dir(folder).expect("the gallery").map(|file| file.expect("a file").path());
    let files = files.filter(|path| path.file_name().is_some_and(|name| name != "index.json"));
    let texts = files.map(|path| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("text"))
    });
    let random = (0..20).map(|seed| (format!("seed {seed}"), generate::scenario(seed).to_string()));
    let read = |(name, text): (String, String)| {
        let scenario = Scenario::read(&text).unwrap_or_else(|wrong| panic!("{name}: {wrong:#?}"));
        (name, scenario)
    };
    texts.chain(random).map(read).collect()
}

fn session(scenario: &Scenario) -> Session {
    let variant = Variant { label: "A".to_owned(), scenario: scenario.clone() };
    Session::new(vec![variant], 1.0).expect("it runs")
}

fn nodes(session: &Session) -> Vec<(String, Inspection)> {
    let plan = session.variants()[0].plan();
    let node = |at: usize| {
        let seen = inspect(session, 0, Subject::Node(NodeIx(at as u32)), &[]).expect("a node");
        (plan.nodes[at].id.clone(), seen)
    };
    (0..plan.nodes.len()).map(node).collect()
}

/// All fields of an inspection, those inside others too.
fn all(inspection: &Inspection) -> Vec<&Field> {
    fn add<'a>(field: &'a Field, out: &mut Vec<&'a Field>) {
        out.push(field);
        field.parts.iter().for_each(|part| add(part, out));
    }
    let mut out = Vec::new();
    inspection.sections.iter().flat_map(|section| &section.fields).for_each(|field| add(field, &mut out));
    out
}

/// What the JSON Schema says that there is at a value: the paths of all fields.
fn expected(schema: &Json, defs: &Json, value: Option<&Json>, path: &str, out: &mut Vec<String>) {
    if let Some(name) = schema.get("$ref").and_then(Json::as_str) {
        let def = defs.get(name.trim_start_matches("#/$defs/")).expect("a definition");
        return expected(def, defs, value, path, out);
    }
    let value = value.or_else(|| schema.get("default"));
    for any in schema.get("anyOf").map_or(&[][..], Json::items) {
        if value.is_some_and(|value| *value != Json::Null) {
            expected(any, defs, value, path, out);
        }
    }
    for variant in schema.get("oneOf").map_or(&[][..], Json::items) {
        let (Some(value), [(key, _)]) = (value, variant.get("properties").map_or(&[][..], Json::members))
        else {
            continue;
        };
        if value.get(key).is_some() {
            expected(variant, defs, Some(value), path, out);
        }
    }
    for (key, field) in schema.get("properties").map_or(&[][..], Json::members) {
        if key == "kind" {
            continue;
        }
        let inside = format!("{path}.{key}");
        let own = value.and_then(|value| value.get(key)).or_else(|| field.get("default"));
        expected(field, defs, own, &inside, out);
        out.push(inside);
    }
    let items = value.map_or(&[][..], Json::items);
    if let Some(of) = schema.get("items").filter(|of| **of != Json::Bool(false)) {
        for (at, item) in items.iter().enumerate() {
            expected(of, defs, Some(item), &format!("{path}[{at}]"), out);
        }
    }
    let named = schema.get("additionalProperties").filter(|of| **of != Json::Bool(false));
    for (key, item) in named.and(value).map_or(&[][..], Json::members) {
        let inside = format!("{path}.{key}");
        expected(named.expect("it is there"), defs, Some(item), &inside, out);
        out.push(inside);
    }
}

#[test]
fn every_field_of_the_language_is_there() {
    let schema = schema();
    let defs = schema.get("$defs").expect("definitions");
    let kinds = defs.get("Node").and_then(|node| node.get("oneOf")).expect("kinds").items();
    let mut fields_seen = 0;
    for (name, scenario) in scenarios() {
        let session = session(&scenario);
        for (id, seen) in nodes(&session) {
            let written = scenario.json().get("nodes").and_then(|nodes| nodes.get(&id)).expect("a node");
            let of = |kind: &&Json| {
                let own =
                    kind.get("properties").and_then(|fields| fields.get("kind")).and_then(|k| k.get("const"));
                own == written.get("kind")
            };
            let mut wanted = Vec::new();
            let kind = kinds.iter().find(of).expect("a kind");
            expected(kind, defs, Some(written), &format!("nodes.{id}"), &mut wanted);
            let fields = all(&seen);
            for path in &wanted {
                // What stands behind the name of a step is the step.
                let there = fields.iter().any(|field| {
                    field.path == *path
                        || field.path.starts_with(&format!("{path}."))
                        || field.path.starts_with(&format!("{path}["))
                }) || fields.iter().any(|field| {
                    path.strip_prefix(&field.path)
                        .is_some_and(|rest| rest.starts_with('.') && !rest[1..].contains(['.', '[']))
                        && field.parts.is_empty()
                });
                assert!(there, "{name}: {path} is not shown");
            }
            assert!(!seen.cut, "{name}: {id}");
            fields_seen += wanted.len();
        }
    }
    assert!(fields_seen > 10_000, "{fields_seen} fields");
}

/// Every key of an object and every word of a choice that the schema knows.
fn language(json: &Json, keys: &mut BTreeSet<String>, words: &mut BTreeSet<String>) {
    for (key, inside) in json.members() {
        match key.as_str() {
            "properties" => keys.extend(inside.members().iter().map(|(key, _)| key.clone())),
            "enum" => words.extend(inside.items().iter().filter_map(Json::as_str).map(str::to_owned)),
            _ => {}
        }
        language(inside, keys, words);
    }
    json.items().iter().for_each(|item| language(item, keys, words));
}

#[test]
fn every_key_and_every_word_of_the_language_has_its_name_and_nothing_else_has() {
    let schema = schema();
    let (mut keys, mut words) = (BTreeSet::new(), BTreeSet::new());
    language(&schema, &mut keys, &mut words);
    // Where a value has one of several forms, their names are the words of a choice.
    for name in ["Spread", "DrawnTimes", "Arrivals", "BreakerWindow"] {
        let forms = schema.get("$defs").and_then(|defs| defs.get(name)?.get("oneOf")).expect("forms");
        let form = |form: &Json| form.get("properties").map(|form| form.members()[0].0.clone());
        words.extend(forms.items().iter().filter_map(form));
    }
    // A distribution may be one duration, a log keep so long or so many, and a place for a node be empty.
    words.extend(["constant", "time", "count", "none"].map(str::to_owned));
    assert!(keys.len() > 150 && words.len() > 40, "{} keys, {} words", keys.len(), words.len());
    let texts = Json::parse(include_str!("../static/texts/en.json")).expect("the English texts");
    let named = |kind: &str| {
        let terms = texts.get("term").and_then(|terms| terms.get(kind)).map_or(&[][..], Json::members);
        terms.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(named("field"), keys.iter().cloned().collect::<Vec<_>>(), "in the order of the keys");
    assert_eq!(named("word"), words.iter().cloned().collect::<Vec<_>>(), "in the order of the words");
    assert!(keys.iter().all(|key| terms::field(key).is_some()), "every field has its text");
    assert!(words.iter().all(|word| terms::word(word).is_some()), "every word has its text");
}

/// What the inspector calls things: from the table, or a name that the scenario gives.
#[test]
fn forms_of_choices_are_called_what_the_table_says() {
    let mut seen = BTreeSet::new();
    for (name, scenario) in scenarios() {
        for (_, inspection) in nodes(&session(&scenario)) {
            for field in all(&inspection) {
                let Control::Choice(forms, at) = &field.control else { continue };
                for form in forms {
                    let node = scenario.get(&format!("nodes.{}", form.word)).is_some();
                    let own = node || form.word.parse::<u32>().is_ok();
                    let term = terms::word(&form.word);
                    assert!(form.own == own || term.is_some(), "{name}: {}: {}", field.path, form.word);
                    assert!(form.own || term == Some(form_label(form).as_str()), "{name}: {}", form.word);
                    seen.extend(term.filter(|_| !form.own));
                }
                // The default of a choice is called what its form is called.
                let default = field.default.as_ref().filter(|default| **default == forms[*at].value);
                if default.and_then(Json::as_str) == Some(forms[*at].word.as_str()) {
                    assert_eq!(field.default_text(), Some(form_label(&forms[*at])), "{name}: {}", field.path);
                }
            }
        }
    }
    assert!(seen.len() > 30, "{seen:?}");
}

#[test]
fn what_is_shown_can_be_set() {
    for (name, scenario) in scenarios() {
        let session = session(&scenario);
        for (_, seen) in nodes(&session) {
            for field in all(&seen) {
                can_be_set(&name, &scenario, field);
            }
        }
    }
}

fn can_be_set(name: &str, scenario: &Scenario, field: &Field) {
    let now = scenario.get(&field.path).unwrap_or_else(|| panic!("{name}: there is no {}", field.path));
    let set = |value: &Json| {
        let changed = scenario.with(&field.path, value);
        changed.unwrap_or_else(|wrong| panic!("{name}: {} to {value}: {wrong:#?}", field.path))
    };
    let same = |changed: &Scenario| {
        let plans = (changed.plan().expect("it runs"), scenario.plan().expect("it runs"));
        assert!(plans.0 == plans.1, "{name}: {} set to what it is changes it", field.path);
    };
    match &field.control {
        Control::Group | Control::Fixed => {}
        Control::Number { .. } => same(&set(&Json::parse(&field.value).expect("a number"))),
        Control::Duration(_) | Control::Text(_) => same(&set(&Json::from(field.value.as_str()))),
        Control::Switch(values) => values.iter().for_each(|value| drop(set(value))),
        Control::Choice(forms, at) => {
            same(&set(&forms[*at].value));
            // Whether a message can go to another node depends on the rest: it may be refused.
            let ids = field.hint.is_empty() && forms[0].value == Json::Null;
            forms.iter().filter(|_| !ids).for_each(|form| drop(set(&form.value)));
        }
        Control::Absent(start) => {
            // The kinds of a retry budget exclude each other.
            let either = ["min_concurrent", "tokens", "min_per_second", "budget.ttl"]
                .iter()
                .any(|key| field.path.ends_with(key));
            let added = scenario.with(&field.path, start);
            let wrong = added.as_ref().err().cloned().unwrap_or_default();
            assert!(either || added.is_ok(), "{name}: {} cannot be added: {wrong:#?}", field.path);
            if let Ok(added) = added {
                assert_ne!(added.get(&field.path), Some(now), "{name}: {}", field.path);
                same(&added.with(&field.path, &Json::Null).expect("it can be taken away"));
            }
        }
    }
}

/// The scenario without what is written at a path of keys and places.
fn without(scenario: &Scenario, path: &str) -> Option<Result<Scenario, ()>> {
    let mut json: Value = serde_json::from_str(&scenario.print()).expect("JSON");
    let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
    let (whole, key) = pointer.rsplit_once('/').expect("a path");
    json.pointer_mut(whole)?.as_object_mut()?.remove(key)?;
    Some(Scenario::read(&json.to_string()).map_err(drop))
}

#[test]
fn defaults_are_marked_right() {
    let mut compared = 0;
    for (name, scenario) in scenarios() {
        let session = session(&scenario);
        for (_, seen) in nodes(&session) {
            for field in all(&seen) {
                // Fields of records: what has a name of its own, and is not the form of a choice.
                if field.id.contains('#') || matches!(field.control, Control::Group | Control::Fixed) {
                    continue;
                }
                let now = scenario.get(&field.path).expect("it is there");
                let Some(left_out) = without(&scenario, &field.path) else {
                    assert!(!field.changed, "{name}: {} is not even written", field.path);
                    continue;
                };
                let default = left_out.ok().and_then(|scenario| scenario.get(&field.path));
                if let Some(default) = default.filter(|_| field.default.is_some()) {
                    let text = |json: &Json| json.as_str().map(|t| cascade::base::parse_duration(t).ok());
                    let equal =
                        default == now || text(&default).flatten().is_some() && text(&default) == text(&now);
                    assert_eq!(
                        field.changed, !equal,
                        "{name}: {} is {now}, by default {default}",
                        field.path
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 500, "{compared} compared");
}

#[test]
fn every_fault_can_be_had_and_mended() {
    let mut faults = 0;
    for (name, scenario) in scenarios().into_iter().step_by(3) {
        let mut session = session(&scenario);
        for subject in subjects(&session.variants()[0]) {
            let seen = inspect(&session, 0, subject, &[]).expect("it is there");
            let replicas = seen.replicas.iter().flat_map(|replica| &replica.faults);
            for fault in seen.faults.iter().chain(replicas) {
                let active = |session: &Session| {
                    let seen = inspect(session, 0, subject, &[]).expect("it is there");
                    seen.fault(&fault.key).expect("the same faults").active.clone()
                };
                assert_eq!(active(&session), [], "{name}: {}", fault.label);
                let act = |session: &mut Session, action| {
                    session.act(action).unwrap_or_else(|wrong| panic!("{name}: {wrong:#?}"));
                };
                act(&mut session, Action::Inject { fault: fault.fault.clone(), lasts: None });
                let now = active(&session);
                assert_eq!(now.len(), 1, "{name}: {} is not seen", fault.label);
                session.step_event();
                act(&mut session, Action::Heal { fault: now[0].clone() });
                assert_eq!(active(&session), [], "{name}: {} is not mended", fault.label);
                faults += 1;
            }
        }
    }
    assert!(faults > 300, "{faults} faults");
}

/// A client that calls a service.
fn called() -> Scenario {
    let scenario = json!({ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "poisson": { "rate": 50 } }, "operation": [
            { "call": { "to": "app", "timeout": "1s" } }] },
        "app": { "kind": "service", "operations": { "default": [{ "work": "5ms" }] } } } });
    Scenario::read(&scenario.to_string()).expect("a scenario")
}

fn set(path: &str, value: Value) -> Action {
    let value = Json::parse(&value.to_string()).expect("JSON");
    Action::Set { variant: Some(0), path: path.to_owned(), value }
}

#[test]
fn knobs_that_name_nothing_any_more_are_left_out() {
    let knobs = json!([{ "path": "nodes.web.arrivals.poisson.rate" }, { "path": "nodes.app.workers" }]);
    let with = |path: &str, value: Value| {
        called()
            .with("view.knobs", &Json::parse(&knobs.to_string()).expect("JSON"))
            .expect("knobs")
            .with(path, &Json::parse(&value.to_string()).expect("JSON"))
    };
    let changed = with("nodes.web.arrivals", json!({ "constant": { "rate": 9 } })).expect("it can be set");
    let left: Vec<String> = changed.view().knobs.into_iter().map(|knob| knob.path).collect();
    assert_eq!(left, ["nodes.app.workers"]);
    let wrong = with("nodes.web.arrivals", json!({ "constant": 9 })).expect_err("no rate");
    assert!(wrong.iter().any(|wrong| wrong.path.starts_with("nodes.web.arrivals")), "{wrong:#?}");
    with("view.knobs[0].path", json!("nobody")).expect_err("a knob that is set must be right");
}

const BREAKER: &str = "nodes.web.operation[0].call.circuit_breaker";

#[test]
fn what_waits_for_the_next_start_holds_nothing_else_up() {
    let mut session = session(&called());
    session.act(set(BREAKER, json!({}))).expect("it can be added");
    session.act(set("nodes.app.workers", json!(7))).expect("a number");
    let variant = &session.variants()[0];
    assert!(variant.waits(BREAKER) && !variant.waits("nodes.app.workers"));
    assert_eq!(variant.plan().services[0].workers, 7, "it holds at once");
    assert!(variant.plan().breakers.is_empty());
    session.act(set(&format!("{BREAKER}.open_for"), json!("3s"))).expect("it waits as well");
    assert!(session.variants()[0].waits(&format!("{BREAKER}.open_for")));
    session.restart().expect("it begins again");
    let variant = &session.variants()[0];
    assert!(!variant.waits(BREAKER));
    assert_eq!((variant.plan().breakers.len(), variant.plan().services[0].workers), (1, 7));
    session.act(set(BREAKER, Value::Null)).expect("it can be taken away");
    assert!(session.variants()[0].waits(BREAKER));
    session.act(set(BREAKER, json!({ "open_for": "3s" }))).expect("and put back");
    assert!(!session.variants()[0].waits(BREAKER));
}

#[test]
fn a_breaker_is_switched_by_hand_and_the_record_says_so() {
    let scenario = called().with(BREAKER, &Json::Object(Vec::new())).expect("a breaker");
    let mut session = session(&scenario);
    let between = Subject::Link(NodeIx(1), NodeIx(0));
    for (at, state) in BY_HAND.into_iter().enumerate().rev() {
        session.step_second();
        let seen = inspect(&session, 0, between, &[]).expect("a link").breakers;
        let (between_ids, number) = (seen[0].between.clone(), seen[0].number);
        session
            .act(Action::Breaker { variant: None, between: between_ids, number, state })
            .expect("a switch");
        assert_eq!(inspect(&session, 0, between, &[]).expect("a link").breakers[0].set, at);
    }
    session.step_second();
    let record = session.record();
    let read = Record::from_json(&record.to_json()).expect("it reads back");
    assert_eq!(read, record);
    let again = Session::replay(read.variants, read.log, read.now).expect("it runs again");
    let digest = |session: &Session| session.variants()[0].telemetry().digest().hex();
    assert_eq!(digest(&again), digest(&session));
    assert_eq!(session.log().len(), BY_HAND.len());
}

#[test]
fn links_show_what_runs_over_them() {
    let mut session = session(&called());
    let between = Subject::Link(NodeIx(1), NodeIx(0));
    let seen = inspect(&session, 0, between, &[]).expect("a link");
    let titles: Vec<&str> = seen.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["In each request: 1. Call → App", "Link Web → App", "Link App → Web"]);
    assert!(seen.field(BREAKER).is_some_and(|field| matches!(field.control, Control::Absent(_))));
    let (_, path, value) = seen.sections[1].add.clone().expect("all links share what holds");
    session
        .act(set(path, serde_json::from_str(&value.to_string()).expect("JSON")))
        .expect("a link of its own");
    let seen = inspect(&session, 0, between, &[]).expect("a link");
    assert_eq!(seen.sections[1].add, None);
    let latency = seen.field("links[0].latency").expect("its own latency");
    assert!(matches!(latency.control, Control::Absent(_)));
    assert!(!session.variants()[0].waits("links"), "it holds at once");
}

#[test]
fn a_label_stands_in_place_of_the_id() {
    let mut session = session(&called());
    session.act(set("nodes.app.label", json!("Die Kasse"))).expect("a label");
    let seen = inspect(&session, 0, Subject::Node(NodeIx(0)), &[]).expect("a node");
    assert_eq!(
        (seen.title.as_str(), seen.fault("slow").expect("a fault").label.as_str()),
        ("Die Kasse", "Die Kasse slow ×10")
    );
    let seen = inspect(&session, 0, Subject::Link(NodeIx(1), NodeIx(0)), &[]).expect("a link");
    let titles: Vec<&str> = seen.sections.iter().map(|section| section.title.as_str()).collect();
    assert!(titles.contains(&"In each request: 1. Call → Die Kasse"), "{titles:?}");
    let says = cascade::view::summary(&session.variants()[0]);
    assert!(says[0].starts_with("Die Kasse"), "{says:?}");
    assert_eq!(session.variants()[0].plan().id(NodeIx(0)), "app");
}

#[test]
fn amounts_of_faults_are_those_that_were_chosen() {
    let session = session(&called());
    let subject = Subject::Node(NodeIx(0));
    let slow = |amounts: &[(String, Json)]| {
        inspect(&session, 0, subject, amounts).expect("a node").fault("slow").expect("a fault").clone()
    };
    assert_eq!(slow(&[]).label, "App slow ×10");
    assert_eq!(slow(&[("slow".to_owned(), 4.0.into())]).label, "App slow ×4");
    // What is no number is refused when it is injected.
    assert_eq!(slow(&[("slow".to_owned(), "four".into())]).amount.expect("how much").text, "four");
}
