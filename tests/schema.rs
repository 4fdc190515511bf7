//! The printed JSON Schema, applied by a validator that knows nothing of this project; and the printed reference.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/generate.rs"]
mod generate;
#[path = "support/mutate.rs"]
mod mutate;

use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use cascade::base::Stream;
use cascade::scenario::{Scenario, reference, schema};
use serde_json::Value;

/// The schema, compiled by the validator, which also checks it against the schema of schemas.
struct Validator {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Validator {
    fn new() -> Validator {
        let schema: Value = serde_json::from_str(&schema().to_string()).expect("JSON");
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        compiler.add_resource("scenario.json", schema).expect("a resource");
        let index = compiler.compile("scenario.json", &mut schemas).expect("a schema of draft 2020-12");
        Validator { schemas, index }
    }

    /// Why the validator refuses a scenario, if it does.
    fn refuses(&self, scenario: &Value) -> Option<String> {
        self.schemas.validate(scenario, self.index).err().map(|error| format!("{error:#}"))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder with this extension.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("readable")).expect("JSON")
}

/// Every object within a value that says which version of the scenario language it is.
fn scenarios_in<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        // Texts on the language have a text under each of its keys.
        Value::Object(members)
            if members.get("schema").is_some_and(Value::is_number) && members.contains_key("nodes") =>
        {
            found.push(value);
        }
        Value::Object(members) => members.values().for_each(|member| scenarios_in(member, found)),
        Value::Array(items) => items.iter().for_each(|item| scenarios_in(item, found)),
        _ => {}
    }
}

/// With `UPDATE=1` in the environment the file is written anew.
#[test]
fn the_reference_in_the_documentation_is_current() {
    let file = root().join("docs/scenario-reference.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, reference()).expect("a writable file");
    }
    let written = std::fs::read_to_string(&file).expect("readable");
    let differs = written.lines().zip(reference().lines()).position(|(written, now)| written != now);
    assert_eq!(differs, None, "docs/scenario-reference.md: set UPDATE=1 to rewrite");
    assert_eq!(written, reference(), "docs/scenario-reference.md: set UPDATE=1 to rewrite");
}

#[test]
fn every_scenario_of_the_repository_is_valid() {
    let validator = Validator::new();
    let mut seen = 0;
    for path in files(&root().join("tests"), "json").into_iter().chain(files(&root().join("static"), "json"))
    {
        if path.components().any(|part| part.as_os_str() == "node_modules") {
            continue;
        }
        let file = json(&path);
        let mut found = Vec::new();
        scenarios_in(&file, &mut found);
        seen += found.len();
        for scenario in found {
            assert_eq!(validator.refuses(scenario), None, "{}", path.display());
        }
    }
    assert!(seen >= 12, "only {seen} scenarios were found");
}

#[test]
fn generated_scenarios_are_valid() {
    let validator = Validator::new();
    for seed in 1..=300 {
        assert_eq!(validator.refuses(&generate::scenario(seed)), None, "seed {seed}");
    }
}

/// What the reader accepts, the validator accepts; so what the validator refuses, the reader refuses.
#[test]
fn the_validator_refuses_nothing_that_can_be_read() {
    let validator = Validator::new();
    let mut stream = Stream::new(1, "schema", "mutations");
    let mut byte = || stream.below(256) as u8;
    let (mut refused, mut read) = (0, 0);
    for seed in 1..=2_000 {
        let mut scenario = generate::scenario(seed);
        for _ in 0..1 + byte() % 3 {
            mutate::mutate(&mut scenario, [byte(), byte(), byte(), byte()]);
        }
        let reads = Scenario::read(&scenario.to_string()).is_ok();
        let refuses = validator.refuses(&scenario);
        assert!(!reads || refuses.is_none(), "seed {seed}: {refuses:?}\n{scenario:#}");
        refused += u32::from(refuses.is_some());
        read += u32::from(reads);
    }
    assert!(refused > 500 && read > 200, "{refused} refused, {read} read: the changes prove nothing");
}

/// Words of diagnostics on the shape of a text, which a schema can see; the others are on what parts say of each
/// other.
const SHAPE: [&str; 12] = [
    "is not known",
    "unknown field",
    "unknown value",
    "unknown step",
    "unknown kind",
    "is missing",
    "is out of range",
    ": expected ",
    "has no unit",
    "can't be an id",
    "is not a duration",
    "must be longer than zero",
];

#[test]
fn known_mistakes_of_shape_are_refused_and_others_are_not() {
    let validator = Validator::new();
    let written = std::fs::read_to_string(root().join("tests/scenarios/diagnostics.txt")).expect("readable");
    let (mut refused, mut accepted, mut wrong) = (0, 0, Vec::new());
    for case in written.trim_end().split("\n\n") {
        let (told, text): (Vec<&str>, Vec<&str>) = case.lines().partition(|line| line.starts_with("> "));
        let Ok(scenario) = serde_json::from_str::<Value>(&text.join("\n")) else { continue };
        let of_shape = told.iter().any(|line| SHAPE.iter().any(|words| line.contains(words)));
        let refuses = validator.refuses(&scenario);
        if refuses.is_some() != of_shape {
            wrong.push(format!("{case}\n{refuses:?}"));
        }
        if of_shape { refused += 1 } else { accepted += 1 }
    }
    assert!(wrong.is_empty(), "the validator and the reader differ:\n{}", wrong.join("\n\n"));
    assert!(refused >= 5 && accepted >= 1, "{refused} refused, {accepted} accepted");
}
