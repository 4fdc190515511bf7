//! Every mistake that a lesson can have is said with its line and its remedy.

use super::folder;
use super::mistake::Mistake;
use cascade::base::Json;
use std::fs;
use std::path::{Path, PathBuf};

/// The lesson that `cargo xtask lesson new` makes: nothing is wrong with it.
const LESSON: &str = include_str!("../../../xtask/src/skeleton/lesson.md");
const SHOP: &str = include_str!("../../../xtask/src/skeleton/shop.json");

/// The words that it has in braces.
const GLOSSARY: &str = "# Words\n\n## request\n\nA call.\n\n## blocked\n\nIt waits.\n";

/// A folder with one lesson, gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, text: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("cascade-lesson-{name}-{}", std::process::id()));
        let own = folder.join("one");
        fs::create_dir_all(&own).expect("a temporary directory");
        fs::write(own.join("lesson.md"), text).expect("written");
        fs::write(own.join("shop.json"), SHOP).expect("written");
        let folder = Folder(folder);
        folder.glossary(GLOSSARY);
        folder
    }

    fn glossary(&self, text: &str) {
        fs::write(self.0.join("glossary.md"), text).expect("written");
    }

    fn mistakes(&self) -> Vec<Mistake> {
        folder::read(&self.0, folder::ENGLISH, &[])
            .unwrap_or_else(|_| panic!("{} can be read", self.0.display()))
            .mistakes
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The line in which a text begins, from 1.
fn line_of(text: &str, part: &str) -> usize {
    let at = text.find(part).unwrap_or_else(|| panic!("{part:?} is in the lesson"));
    text[..at].matches('\n').count() + 1
}

#[test]
fn nothing_is_wrong_with_the_skeleton() {
    let folder = Folder::with("skeleton", LESSON);
    assert_eq!(folder.mistakes(), []);
    assert!(folder::read(Path::new("no/such/folder"), folder::ENGLISH, &[]).is_err());
    assert!(folder::read(&folder.0, folder::ENGLISH, &["two".to_owned()]).is_err());
}

#[test]
fn a_lesson_may_stand_beside_itself_in_another_language() {
    let folder = Folder::with("languages", LESSON);
    let other = LESSON.replace("# A new lesson", "# Eine neue Lektion");
    fs::write(folder.0.join("one/lesson.de.md"), other).expect("written");
    fs::write(folder.0.join("glossary.de.md"), format!("{GLOSSARY}\n## Rückstau\n\nA queue.\n"))
        .expect("written");
    assert_eq!(folder::languages(&folder.0).unwrap_or_default(), ["de".to_owned()].into());
    let out = folder.0.join("out");
    super::build(&folder.0, &out, &["de".to_owned(), "fr".to_owned()])
        .unwrap_or_else(|_| panic!("it builds"));
    let title = |file: &str| {
        let text = fs::read_to_string(out.join("one").join(file)).expect("a lesson");
        Json::parse(&text).expect("JSON").get("title").and_then(Json::as_str).map(str::to_owned)
    };
    assert_eq!(title("lesson.json").as_deref(), Some("A new lesson"));
    assert_eq!(title("lesson.de.json").as_deref(), Some("Eine neue Lektion"));
    // What is not translated is English.
    assert_eq!(title("lesson.fr.json").as_deref(), Some("A new lesson"));
    let words = |file: &str| {
        let text = fs::read_to_string(out.join(file)).expect("a glossary");
        Json::parse(&text).expect("JSON").items().len()
    };
    assert_eq!([words("glossary.json"), words("glossary.de.json"), words("glossary.fr.json")], [2, 3, 2]);
}

/// A lesson with one thing replaced: the mistake in the line in which `marked` is then, and what is said of it.
struct Case(&'static str, &'static str, &'static str, &'static str, &'static str);

#[test]
fn every_mistake_is_said_with_its_line_and_its_remedy() {
    let cases = [
        Case("# A new lesson", "", "", "no title", "# Title"),
        Case(
            "> One or two sentences on what there is to see.",
            "",
            "# A new",
            "no summary",
            "under the title",
        ),
        Case(":::lesson", "Words.\n\n:::lesson", "Words.", "belongs to no step", "## "),
        Case("level: beginner", "level: genius", "level: genius", "no level \"genius\"", "beginner"),
        Case("minutes: 15\n", "", ":::lesson", "no \"minutes\"", "minutes: "),
        Case("number: 99", "number: many", "number: many", "not a number", "number"),
        Case(":::cue", ":::clue", ":::clue", "no directive :::clue", "cue"),
        Case(":::cue blocked(shop) > 9.5", ":::cue", ":::cue", "needs the condition", ":::cue …"),
        Case("blocked(shop) > 9.5", "blocked(shop) > 9.5 for ever", ":::cue", "not a duration", "10s"),
        Case(
            "blocked(shop) > 9.5",
            "blocked(ship) > 9.5",
            ":::cue",
            "column 1: the scenario has no \"ship\"",
            "blocked(shop)",
        ),
        Case("blocked(shop) > 9.5", "p99 > 9.5", ":::cue", "a time with a plain number", "500ms"),
        Case(
            "when: success over 10s > 90%",
            "when: succes over 10s > 90%",
            "when: succes over",
            "no measure \"succes\"",
            "measures are",
        ),
        Case(
            "  when: success over 10s > 90%\n",
            "",
            "- The same as before",
            "when this choice is right",
            "when: ",
        ),
        Case(
            "- [x] Most orders fail\n",
            "- Most orders fail\n",
            ":::predict",
            "one of them must be right",
            "mark",
        ),
        Case("at: 35s\n", "", ":::predict", "no \"at\"", "at: "),
        Case(
            "reveal: Most orders fail. Every worker in the shop is {blocked}.\n",
            "",
            ":::predict",
            "no \"reveal\"",
            "reveal: ",
        ),
        Case(
            "do: 5s press 1\nat: 35s",
            "do: 5s push 1\nat: 35s",
            "do: 5s push",
            "nothing that can be done",
            "press 1",
        ),
        Case(
            "do: 5s press 1\nat: 35s",
            "do: 5s press 2\nat: 35s",
            "do: 5s press 2",
            "no fault \"2\"",
            "number",
        ),
        Case("do: 5s press 1\nat: 35s", "do: soon press 1\nat: 35s", "do: soon", "no instant", "5s press"),
        Case(
            "do: 5s press 1\nat: 35s",
            "do: 5s inject { \"crush\": {} }\nat: 35s",
            "do: 5s inject",
            "crush",
            "crash",
        ),
        Case(
            "do: 5s set nodes.stock.workers = 30",
            "do: 5s set nodes.stock.wrokers = 30",
            "do: 5s set",
            "cannot be set so",
            "workers",
        ),
        Case(
            "do: 5s set nodes.stock.workers = 30",
            "do: 5s set nodes.stock.workers = many",
            "do: 5s set",
            "cannot be set so",
            "",
        ),
        Case(
            "do: 5s set nodes.stock.workers = 30",
            "do: 5s set nodes.stock.workers = 41",
            "do: 5s set",
            "41 is no stop of the slider",
            "write 40",
        ),
        Case(
            "knob: nodes.stock.workers",
            "knob: nodes.stock.replicas",
            "knob: nodes.stock.replicas",
            "no variant has a knob",
            "view.knobs",
        ),
        Case(
            "faults: 1\ndo: press 1",
            "faults: 4\ndo: press 1",
            "faults: 4",
            "there is nothing at this place",
            "",
        ),
        Case("faults: 1\ndo: press 1", "faults: first\ndo: press 1", "faults: first", "no faults", "numbers"),
        Case(
            "faults: 1\ndo: press 1",
            "colour: red\ndo: press 1",
            "colour: red",
            "does not know what this line is",
            "knob",
        ),
        Case(
            ":::figure both\nknob: nodes",
            ":::figure C\nknob: nodes",
            ":::figure C",
            "no such variant",
            "\"A\"",
        ),
        Case(":::real\n", ":::real\n:::\n\n:::real\n", ":::real", "says nothing", "write its text"),
        Case(
            "## What real systems do",
            ":::cue busy > 1\n\n## What real systems do",
            "## What real",
            "not closed",
            ":::",
        ),
        Case(
            "## What real systems do",
            ":::\n\n## What real systems do",
            ":::\n\n## What real",
            "ends nothing",
            "take it out",
        ),
        Case(
            "scenario: shop.json",
            "scenario: ship.json",
            "scenario: ship",
            "cannot read \"ship.json\"",
            "beside",
        ),
        Case("scenario: shop.json", "scenario: ../shop.json", "scenario: ..", "leads elsewhere", "beside"),
        Case(
            "nodes.shop.while_waiting = release_worker",
            "nodes.shop.while_waiting = sleep",
            "nodes.shop.while_waiting",
            "nodes.shop.while_waiting",
            "",
        ),
        Case("from: A", "from: B", "from: B", "only B can be made from A", "from: A"),
        Case(":::variant B", ":::variant C", ":::variant C", "variants are A and B", ":::variant A"),
        Case("fault: { \"slow\"", "fault: { \"slaw\"", "fault: { \"slaw\"", "slaw", "slow"),
        Case("fault: { \"slow\"", "fault: { slow", "fault: { slow", "", ""),
        Case(
            "Every {request} takes",
            "Every {reqest} takes",
            "Every {reqest}",
            "no term \"reqest\"",
            "glossary.md",
        ),
        Case(
            "Every {request} takes",
            "Every {request takes",
            "Every {request takes",
            "never closed",
            "{request}",
        ),
        Case("Every {request} takes", "Every **{request}** takes", "Every **", "within strong", "stars"),
        Case("In {A} the shop's", "<b>In</b> {A} the shop's", "<b>In", "HTML", "Markdown"),
        Case("In {A} the shop's", "[In](https://example.org) {A} the shop's", "[In]", "links", "words"),
        Case("In {A} the shop's", "### In {A} the shop's", "### In", "a heading within a step", "##"),
        Case(
            "  because: Its workers hardly compute. They wait.\n",
            "",
            "- The shop computes",
            "needs an explanation",
            "because",
        ),
        Case(
            "  value: blocked(shop) over 10s\n",
            "",
            "- Workers {blocked}",
            "\"value\" is missing",
            "add it",
        ),
        Case(
            "  answer: Its answer.\n- Another",
            "- Another",
            "- A question",
            "\"answer\" is missing",
            "add it",
        ),
        Case(":::teacher", ":::real", "# A new lesson", "no teacher's part", ":::teacher"),
        Case(
            ":::task A.success over 5s > 85% for 15s
The stock stays slow. Give it workers until {A} is well.

do: 5s set nodes.stock.workers = 30
",
            ":::cue A.success over 5s > 85%
The stock stays slow.
",
            "# A new lesson",
            "has 1 tasks",
            ":::task",
        ),
        Case(
            "Now the stock takes five times as long for every order.",
            "Now the stock takes five times as long for every order that anybody has ever brought into this shop of ours, \
             which is a thing that you can say in one sentence but that hardly anybody keeps in mind until its end.",
            "## The stock becomes slow",
            "a sentence has",
            "split it",
        ),
        Case(
            "Now the stock takes five times as long for every order.",
            "Availability considerations necessitate sophisticated redundancy implementations everywhere. \
             Unavailability invariably accompanies insufficient provisioning. Operational responsibility necessitates \
             comprehensive observability, particularly considering unpredictable deterioration.",
            "## The stock becomes slow",
            "reading ease",
            "shorter words",
        ),
        Case(
            "Now the stock takes five times as long",
            "Within its SLA the stock takes five times as long",
            "# A new lesson",
            "what SLA means",
            "(SLA)",
        ),
        Case("×5** (key 1)", "×5** (key 2)", "## A shop", "key 2 presses nothing", "write \"key 1\""),
        Case(
            "**Stock slow ×5** (",
            "**Stock slow** (",
            "## A shop",
            "key 1 is \"Stock slow ×5\"",
            "name a button",
        ),
    ];
    for (at, Case(from, to, marked, what, mend)) in cases.into_iter().enumerate() {
        assert!(LESSON.contains(from), "{from:?} is in the skeleton");
        let text = LESSON.replacen(from, to, 1);
        let mistakes = Folder::with(&at.to_string(), &text).mistakes();
        assert!(!mistakes.is_empty(), "{to:?}: nothing is said");
        let line = if marked.is_empty() { None } else { Some(line_of(&text, marked)) };
        let said = mistakes.iter().any(|mistake| {
            line.is_none_or(|line| mistake.line == line)
                && mistake.what.contains(what)
                && mistake.mend.contains(mend)
        });
        assert!(said, "{to:?}, line {line:?}: {mistakes:#?}");
        let shown = mistakes[0].to_string();
        assert!(shown.contains("lesson.md:") && shown.contains(": "), "{shown}");
    }
}

#[test]
fn a_comment_is_not_part_of_the_text() {
    let heading = LESSON.find("\n## ").expect("a step") + 1;
    let with = |comment: &str| format!("{}{comment}{}", &LESSON[..heading], &LESSON[heading..]);
    for comment in ["<!-- one line -->\n\n", "<!--\nLooked up:\n\n## no heading\n:::claim none\n-->\n\n"] {
        assert_eq!(Folder::with("comment", &with(comment)).mistakes(), [], "{comment}");
    }
    let open = with("<!-- without an end\n");
    let found = Folder::with("open-comment", &open).mistakes();
    let told =
        found.iter().find(|mistake| mistake.what == "the comment is never closed").expect("it is told");
    assert_eq!((told.line, told.mend.as_str()), (line_of(&open, "<!--"), "end its last line with \"-->\""));
}

#[test]
fn mistakes_are_said_all_at_once_in_the_order_of_lines() {
    let text = LESSON
        .replace("level: beginner", "level: genius")
        .replace("at: 35s", "at: soon")
        .replace(":::quiz", ":::quizz");
    let mistakes = Folder::with("many", &text).mistakes();
    assert!(mistakes.len() >= 5, "{mistakes:#?}");
    assert!(mistakes.is_sorted_by_key(|mistake| mistake.line), "{mistakes:#?}");
}

#[test]
fn guesses_on_a_scale_and_curves_are_read() {
    let predict = &LESSON[LESSON.find(":::predict").expect("a prediction")..];
    let predict = &predict[..predict.find("\n:::\n").expect("its end")];
    let tail = "do: 5s press 1\nat: 35s\nreveal: So it is.";
    let number = "value: success over 10s\nscale: 0%..100%\nnear: 10%\nexpect: 0%..60%";
    let curve = "value: blocked(shop)\nscale: 0..10\nnear: 1\nexpect: 4s 0..9\nexpect: 30s 9..10";
    for (name, fields, wrong, what) in [
        ("number", number, "scale: 0..10s", "a plain number with a time"),
        ("number", number, "scale: 0s..10s", "no number of what is measured"),
        ("number", number, "scale: 100%..0%", "no scale"),
        ("number", number, "scale: 100%", "no range"),
        ("number", number, "value: succes", "no measure"),
        ("curve", curve, "expect: 4s", "no range"),
        ("curve", curve, "expect: soon 0..9", "not a duration"),
    ] {
        let text =
            |fields: &str| LESSON.replace(predict, &format!(":::{name}\nHow many?\n\n{fields}\n{tail}"));
        assert_eq!(Folder::with(name, &text(fields)).mistakes(), [], "{name}");
        let key = wrong.split_once(' ').expect("a field").0;
        let line = fields.lines().find(|line| line.starts_with(key)).expect("it is there");
        let changed = text(&fields.replace(line, wrong));
        let mistakes = Folder::with(name, &changed).mistakes();
        let said = mistakes.iter().any(|mistake| mistake.line == line_of(&changed, wrong));
        assert!(said, "{name}, {wrong}, {what}: {mistakes:#?}");
    }
}

#[test]
fn lessons_and_glossary_have_the_same_words() {
    let folder = Folder::with("words", LESSON);
    let said = |glossary: &str| {
        folder.glossary(glossary);
        let each = |mistake: &Mistake| {
            let file = mistake.file.rsplit('/').next().unwrap_or_default();
            format!("{file}:{}: {}", mistake.line, mistake.what)
        };
        folder.mistakes().iter().map(each).collect::<Vec<_>>()
    };
    let more = |entry: &str| [GLOSSARY, entry].concat();
    assert_eq!(said(GLOSSARY), [""; 0]);
    assert_eq!(
        said(&more("\n## offset\nstage: log\n\nA number.\n")),
        ["glossary.md:11: no lesson has the word \"offset\" of the glossary"]
    );
    assert_eq!(
        said(&more("\n## request\n\nOnce more.\n")),
        ["glossary.md:11: the glossary explains \"request\" twice"]
    );
    assert_eq!(
        said(&GLOSSARY.replace("## blocked\n", "## blocked\nstage: the moon\n")),
        ["glossary.md:8: nothing on a stage is called \"the moon\""]
    );
    assert_eq!(
        said(&GLOSSARY.replace("It waits.\n", "")),
        ["glossary.md:7: the glossary does not explain \"blocked\""]
    );
    // Every line that has the word, the first of them first.
    let without = said(&GLOSSARY.replace("## request\n\nA call.\n", ""));
    let first =
        format!("lesson.md:{}: the glossary does not explain \"request\"", line_of(LESSON, "{request"));
    assert_eq!(without.first(), Some(&first), "{without:?}");
}
