//! Random edits on every scenario of the gallery: nothing panics, everything compiles, and undoing it all brings the
//! first text back byte for byte.
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

use cascade::base::{Json, Stream};
use cascade::editor::{Alignment, Edit, Editor, Wrapping, copy, findings, next_of, palette, policies};
use cascade::scenario::Scenario;

/// Numbers by chance, from a seed.
struct Chance(Stream);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0.below(count.max(1) as u64) as usize
    }

    fn one<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        let at = self.below(all.len());
        all.get(at).cloned()
    }
}

fn gallery() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/gallery");
    let files = std::fs::read_dir(folder).expect("the gallery");
    let mut all: Vec<(String, String)> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json") && !path.ends_with("index.json"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    all.sort();
    assert!(all.len() > 50, "the gallery is there");
    all
}

/// Every path of a value, of steps and of everything else.
fn paths(json: &Json, path: &str, found: &mut Vec<String>) {
    for (key, value) in json.members() {
        let inside = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        found.push(inside.clone());
        paths(value, &inside, found);
    }
    for (at, item) in json.items().iter().enumerate() {
        let inside = format!("{path}[{at}]");
        found.push(inside.clone());
        paths(item, &inside, found);
    }
}

/// Some edit: most make sense, some do not.
fn random(chance: &mut Chance, scenario: &Scenario) -> Edit {
    let nodes: Vec<String> = scenario
        .json()
        .get("nodes")
        .map_or(&[][..], Json::members)
        .iter()
        .map(|(id, _)| id.clone())
        .collect();
    let mut all = Vec::new();
    paths(scenario.json(), "", &mut all);
    let words = ["default", "book", "x", "No name", ""];
    let mut node = |chance: &mut Chance| chance.one(&nodes).unwrap_or_else(|| "nobody".to_owned());
    let path = |chance: &mut Chance| chance.one(&all).unwrap_or_default();
    let items: Vec<String> = all.iter().filter(|path| path.ends_with(']')).cloned().collect();
    let item = |chance: &mut Chance| chance.one(&items).unwrap_or_default();
    let word = |chance: &mut Chance| chance.one(&words).unwrap_or_default().to_owned();
    let spot = |chance: &mut Chance| [chance.below(500) as f64, chance.below(500) as f64 / 3.0];
    let some = |chance: &mut Chance, node: &mut dyn FnMut(&mut Chance) -> String| {
        (0..1 + chance.below(3)).map(|_| node(chance)).collect::<Vec<_>>()
    };
    match chance.below(24) {
        0 => Edit::Add {
            preset: palette()[chance.below(palette().len())].key.to_owned(),
            at: (chance.below(2) == 0).then(|| spot(chance)),
        },
        1 => {
            let from = node(chance);
            let next = next_of(scenario, &from);
            let next = chance.one(&next).map_or("nothing", |next| next.key).to_owned();
            Edit::AddNext { from, next }
        }
        2 => Edit::Remove { nodes: vec![node(chance)], links: Vec::new() },
        3 => Edit::Rename { node: node(chance), to: ["n".to_owned(), chance.below(40).to_string()].concat() },
        4 => Edit::Relabel { node: node(chance), label: word(chance) },
        5 | 6 => Edit::Connect {
            from: node(chance),
            to: node(chance),
            operation: (chance.below(4) == 0).then(|| word(chance)),
        },
        7 => Edit::Disconnect { from: node(chance), to: node(chance) },
        8 => Edit::Place(vec![(node(chance), spot(chance))]),
        9 => Edit::Move { nodes: some(chance, &mut node), by: spot(chance) },
        10 => {
            let all = [Alignment::Left, Alignment::Middle, Alignment::Across, Alignment::Down];
            Edit::Align { nodes: some(chance, &mut node), how: all[chance.below(4)] }
        }
        11 => Edit::TidyUp,
        12 => {
            let steps = [r#"{"work": "5ms"}"#, r#"{"fail": {}}"#, r#"{"all": []}"#, r#"{"respond": {}}"#];
            Edit::AddStep { at: item(chance), step: Json::parse(steps[chance.below(4)]).expect("JSON") }
        }
        13 => Edit::RemoveStep { at: item(chance) },
        14 => Edit::MoveStep { from: item(chance), to: item(chance) },
        15 => {
            let all = [Wrapping::All, Wrapping::Choose, Wrapping::Saga, Wrapping::Repeat];
            Edit::Wrap { at: item(chance), count: chance.below(3), into: all[chance.below(4)] }
        }
        16 => Edit::Unwrap { at: item(chance) },
        17 => {
            let values = ["1", "0.5", "\"20ms\"", "null", "[]", "{}", "\"app\"", "1e9"];
            Edit::Set { path: path(chance), value: Json::parse(values[chance.below(8)]).expect("JSON") }
        }
        18 => Edit::Unset { path: path(chance) },
        19 => {
            let preset = policies()[chance.below(policies().len())].key.to_owned();
            let calls: Vec<String> = all.iter().filter(|path| path.ends_with(".call")).cloned().collect();
            Edit::AddPolicy { call: chance.one(&calls).unwrap_or_default(), preset }
        }
        20 => Edit::AddOperation { service: node(chance), name: word(chance) },
        21 => Edit::RenameOperation { service: node(chance), from: word(chance), to: word(chance) },
        22 => Edit::RemoveOperation { service: node(chance), name: word(chance) },
        _ => match chance.below(3) {
            0 => Edit::Duplicate { nodes: some(chance, &mut node) },
            1 => Edit::Paste { text: copy(scenario, &some(chance, &mut node)), at: None },
            _ => Edit::Together(vec![random(chance, scenario), random(chance, scenario)]),
        },
    }
}

/// What is advised can be done, each by itself.
fn remedies(name: &str, editor: &Editor) {
    for finding in findings(editor.scenario(), editor.plan()) {
        if let Some((words, edit)) = finding.remedy {
            let done = editor.clone().apply(edit);
            assert!(done.is_ok(), "{name}: {words} for {:?}: {done:?}", finding.diagnostic);
        }
    }
}

#[test]
fn random_edits_leave_right_systems_and_are_undone_to_the_byte() {
    let seed: u64 = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(18);
    let mut kinds = [0_u32; 2];
    for (name, text) in gallery() {
        let mut chance = Chance(Stream::new(seed, &name, "edits"));
        println!("SEED={seed}: {name}");
        let mut editor = Editor::read(&text).expect("a good scenario");
        for _ in 0..60 {
            let edit = random(&mut chance, editor.scenario());
            let before = editor.text().to_owned();
            let shown = format!("{edit:?}");
            match editor.apply(edit) {
                Ok(_) => {
                    kinds[0] += 1;
                    let again = Scenario::read(editor.text()).and_then(|scenario| scenario.plan());
                    assert!(again.is_ok(), "{name}: {shown} leaves {again:?}");
                    if chance.below(4) == 0 {
                        remedies(&name, &editor);
                    }
                }
                Err(found) => {
                    kinds[1] += 1;
                    assert!(!found.is_empty() && editor.text() == before, "{name}: {shown}");
                }
            }
            if chance.below(8) == 0 {
                editor.undo();
            }
            if chance.below(16) == 0 {
                editor.redo();
            }
        }
        while editor.redo() {}
        let last = editor.text().to_owned();
        while editor.undo() {}
        assert_eq!(editor.text(), text, "{name}: the first text");
        while editor.redo() {}
        assert_eq!(editor.text(), last, "{name}: the last text");
    }
    assert!(kinds[0] > 1000 && kinds[1] > 100, "{kinds:?}: edits of both kinds");
}
