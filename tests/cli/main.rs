//! The command line, as a shell meets it: what it prints where, and with which exit status.
#![cfg(not(target_arch = "wasm32"))]

mod keys;
mod link;
mod record;
mod sweep;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use cascade::base::{Json, SimTime};
use cascade::scenario::Scenario;
use cascade::session::{Action, Record, Session, Variant};

/// A client, two services, a queue with a consumer: every kind of thing that a result speaks of.
const SHOP: &str = r#"{
  "schema": 1, "title": "Shop", "seed": 7,
  "nodes": {
    "web": { "kind": "client", "arrivals": { "poisson": { "rate": 50 } }, "deadline": "300ms",
             "operation": [ { "call": { "to": "app", "operation": "buy", "timeout": "1s", "retry": { "attempts": 2 } } } ] },
    "app": { "kind": "service", "workers": 8, "queue": 20, "operations": {
             "buy": [ { "work": { "exponential": "20ms" } }, { "call": { "to": "pay", "timeout": "80ms" } },
                      { "publish": { "to": "mail" } } ],
             "look": [ { "work": "5ms" } ] } },
    "pay": { "kind": "service", "workers": 4, "operations": { "default": [ { "work": { "exponential": "30ms" } } ] } },
    "mail": { "kind": "queue" },
    "post": { "kind": "service", "operations": { "default": [ { "work": "10ms" } ] }, "consumes": [ { "from": "mail" } ] }
  }
}"#;

/// What a command did.
struct Done {
    status: i32,
    out: String,
    err: String,
}

/// Starts `cascade` with these arguments, all its streams piped.
fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_cascade"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary was built for this test")
}

/// Runs `cascade` with these arguments and this on its standard input.
fn cascade(arguments: &[&str], input: &[u8]) -> Done {
    let mut child = start(arguments);
    // A command that refuses its arguments does not read; then the pipe is closed.
    let _ = child.stdin.take().expect("it is piped").write_all(input);
    let output = child.wait_with_output().expect("it was started");
    Done {
        status: output.status.code().expect("it was not killed"),
        out: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        err: String::from_utf8(output.stderr).expect("it prints UTF-8"),
    }
}

/// A run of the shop that must succeed: its result.
fn shop(arguments: &[&str]) -> (Json, String) {
    let done = cascade(&[&["run", "-", "--for", "20s"], arguments].concat(), SHOP.as_bytes());
    assert_eq!(done.status, 0, "{arguments:?}: {}", done.err);
    (Json::parse(&done.out).expect("it prints JSON"), done.out)
}

/// The value at a path of keys.
fn at<'a>(json: &'a Json, path: &str) -> &'a Json {
    path.split('.').fold(json, |json, key| {
        json.get(key)
            .or_else(|| json.items().get(key.parse::<usize>().ok()?))
            .unwrap_or_else(|| panic!("no {path}"))
    })
}

fn number(json: &Json, path: &str) -> f64 {
    at(json, path).as_f64().unwrap_or_else(|| panic!("{path} is no number"))
}

fn sum(json: &Json, path: &str) -> f64 {
    at(json, path).members().iter().filter_map(|(_, value)| value.as_f64()).sum()
}

/// A file in this test's own directory.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("the directory for tests' files is writable");
    path
}

#[test]
fn a_result_has_the_documented_keys_in_the_documented_order() {
    keys::check(&shop(&[]).0);
}

#[test]
fn a_result_adds_up() {
    for arguments in [&[][..], &["--warmup", "5s"], &["--set", "nodes.pay.workers=1"]] {
        let (result, _) = shop(arguments);
        let n = |path: &str| number(&result, path);
        assert!(n("events") > 10_000.0, "{arguments:?}: {}", n("events"));
        assert_eq!(n("ledger.created"), sum(&result, "ledger") - n("ledger.created"), "{arguments:?}");
        let ended = n("clients.web.answered") + sum(&result, "clients.web.failed");
        assert_eq!(n("clients.web.offered"), ended + n("clients.web.in_flight"), "{arguments:?}");
        let kinds = n("clients.web.good") + n("clients.web.late") + n("clients.web.degraded");
        assert_eq!(n("clients.web.answered"), kinds, "{arguments:?}");
        assert_eq!(n("clients.web.answered"), n("clients.web.latency_ms.count"), "{arguments:?}");
        assert_eq!(n("clients.web.offered_per_s"), n("clients.web.offered") / 20.0, "{arguments:?}");
        assert_eq!(n("simulated_s"), 20.0);
        for service in ["app", "pay", "post"] {
            let utilization = n(&format!("services.{service}.utilization"));
            assert!((0.0..=1.0).contains(&utilization), "{arguments:?}: {service} {utilization}");
        }
    }
}

#[test]
fn a_run_is_a_pure_function() {
    let (first, text) = shop(&[]);
    assert_eq!(shop(&[]).1, text, "the same run, the same bytes");
    assert_eq!(shop(&["--seed", "7"]).1, text, "the scenario's own seed changes nothing");
    let (other, _) = shop(&["--seed", "8"]);
    assert_eq!(number(&other, "seed"), 8.0);
    assert_ne!(at(&other, "digest"), at(&first, "digest"));
    // A warm-up is simulated like everything else.
    let warm = cascade(&["run", "-", "--warmup", "5s", "--for", "15s"], SHOP.as_bytes());
    let warm = Json::parse(&warm.out).expect("it prints JSON");
    assert_eq!((at(&warm, "digest"), at(&warm, "ledger")), (at(&first, "digest"), at(&first, "ledger")));
    assert_eq!((number(&warm, "warmup_s"), number(&warm, "simulated_s")), (5.0, 15.0));
    assert!(number(&warm, "clients.web.offered") < 0.9 * number(&first, "clients.web.offered"));
}

#[test]
fn a_file_is_as_good_as_standard_input() {
    let path = file("shop.json", SHOP.as_bytes());
    let done = cascade(&["run", path.to_str().expect("it is UTF-8"), "--for", "20s"], b"");
    assert_eq!((done.status, done.out), (0, shop(&[]).1));
    assert!(done.err.contains("events per second"), "{}", done.err);
}

#[test]
fn a_run_that_the_page_saved_is_run_again() {
    let scenario = Scenario::read(SHOP).expect("a good scenario");
    let begun = Record::begin(Variant { label: "A".into(), scenario });
    assert_eq!(shop(&[]).1, replayed(&begun.print()).1, "a bare scenario, where nothing was done");
    let mut session = Session::open(begun.clone()).expect("it runs");
    session.run_until(SimTime::from_secs(5.0));
    let slow = Action::Set { variant: None, path: "nodes.app.workers".into(), value: Json::Number(1.0) };
    session.act(slow).expect("it can be set");
    session.run_until(SimTime(SimTime::from_secs(20.0).0 - 1));
    let (result, _) = replayed(&session.record().print());
    assert_eq!(
        at(&result, "digest").as_str().expect("a digest"),
        session.variants()[0].telemetry().digest().hex()
    );
    assert_eq!(number(&result, "simulated_s"), 20.0);
    // Two variants are two results.
    session.split(0, "B");
    assert_eq!(replayed(&session.record().print()).0.items().len(), 2);
    let wrong = session.record().print().replace("\"set\"", "\"sat\"");
    let done = cascade(&["run", "-"], wrong.as_bytes());
    assert_eq!(done.status, 1);
    assert!(done.err.contains("log[0]"), "{}", done.err);
    let done = cascade(&["check", "-"], session.record().print().as_bytes());
    assert_eq!(done.status, 0, "{}", done.err);
    let done = cascade(&["run", "-", "--warmup", "1s"], session.record().print().as_bytes());
    assert_eq!(done.status, 2);
    assert!(done.err.contains("leave out"), "{}", done.err);
}

/// Runs a file of the page for 20 s.
fn replayed(text: &str) -> (Json, String) {
    let done = cascade(&["run", "-", "--for", "20s"], text.as_bytes());
    assert_eq!(done.status, 0, "{}", done.err);
    (Json::parse(&done.out).expect("it prints JSON"), done.out)
}

#[test]
fn parameters_can_be_changed() {
    let rate = |arguments: &[&str]| number(&shop(arguments).0, "clients.web.offered_per_s");
    let doubled = rate(&["--set", "nodes.web.arrivals.poisson.rate=100"]) / rate(&[]);
    assert!((1.7..2.3).contains(&doubled), "{doubled}");
    let (slow, _) = shop(&["--set", "nodes.pay.operations.default[0].work=70ms", "--set", "title=\"Slow\""]);
    assert_eq!(at(&slow, "title").as_str(), Some("Slow"));
    assert!(number(&slow, "services.pay.response_ms.mean") >= 70.0);
}

#[test]
fn diagnostics_go_one_to_a_line_and_give_status_1() {
    let wrong = SHOP.replace("\"workers\": 8", "\"wokers\": 8").replace("\"20ms\" } }", "\"20 parsecs\" } }");
    for (command, on_stdout) in [("check", true), ("run", false)] {
        let done = cascade(&[command, "-"], wrong.as_bytes());
        assert_eq!(done.status, 1, "{command}: {}", done.err);
        let (told, other) = if on_stdout { (&done.out, &done.err) } else { (&done.err, &done.out) };
        assert!(other.is_empty(), "{command}: {other}");
        let lines: Vec<_> = told.lines().collect();
        assert_eq!(lines.len(), 2, "{command}: {told}");
        for (line, path) in lines.iter().zip(["nodes.app.wokers: ", "nodes.app.operations.buy[0].work"]) {
            assert!(line.starts_with(path) && line.ends_with(')'), "{command}: {line}");
        }
    }
    let done = cascade(&["run", "-", "--set", "nodes.nobody.workers=3"], SHOP.as_bytes());
    assert_eq!((done.status, done.out.as_str()), (1, ""));
    assert!(done.err.contains("nobody"), "{}", done.err);
    let done = cascade(&["check", "-"], b"{ \"schema\": 1,\n \"title\": \"\xff\" }");
    assert_eq!(done.status, 1);
    assert!(done.out.contains("not UTF-8 at byte 26, in line 2"), "{}", done.out);
    for text in [&b""[..], b"[]", b"{", b"{\"schema\": 1, \"title\": \"a\nb\"}"] {
        let done = cascade(&["check", "-"], text);
        assert_eq!(done.status, 1, "{text:?}");
        assert!(!done.out.is_empty(), "{text:?}");
    }
}

#[test]
fn a_right_scenario_has_no_diagnostics() {
    let done = cascade(&["check", "-"], SHOP.as_bytes());
    assert_eq!((done.status, done.out.as_str()), (0, ""), "{}", done.err);
}

#[test]
fn too_long_a_text_is_a_diagnostic_not_a_long_wait() {
    let mut long = vec![b' '; 5 << 20];
    long.extend(SHOP.as_bytes());
    let done = cascade(&["check", "-"], &long);
    assert_eq!(done.status, 1);
    assert!(done.out.contains("at most 1048576"), "{}", done.out);
}

#[test]
fn misuse_gives_status_2_and_a_remedy() {
    let directory = env!("CARGO_TARGET_TMPDIR");
    let check = |arguments: &[&str], says: &str| {
        let done = cascade(arguments, SHOP.as_bytes());
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{arguments:?}: {}", done.err);
        assert!(done.err.contains(says), "{arguments:?}: {}", done.err);
    };
    check(&[], "Usage");
    check(&["fly"], "fly");
    check(&["run"], "FILE");
    check(&["run", "-", "--trace"], "--trace");
    check(&["run", "-", "--for", "1s", "--trace", "no/such/folder/x"], "no/such/folder/x");
    check(&["run", "-", "--for", "1s", "--events", directory], "it is a directory");
    check(&["run", "-", "--for", "20"], "write a number and a unit");
    check(&["run", "-", "--for", "0s"], "give at least 1ns");
    check(&["run", "-", "--seed", "-1"], "invalid value '-1' for '--seed <N>'");
    check(&["run", "-", "--set", "nodes.app.workers"], "an equals sign");
    check(&["run", "-", "--format", "xml"], "json");
    check(&["run", "no/such/file.json"], "check the path");
    check(&["check", "no/such/file.json"], "check the path");
    check(&["run", directory], "it is a directory");
}

#[test]
fn a_reader_that_went_away_is_no_failure() {
    for arguments in [&["run", "-", "--for", "1s"][..], &["schema"], &["check", "-"]] {
        let mut child = start(arguments);
        drop(child.stdout.take());
        drop(child.stderr.take());
        let _ = child.stdin.take().expect("it is piped").write_all(SHOP.as_bytes());
        assert_eq!(child.wait().expect("it was started").code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn the_schema_is_json() {
    let done = cascade(&["schema"], b"");
    assert_eq!(done.status, 0, "{}", done.err);
    let schema = Json::parse(&done.out).expect("it prints JSON");
    assert!(
        at(&schema, "$defs.Document.properties.nodes").get("description").is_some(),
        "nodes are described"
    );
}

#[test]
fn text_is_for_people() {
    let done = cascade(&["run", "-", "--format", "text", "--for", "20s"], SHOP.as_bytes());
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(done.out.starts_with("Shop\nseed 7, 20s simulated\n"), "{}", done.out);
    for word in ["Clients", "Services", "Operations", "Calls", "Queues", "app → pay default", "Messages: "]
    {
        assert!(done.out.contains(word), "no {word} in\n{}", done.out);
    }
}

#[test]
fn a_run_that_stops_early_says_so() {
    // A user who never thinks about requests that take no time: the clock cannot move.
    let endless = r#"{ "schema": 1, "nodes": { "web": { "kind": "client",
        "arrivals": { "closed": { "users": 1, "think": "0s" } }, "operation": [ { "sleep": "0s" } ] } } }"#;
    let done = cascade(&["run", "-"], endless.as_bytes());
    assert_eq!(done.status, 1);
    assert!(done.err.contains("scenario: the run stopped after 0s: "), "{}", done.err);
    let result = Json::parse(&done.out).expect("what was simulated is a result all the same");
    assert_eq!(number(&result, "simulated_s"), 0.0);
}

/// What the site has of lessons and gallery is kept in static/pages, and is what would be made now.
#[test]
fn lessons_and_pictures_of_the_site_are_current() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let made = std::env::temp_dir().join(format!("cascade-pages-{}", std::process::id()));
    let path = |path: PathBuf| path.to_str().expect("a path").to_owned();
    let [lessons, pictures] = ["lessons", "gallery.svg"].map(|name| path(made.join(name)));
    for arguments in [
        ["lesson", "build", &path(root.join("static/lessons")), &lessons].as_slice(),
        ["pictures", &path(root.join("static/gallery")), &pictures].as_slice(),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_cascade")).args(arguments).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let mut files = vec![PathBuf::new()];
    let mut compared = 0;
    while let Some(name) = files.pop() {
        let (here, kept) = (made.join(&name), root.join("static/pages").join(&name));
        if here.is_dir() {
            let entries = fs::read_dir(&here).expect("a folder");
            files.extend(entries.flatten().map(|entry| name.join(entry.file_name())));
            continue;
        }
        let current = fs::read(&here).expect("made") == fs::read(&kept).unwrap_or_default();
        assert!(current, "{} is not current: run `cargo xtask pages`", name.display());
        compared += 1;
    }
    assert!(compared > 10, "{compared} files");
    fs::remove_dir_all(&made).expect("removed");
}
