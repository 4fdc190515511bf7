//! The table of rules: what each forbids and where, what to do instead, and examples of both kinds.

use crate::layers;
use crate::source::{File, is_word};

/// A rule of the house.
pub struct Rule {
    /// The rule in a few words.
    pub name: &'static str,
    /// What to do about a breach.
    pub remedy: &'static str,
    /// Which paths it is about.
    pub applies: fn(&str) -> bool,
    /// The breaches in a file: line and what was found.
    pub breaches: fn(&File) -> Vec<(usize, String)>,
    /// Files that break it: path and text.
    pub broken: &'static [(&'static str, &'static str)],
    /// Files that look like a breach and are none.
    pub kept: &'static [(&'static str, &'static str)],
}

/// The most lines of a file, without its tests.
const LONGEST: usize = 450;
const LONGEST_XTASK: usize = 300;

/// What belongs to the browser, to the wall clock, to chance or to shared mutation.
const NOT_BELOW_UI: [&str; 13] = [
    "yew",
    "web_sys",
    "js_sys",
    "gloo*",
    "wasm_bindgen*",
    "Instant",
    "SystemTime",
    "HashMap",
    "HashSet",
    "Rc",
    "RefCell",
    "thread_rng",
    "rand::rng",
];
const TEXT: [&str; 8] =
    ["format!", "format_args!", "write!", "writeln!", "String", "to_string", "print*!", "eprint*!"];
const UNFINISHED: [&str; 3] = ["todo!", "unimplemented!", "dbg!"];

/// The house.
pub const RULES: &[Rule] = &[
    Rule {
        name: "a layer imports only the layers that it may know",
        remedy: "move the code to the layer that may know both, or pass plain data up through the layers between \
                 (the table is in tests/tidy/layers.rs)",
        applies: |path| layers::layer_of(path).is_some(),
        breaches: layers::breaches,
        broken: &[
            ("src/base/a.rs", "use crate::engine::Simulation;"),
            ("src/telemetry/a.rs", "use crate::{\n    base::Time,\n    engine::{Event, Node},\n};"),
            ("src/view/a.rs", "fn f(s: &crate::engine::Simulation) {}"),
            ("src/scenario/mod.rs", "use super::engine;"),
            ("src/ui/a.rs", "use crate::telemetry;"),
            ("src/observation/a.rs", "use crate::scenario::Plan;"),
            ("src/base/a.rs", "use crate::*;"),
            ("src/base/a.rs", "use crate as everything;"),
            ("src/view/a.rs", "#[cfg(test)]\nmod tests { use crate::engine; }"),
        ],
        kept: &[
            (
                "src/engine/a.rs",
                "use crate::{base::Time, observation, scenario::plan::{A, B}};\nuse super::node;",
            ),
            ("src/view/a.rs", "//! Unlike `crate::engine`.\nconst A: &str = \"crate::engine\";"),
            ("src/base/mod.rs", "pub(crate) fn f() { self::g() }"),
        ],
    },
    Rule {
        name: "every module of src/ belongs to a layer",
        remedy: "put it into the layer it belongs to; a new layer needs its line in tests/tidy/layers.rs",
        applies: |path| path.starts_with("src/") && path.ends_with(".rs"),
        breaches: |file| {
            let known = layers::layer_of(&file.path).is_some()
                || ["src/lib.rs", "src/scenarios.rs", "src/simulator.rs", "src/main.rs", "src/cli.rs"]
                    .contains(&file.path.as_str())
                || file.path.starts_with("src/cli/");
            if known { Vec::new() } else { vec![(1, "this file is in no layer".to_owned())] }
        },
        broken: &[("src/util.rs", ""), ("src/helpers/a.rs", "")],
        kept: &[("src/lib.rs", ""), ("src/base/a.rs", ""), ("src/cli/run.rs", "")],
    },
    Rule {
        name: "no path climbs by super::super",
        remedy: "write the path from the crate: crate::layer::module",
        applies: |path| path.starts_with("src/"),
        breaches: |file| words(&file.code, &["super::super"]),
        broken: &[("src/engine/a/b.rs", "use super::super::base;")],
        kept: &[("src/engine/a/b.rs", "use super::node;\n// super::super")],
    },
    Rule {
        name: "nothing below ui knows the browser, the wall clock, unordered maps, shared mutation or unseeded chance",
        remedy: "simulated time and seeded streams are in crate::base; take BTreeMap, a Vec by index, or plain ownership; \
                 what needs the browser belongs to src/ui",
        applies: layers::below_ui,
        breaches: |file| words(&file.shipped, &NOT_BELOW_UI),
        broken: &[
            ("src/view/a.rs", "use yew::Html;"),
            ("src/session/a.rs", "use wasm_bindgen_futures::spawn_local;"),
            ("src/engine/a.rs", "use std::time::{Duration, Instant};"),
            ("src/engine/a.rs", "use std::{collections::HashMap, rc::Rc};"),
            ("src/base/a.rs", "let mut r = rand::rng();"),
            ("src/telemetry/a.rs", "gloo_timers::callback::Timeout::new(0, f)"),
        ],
        kept: &[
            ("src/ui/a.rs", "use std::rc::Rc; use yew::Html;"),
            (
                "src/engine/a.rs",
                "//! No HashMap here.\nlet x = \"Instant\"; struct Arc; struct Rco; rand::rngs::Xoshiro;",
            ),
            ("src/engine/a.rs", "#[cfg(test)]\nmod tests { use std::collections::HashSet; }"),
        ],
    },
    Rule {
        name: "the engine formats no text",
        remedy: "observe typed data (crate::observation) and let view put it into words",
        applies: |path| layers::layer_of(path) == Some("engine"),
        breaches: |file| words(&file.shipped, &TEXT),
        broken: &[
            ("src/engine/a.rs", "let s = format!(\"{x}\");"),
            ("src/engine/a.rs", "struct Node { name: String }"),
            ("src/engine/a.rs", "x.to_string()"),
            ("src/engine/a.rs", "println!(\"here\")"),
        ],
        kept: &[
            ("src/view/a.rs", "format!(\"{x}\")"),
            ("src/engine/a.rs", "assert!(ok, \"the fact: {x}\"); // a String"),
            ("src/engine/a.rs", "#[cfg(test)]\nmod tests { fn f() -> String { format!(\"x\") } }"),
        ],
    },
    Rule {
        name: "keys are answered through their table",
        remedy: "give the key a row in src/ui/msg/keys/table.rs, and look it up there by a Press",
        applies: |path| path.starts_with("src/ui/") && path != "src/ui/platform/keyboard.rs",
        breaches: |file| {
            lines_with(&file.shipped, |line| {
                ["event.key()", "shift_key()", "ctrl_key()"].iter().any(|asked| line.contains(asked))
                    && !line.contains("meta_key()")
            })
        },
        broken: &[
            ("src/ui/panels/a.rs", "match event.key().as_str() {}"),
            ("src/ui/a.rs", "let far = event.shift_key();"),
        ],
        kept: &[
            ("src/ui/platform/keyboard.rs", "let key = event.key();"),
            ("src/ui/a.rs", "kind.key(); // event.key()"),
            ("src/ui/a.rs", "let wheel = event.ctrl_key() || event.meta_key();"),
        ],
    },
    Rule {
        name: "every file begins with a sentence on what it is",
        remedy: "begin the file with `//! `, a capital letter, and a sentence that ends with a full stop",
        applies: |path| path.ends_with(".rs"),
        breaches: |file| {
            if begins_with_a_sentence(&file.text) { Vec::new() } else { vec![(1, first_line(&file.text))] }
        },
        broken: &[
            ("src/base/a.rs", "use std::fmt;"),
            ("tests/a.rs", "// A comment.\n"),
            ("xtask/src/a.rs", "//! no sentence"),
            ("benches/a.rs", ""),
        ],
        kept: &[
            ("src/base/a.rs", "//! Time.\n"),
            ("src/base/a.rs", "//! A sentence over\n//! two lines.\n//!\n//! - and a list"),
            ("src/base/a.rs", "//! `Plan`: what the engine runs.\nuse std::fmt;"),
        ],
    },
    Rule {
        name: "a file stays readable at one sitting",
        remedy: "split it by idea: at most 450 lines in src, 300 in xtask, tests not counted",
        applies: |path| path.ends_with(".rs") && (path.starts_with("src/") || path.starts_with("xtask/")),
        breaches: too_long,
        broken: &[("src/base/a.rs", LONG), ("xtask/src/a.rs", LONG)],
        kept: &[("src/base/tests.rs", LONG), ("src/base/a.rs", "//! Short.\n")],
    },
    Rule {
        name: "unsafe appears nowhere",
        remedy: "write it with safe Rust; measure before believing that it is too slow",
        applies: |path| path.ends_with(".rs"),
        breaches: |file| words(&file.code, &["unsafe"]),
        broken: &[("tests/a.rs", "unsafe { f() }"), ("src/base/a.rs", "unsafe impl Send for A {}")],
        kept: &[("src/lib.rs", "#![forbid(unsafe_code)] // unsafe")],
    },
    Rule {
        name: "nothing is left unfinished",
        remedy: "finish it, return a Diagnostic that says it is not supported, or take the line out",
        applies: |path| path.ends_with(".rs"),
        breaches: |file| words(&file.code, &UNFINISHED),
        broken: &[
            ("src/base/a.rs", "todo!()"),
            ("tests/a.rs", "unimplemented!(\"x\")"),
            ("xtask/src/a.rs", "dbg!(x);"),
        ],
        kept: &[("src/base/a.rs", "// todo!\nfn todo() {} let dbg = 1;")],
    },
    Rule {
        name: "the page loads nothing from another host",
        remedy: "put the file into static/ and link to it relatively",
        applies: |path| {
            let ours = path == "index.html" || path.starts_with("static/");
            ours && [".html", ".css", ".svg", ".js", ".webmanifest"].iter().any(|end| path.ends_with(end))
        },
        breaches: other_hosts,
        broken: &[
            ("index.html", "<link href=\"https://fonts.example/a.css\">"),
            ("static/a.css", "a { background: url(//cdn.example/a.png) }"),
            ("static/a.svg", "<image href='http://example.org/a.png'/>"),
        ],
        kept: &[
            ("static/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">"),
            ("static/a.css", "a { background: url(data:image/png;base64,AA//BB) } /* // */"),
            ("static/lessons/a/lesson.md", "[further reading](https://example.org)"),
        ],
    },
    Rule {
        name: "the lock file of the browser tests names no registry",
        remedy: "run `npm install` in tests/browser, whose .npmrc leaves the addresses out",
        applies: |path| path.ends_with("package-lock.json"),
        breaches: |file| lines_with(&file.text, |line| line.contains("\"resolved\"") && line.contains("://")),
        broken: &[("tests/browser/package-lock.json", "  \"resolved\": \"https://registry.example/a.tgz\",")],
        kept: &[(
            "tests/browser/package-lock.json",
            "  \"version\": \"1.0.0\",\n  \"integrity\": \"sha512-aa//bb\",",
        )],
    },
];

/// More lines than any file may have.
const LONG: &str = {
    const BYTES: [u8; LONGEST + 1] = [b'\n'; LONGEST + 1];
    match std::str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => panic!("line breaks are text"),
    }
};

/// Where any of the words stands alone. A `*` inside a word stands for more letters.
fn words(code: &str, wanted: &[&str]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        for word in wanted.iter().filter(|word| has_word(line, word)) {
            found.push((number + 1, format!("names `{}`", word.replace('*', "…"))));
        }
    }
    found
}

fn has_word(line: &str, word: &str) -> bool {
    let (start, end) = word.split_once('*').unwrap_or((word, ""));
    line.match_indices(start).any(|(at, _)| {
        let mut after = &line[at + start.len()..];
        if word.contains('*') {
            after = after.trim_start_matches(is_word);
        }
        let ends_whole = !end.is_empty() || word.ends_with('!') || !after.starts_with(is_word);
        !line[..at].ends_with(is_word) && after.starts_with(end) && ends_whole
    })
}

fn lines_with(text: &str, bad: impl Fn(&str) -> bool) -> Vec<(usize, String)> {
    let numbered = text.lines().enumerate().filter(|(_, line)| bad(line));
    numbered.map(|(number, line)| (number + 1, line.trim().to_owned())).collect()
}

fn other_hosts(file: &File) -> Vec<(usize, String)> {
    lines_with(&file.text, |line| {
        let line = line.replace("http://www.w3.org/", "");
        line.contains("http://")
            || line.contains("https://")
            || line.contains("url(//")
            || line.contains("=\"//")
    })
}

fn too_long(file: &File) -> Vec<(usize, String)> {
    let limit = if file.path.starts_with("xtask/") { LONGEST_XTASK } else { LONGEST };
    // What tests alone compile is blank in `shipped`, comments are blank in `code`: count what is neither.
    let lines = file.text.lines().zip(file.code.lines()).zip(file.shipped.lines());
    let counted =
        lines.filter(|((_, code), shipped)| code.trim().is_empty() || !shipped.trim().is_empty()).count();
    if counted <= limit { Vec::new() } else { vec![(limit, format!("{counted} lines"))] }
}

fn begins_with_a_sentence(text: &str) -> bool {
    let paragraph: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix("//! "))
        .take_while(|line| !line.trim().is_empty())
        .collect();
    let starts = paragraph.first().and_then(|line| line.chars().next());
    let ends = paragraph.last().and_then(|line| line.trim_end().chars().next_back());
    starts.is_some_and(|c| c.is_uppercase() || c == '`' || c.is_ascii_digit())
        && ends.is_some_and(|c| ".:?!".contains(c))
}

fn first_line(text: &str) -> String {
    format!("begins with \"{}\"", text.lines().next().unwrap_or_default())
}
