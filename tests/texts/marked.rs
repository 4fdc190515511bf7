//! What is shown is said in whole texts: every text of the language is marked, and what the view makes of a run bears
//! one mark around all of it. Two marks beside each other are two pieces that somebody has put together; letters
//! outside of a mark come from no text.

use std::collections::BTreeSet;
use std::sync::Once;

use cascade::base::{Catalogue, Json, SimTime, speak};
use cascade::lesson::Lesson;
use cascade::scenario::Scenario;
use cascade::session::{Session, Variant};
use cascade::view::inspector::{Field, Inspection, Subject, inspect, subjects};
use cascade::view::{
    self, ChartId, DrawOp, Hit, Layout, Size, Sketch, StageOptions, WaterfallOptions, Which,
};

const OPEN: char = '⟦';
const CLOSE: char = '⟧';

/// From here on every text of this process is marked.
fn speak_marked() {
    static SPOKEN: Once = Once::new();
    SPOKEN.call_once(|| {
        let (catalogue, complaints) = Catalogue::read(&marked(&super::english(), true).to_string());
        assert_eq!(complaints, [""; 0]);
        assert!(speak(catalogue), "before the first text");
    });
}

fn marked(json: &Json, top: bool) -> Json {
    match json {
        Json::String(text) => Json::String(format!("{OPEN}{text}{CLOSE}")),
        Json::Object(members) => {
            let inner = |(name, value): &(String, Json)| {
                let facts = top && name == "language";
                (name.clone(), if facts { value.clone() } else { marked(value, false) })
            };
            Json::Object(members.iter().map(inner).collect())
        }
        other => other.clone(),
    }
}

/// What is wrong with a text as a whole; nothing where it is right. `own`: the words of the scenario.
fn wrong(text: &str, own: &BTreeSet<String>) -> Option<String> {
    let mut text = text.trim().to_owned();
    // What did not fit into its place was cut, with its marks and in the middle of a word.
    let cut = text.ends_with('…');
    if cut {
        text.pop();
        let missing = text.matches(OPEN).count().saturating_sub(text.matches(CLOSE).count());
        text.extend(std::iter::repeat_n(CLOSE, missing));
    }
    let (mut depth, mut outside, mut marks) = (0, String::new(), 0);
    for c in text.chars() {
        match c {
            OPEN => {
                marks += usize::from(depth == 0);
                depth += 1;
            }
            CLOSE => depth -= 1,
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    if marks > 1 || marks == 1 && !outside.is_empty() {
        return Some("is put together".to_owned());
    }
    let known = |word: &String| own.contains(word) || cut && own.iter().any(|own| own.starts_with(word));
    let strange = words(&outside).into_iter().find(|word| !known(word));
    strange.map(|word| format!("has \"{word}\" from nowhere"))
}

fn words(text: &str) -> Vec<String> {
    let all = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 2);
    all.map(str::to_lowercase).collect()
}

/// What is wrong with the texts that were shown.
#[derive(Default)]
struct Seen {
    wrong: BTreeSet<String>,
    count: usize,
    own: BTreeSet<String>,
}

impl Seen {
    fn text(&mut self, place: &str, text: &str) {
        self.count += 1;
        if let Some(wrong) = wrong(text, &self.own) {
            self.wrong.insert(format!("{place}: “{text}” {wrong}"));
        }
    }

    fn sketch(&mut self, place: &str, sketch: &Sketch) {
        for op in sketch.ops() {
            if let DrawOp::Text { text, .. } = op {
                self.text(place, sketch.text(*text));
            }
        }
    }

    fn field(&mut self, field: &Field) {
        for text in [&field.label, &field.about, &field.hint] {
            self.text("inspector", text);
        }
        field.parts.iter().for_each(|part| self.field(part));
    }

    fn inspection(&mut self, seen: &Inspection) {
        let Inspection { title, kind, sentence, figures, replicas, breakers, faults, sections, .. } = seen;
        for text in [title, *kind, sentence] {
            self.text("inspector", text);
        }
        for figure in figures {
            self.text("figure", &figure.label);
            self.text("figure", &figure.value);
        }
        for (label, words) in replicas
            .iter()
            .map(|each| (&each.label, &each.words))
            .chain(breakers.iter().map(|each| (&each.label, &each.words)))
        {
            self.text("switch", label);
            self.text("switch", words);
        }
        faults.iter().for_each(|fault| self.text("fault", &fault.label));
        for section in sections {
            self.text("section", &section.title);
            self.text("section", section.note);
            section.fields.iter().for_each(|field| self.field(field));
        }
    }
}

/// Everything that a page shows of a session as it stands.
fn look(seen: &mut Seen, session: &Session) {
    let variant = &session.variants()[0];
    let mut sketch = Sketch::new();
    for (size, speed, reduced_motion) in [
        (Size { w: 1200.0, h: 700.0 }, 1.0, false),
        (Size { w: 700.0, h: 420.0 }, 100.0, false),
        (Size { w: 380.0, h: 420.0 }, 1.0, true),
    ] {
        let layout = Layout::new(variant.plan(), &view::positions(variant), size);
        let options = StageOptions {
            badge: "A",
            label: variant.label(),
            speed,
            reduced_motion,
            ..StageOptions::default()
        };
        view::stage(&mut sketch, variant, &layout, &options);
        seen.sketch("stage", &sketch);
    }
    view::legend(session.variants()).into_iter().for_each(|(_, text)| seen.text("legend", text));
    view::summary(variant).iter().for_each(|text| seen.text("summary", text));
    view::facts(variant);
    for subject in subjects(variant) {
        seen.text("topology", &view::topology(variant, subject));
        if let Some(inspection) = inspect(session, 0, subject, &[]) {
            seen.inspection(&inspection);
        }
    }
    for flight in variant.snapshot().flights().take(20) {
        seen.text("message", &view::describe_hit(variant, Hit::Message(flight.message)));
        if let Some(inspection) = inspect(session, 0, Subject::Message(flight.message), &[]) {
            seen.inspection(&inspection);
        }
    }
    for kind in view::offered(session) {
        let mut all = vec![ChartId { kind, of: None }];
        all.extend(view::chart_nodes(session, kind).into_iter().map(|node| ChartId::of_node(kind, node)));
        for id in all {
            let data = view::chart_data(session, &[0], &id);
            view::chart(&mut sketch, &data, Size { w: 420.0, h: 220.0 }, Some(0.9 * session.now().as_secs()));
            seen.sketch("chart", &sketch);
            seen.text("chart", &view::chart_title(session, &[0], &id));
            seen.text("chart", &view::chart_says(session, &[0], &id, 0.9 * session.now().as_secs()));
            view::explained(session, &[0], &id).iter().for_each(|text| seen.text("theory", text));
            view::table(session, &[0], &id).head.iter().for_each(|text| seen.text("table", text));
        }
    }
    seen.text("timeline", &view::marks(session));
    for which in [Which::Slowest, Which::Failed, Which::Retried] {
        seen.text("traces", view::trace_tab(which));
        for row in view::trace_list(variant, which).iter().take(3) {
            for text in [&row.client, row.outcome, &row.takes] {
                seen.text("traces", text);
            }
            let Some(trace) = view::trace(variant, row.request) else { continue };
            let now = session.now();
            let size = Size { w: 600.0, h: 300.0 };
            view::waterfall(&mut sketch, variant.plan(), &trace, now, size, &WaterfallOptions::default());
            seen.sketch("waterfall", &sketch);
            seen.text("waterfall", &view::trace_here(variant, &trace));
            for row in 0..view::waterfall_rows(variant.plan(), &trace, now) {
                seen.text("waterfall", &view::waterfall_words(variant.plan(), &trace, row, now));
            }
            let table = view::waterfall_table(variant.plan(), &trace, now);
            table
                .head
                .iter()
                .chain(table.rows.iter().flatten())
                .for_each(|text| seen.text("waterfall", text));
        }
    }
    view::inspector::knobs::knobs(session, None).iter().for_each(|knob| seen.text("knob", &knob.value));
}

#[test]
fn what_is_shown_of_a_run_is_whole_texts() {
    speak_marked();
    let folder =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/static/gallery")).expect("the gallery");
    let mut seen = Seen::default();
    for path in folder.map(|entry| entry.expect("a file").path()) {
        if path.file_name().is_none_or(|name| name == "index.json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("text");
        seen.own = words(&text).into_iter().collect();
        let scenario = Scenario::read(&text).unwrap_or_else(|wrong| panic!("{}: {wrong:#?}", path.display()));
        let page = view::scenario_page(vec![scenario.clone()]).expect("a page");
        page.faults.iter().for_each(|fault| seen.text("button", &fault.label));
        let label = scenario.title().to_owned();
        let mut session = Session::new(vec![Variant { label, scenario }], 1.0).expect("it runs");
        for seconds in [1.0, 30.0] {
            session.run_until(SimTime::from_secs(seconds));
            look(&mut seen, &session);
        }
    }
    assert!(seen.count > 20_000, "{} texts", seen.count);
    let wrong: Vec<String> = seen.wrong.into_iter().take(60).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_wrong_is_said_in_whole_texts() {
    speak_marked();
    let file = include_str!("../scenarios/diagnostics.txt");
    let mut found = 0;
    for case in file.trim_end().split("\n\n") {
        let text: Vec<&str> = case.lines().filter(|line| !line.starts_with("> ")).collect();
        let text = text.join("\n");
        let mut seen = Seen { own: words(&text).into_iter().collect(), ..Seen::default() };
        let Err(problems) = Scenario::read(&text).and_then(|scenario| scenario.plan()) else { continue };
        for problem in problems {
            seen.text("message", &problem.message);
            seen.text("help", &problem.help);
        }
        found += seen.count;
        assert!(seen.wrong.is_empty(), "{text}\n{:#?}", seen.wrong);
    }
    assert!(found > 100, "{found} texts");
    let wrong = Lesson::read(r#"{"schema": 2, "colour": 1, "variants": [], "steps": [{}]}"#, &[]).err();
    for problem in wrong.expect("it is wrong") {
        for text in [&problem.message, &problem.help] {
            assert_eq!(wrong_of_lesson(text), None, "{text}");
        }
    }
}

fn wrong_of_lesson(text: &str) -> Option<String> {
    wrong(text, &BTreeSet::new())
}

#[test]
fn pieces_are_told_from_wholes() {
    let own = BTreeSet::from(["payment".to_owned()]);
    for right in ["", "12.5", "⟦all ⟦3 s⟧ of it⟧", "Payment 2", "⟦cut off her…", "⟦a⟦b…"] {
        assert_eq!(wrong(right, &own), None, "{right}");
    }
    for piece in ["⟦a⟧ ⟦b⟧", "⟦a⟧, 3", "Payment ⟦a⟧", "Gateway", "3 ⟦a⟧"] {
        assert!(wrong(piece, &own).is_some(), "{piece}");
    }
}
