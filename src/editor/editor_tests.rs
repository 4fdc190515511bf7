//! What edits do to small systems, and their history.

use super::*;
use crate::base::Json;
use crate::editor::{Wrapping, could_connect};

const SHOP: &str = r#"{
  "schema": 1,
  "nodes": {
    "web": {
      "kind": "client",
      "arrivals": {"poisson": {"rate": 10}},
      "operation": [{"call": {"to": "app", "operation": "book", "timeout": "1s"}}, {"publish": {"to": "q"}}]
    },
    "app": {"kind": "service", "operations": {"book": [{"work": "20ms"}, {"read": {"from": "db"}}, {"sleep": "3ms"}]}},
    "db": {"kind": "store"},
    "q": {"kind": "queue"}
  },
  "links": [{"from": "app", "to": "db", "latency": "3ms"}],
  "timeline": [{"at": "5s", "fault": {"latency": {"from": "app", "to": "db", "add": "1s"}}},
               {"at": "9s", "fault": {"crash": {"node": "app"}}}],
  "view": {"primary": "web", "positions": {"web": [0, 0], "app": [100, 0], "db": [200, 0], "q": [100, 80]},
    "knobs": [{"path": "nodes.app.operations.book[2].sleep.mean"}, {"path": "timeline[1].at"}]}
}"#;

fn editor() -> Editor {
    Editor::read(SHOP).expect("a good scenario")
}

fn node(id: &str) -> String {
    id.to_owned()
}

fn json(editor: &Editor, path: &str) -> String {
    editor.scenario().get(path).map_or("nothing".to_owned(), |json| json.to_string())
}

#[test]
fn ids_and_names_of_operations_follow_wherever_they_stand() {
    let mut editor = editor();
    editor.apply(Edit::Rename { node: node("app"), to: node("shop") }).expect("it is renamed");
    let text = editor.text();
    assert!(!text.contains("app") && text.contains("nodes.shop.operations.book[2].sleep.mean"), "{text}");
    let rename = Edit::RenameOperation { service: node("shop"), from: node("book"), to: node("default") };
    editor.apply(rename).expect("it is renamed");
    assert!(!editor.text().contains("book"), "{}", editor.text());
    let rename = Edit::RenameOperation { service: node("shop"), from: node("default"), to: node("buy") };
    editor.apply(rename).expect("it is renamed");
    assert_eq!(json(&editor, "nodes.web.operation[0].call.operation"), "\"buy\"");
    assert!(editor.apply(Edit::Rename { node: node("shop"), to: node("db") }).is_err(), "taken");
    assert!(editor.apply(Edit::Rename { node: node("shop"), to: node("No id") }).is_err(), "no id");
}

#[test]
fn a_node_goes_with_all_that_names_it() {
    let mut editor = editor();
    let done = editor.apply(Edit::Remove { nodes: vec![node("db")], links: vec![] }).expect("it goes");
    assert_eq!(done.dropped, ["links[0]", "timeline[0]"]);
    assert!(done.structure && !editor.text().contains("db"), "{}", editor.text());
    assert_eq!(
        json(&editor, "view.knobs"),
        r#"[{"path": "nodes.app.operations.book[1].sleep.mean", "label": null, "range": null, "scale": "linear"}, {"path": "timeline[0].at", "label": null, "range": null, "scale": "linear"}]"#
    );
    editor.apply(Edit::Remove { nodes: vec![node("app"), node("q")], links: vec![] }).expect("they go");
    assert_eq!(json(&editor, "nodes.web.operation"), "[]");
    assert!(editor.undo() && editor.undo() && !editor.undo());
    assert_eq!(editor.text(), SHOP, "byte for byte");
}

#[test]
fn links_are_what_the_steps_say() {
    let mut editor = editor();
    let apart = Edit::Disconnect { from: node("app"), to: node("db") };
    let done = editor.apply(apart.clone()).expect("a link");
    assert_eq!(done.dropped.len(), 2, "what is set for the link goes: {done:?}");
    assert!(editor.apply(apart).is_err(), "there is no link any more");
    let connect = |from: &str, to: &str| Edit::Connect { from: node(from), to: node(to), operation: None };
    editor.apply(connect("app", "db")).expect("a read");
    assert_eq!(json(&editor, "nodes.app.operations.book[2].read.from"), "\"db\"");
    editor.apply(connect("q", "app")).expect("a consumer");
    assert_eq!(json(&editor, "nodes.app.consumes[0].operation"), "\"book\"");
    let refused = editor.apply(connect("db", "app")).expect_err("a store sends nothing");
    assert!(refused[0].message.contains("database"), "{refused:?}");
    let made = could_connect(editor.scenario(), "web", "app").expect("a call");
    assert_eq!((made.node.as_str(), made.operations), ("app", vec![node("book")]));
    editor.apply(Edit::Disconnect { from: node("q"), to: node("app") }).expect("a consumer less");
    editor.apply(Edit::Add { preset: node("gateway"), at: None }).expect("a node");
    editor.apply(connect("web", "gateway")).expect("a call");
    editor.apply(connect("gateway", "app")).expect("a call");
    assert_eq!(json(&editor, "nodes.gateway.operations.default[1].call.operation"), "\"book\"");
}

#[test]
fn steps_move_and_nest_and_their_sliders_with_them() {
    let mut editor = editor();
    let at = |n: u32| format!("nodes.app.operations.book[{n}]");
    editor.apply(Edit::Wrap { at: at(1), count: 2, into: Wrapping::All }).expect("it is wrapped");
    let knob = |editor: &Editor| json(editor, "view.knobs[0].path");
    assert_eq!(knob(&editor), r#""nodes.app.operations.book[1].all[1][0].sleep.mean""#);
    editor.apply(Edit::MoveStep { from: at(1), to: at(0) }).expect("it moves");
    assert_eq!(knob(&editor), r#""nodes.app.operations.book[0].all[1][0].sleep.mean""#);
    editor.apply(Edit::Unwrap { at: at(0) }).expect("it is unwrapped");
    assert_eq!(knob(&editor), r#""nodes.app.operations.book[1].sleep.mean""#);
    assert_eq!(
        editor
            .scenario()
            .json()
            .get("nodes")
            .and_then(|nodes| nodes.get("app")?.get("operations")?.get("book"))
            .map(|steps| steps.to_string()),
        Some(r#"[{"read": {"from": "db"}}, {"sleep": "3ms"}, {"work": "20ms"}]"#.to_owned())
    );
    let into_itself = Edit::MoveStep { from: at(0), to: [&at(0), ".all[0][0]"].concat() };
    assert!(editor.apply(into_itself).is_err());
    editor.apply(Edit::RemoveStep { at: at(1) }).expect("it goes");
    assert_eq!(editor.scenario().view().knobs.len(), 1);
}

#[test]
fn a_burst_is_one_step_and_a_pause_ends_it() {
    let mut editor = editor();
    let set =
        |rate: f64| Edit::Set { path: node("nodes.web.arrivals.poisson.rate"), value: Json::Number(rate) };
    for rate in [1.0, 12.0, 120.0] {
        assert!(!editor.apply(set(rate)).expect("a rate").structure);
    }
    editor.pause();
    editor.apply(set(7.0)).expect("a rate");
    assert_eq!(editor.undo_words(), Some("Change nodes.web.arrivals.poisson.rate"));
    assert!(editor.undo());
    assert_eq!(json(&editor, "nodes.web.arrivals.poisson.rate"), "120");
    assert!(editor.undo() && !editor.can_undo() && editor.text() == SHOP);
    assert!(editor.redo() && editor.redo() && !editor.redo());
    assert_eq!(json(&editor, "nodes.web.arrivals.poisson.rate"), "7");
    assert!(editor.apply(set(-1.0)).is_err(), "refused");
    assert_eq!(json(&editor, "nodes.web.arrivals.poisson.rate"), "7");
    for n in 0..300 {
        editor.pause();
        editor.apply(set(f64::from(n + 1))).expect("a rate");
    }
    let mut steps = 0;
    while editor.undo() {
        steps += 1;
    }
    assert_eq!(steps, MOST_STEPS);
}

#[test]
fn a_wrong_text_leaves_the_last_right_system_and_comes_back() {
    let mut editor = editor();
    let wrong = SHOP.replace("\"rate\": 10", "\"rate\": ");
    assert!(editor.type_text(&wrong).is_err());
    assert_eq!(
        (editor.text(), json(&editor, "nodes.web.arrivals.poisson.rate")),
        (wrong.as_str(), "10".to_owned())
    );
    assert_eq!(
        editor.mistakes().iter().map(|(line, column, _)| (*line, *column)).collect::<Vec<_>>(),
        [(6, 40)]
    );
    assert!(editor.type_text(&SHOP.replace("\"rate\": 10", "\"rate\": -1")).is_err());
    assert_eq!(
        editor.mistakes().iter().map(|(line, column, _)| (*line, *column)).collect::<Vec<_>>(),
        [(6, 32)]
    );
    let right = SHOP.replace("\"rate\": 10", "\"rate\": 11");
    assert!(editor.type_text(&right).is_ok() && editor.wrong().is_empty());
    assert_eq!(editor.text(), right, "as typed");
    assert!(editor.undo() && !editor.can_undo(), "typing is one step");
    assert!(editor.redo());
    editor.pause();
    assert!(editor.type_text(&wrong).is_err());
    editor.apply(Edit::Add { preset: node("queue"), at: None }).expect("done to the last right one");
    assert!(editor.wrong().is_empty() && editor.undo());
    assert_eq!(editor.text(), wrong);
    assert!(!editor.wrong().is_empty());
    assert!(editor.undo());
    assert_eq!(editor.text(), right);
}

#[test]
fn nodes_come_where_there_is_room_and_are_aligned() {
    let mut editor = editor();
    editor.apply(Edit::AddNext { from: node("app"), next: node("queue") }).expect("a queue");
    assert_eq!(json(&editor, "view.positions.queue"), "[180, 0]".replace("180, 0", "180, 40"));
    let nodes = vec![node("web"), node("q"), node("queue")];
    editor.apply(Edit::Align { nodes, how: crate::editor::Alignment::Bottom }).expect("they have places");
    assert_eq!(json(&editor, "view.positions.web"), "[0, 80]");
    editor.apply(Edit::TidyUp).expect("tidy");
    assert_eq!(json(&editor, "view.positions"), "{}");
    editor.apply(Edit::Add { preset: node("cache"), at: None }).expect("a cache");
    assert_eq!(json(&editor, "view.positions"), "{}", "the stage lays it out");
}
