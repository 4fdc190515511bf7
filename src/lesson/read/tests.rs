//! Lessons that read, and lessons that say what is wrong with them.

use super::*;
use crate::lesson::Guess;
use std::path::Path;

const SCENARIO: &str = r#"{
    "schema": 1,
    "nodes": {
        "web": { "kind": "client", "arrivals": { "poisson": { "rate": 5 } }, "operation": [ { "call": { "to": "app" } } ] },
        "app": { "kind": "service", "operations": { "default": [ { "work": "20ms" } ] } }
    }
}"#;

/// A lesson with these fields beside its title, summary and one variant.
fn lesson(rest: &str) -> Result<Lesson, Vec<Diagnostic>> {
    let text = [
        r#"{ "schema": 1, "title": "T", "summary": "S", "variants": [ { "label": "One", "scenario": "s.json" } ]"#,
        if rest.is_empty() { "" } else { ", " },
        rest,
        " }",
    ];
    Lesson::read(&text.concat(), &[("s.json", SCENARIO)])
}

#[test]
fn a_page_without_steps_may_name_its_scenarios() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    let (a, b) = (read(&site.join("opening/a.json")), read(&site.join("opening/b.json")));
    let (text, files) = (read(&site.join("opening/opening.json")), [("a.json", &*a), ("b.json", &*b)]);
    let opening = ScenarioPage::read(&text, &files).expect("a page");
    assert_eq!((opening.variants.len(), opening.faults.len()), (2, 6));
    // It is no lesson, and a lesson is no such page.
    let problems = Lesson::read(&text, &files).expect_err("it has no steps");
    assert!(problems.len() == 1 && problems[0].path == "steps", "{problems:?}");
    let with_steps = text.replacen("\"schema\"", "\"steps\": [], \"schema\"", 1);
    assert!(ScenarioPage::read(&with_steps, &files).is_err());
}

#[test]
fn a_step_has_its_figure() {
    let lesson = lesson(
        r#""faults": [ { "label": "Slow", "fault": { "slow": { "node": "app", "factor": 10 } }, "for": "5s" } ],
           "steps": [ { "heading": "H", "text": [ "A {request}." ],
             "figure": { "show": "A", "speed": 0.5, "restart": true, "play": false, "faults": [0], "knobs": [],
               "do": [ { "set": "nodes.app.workers", "to": 3, "in": "A" }, { "heal": { "pause": { "node": "app" } } } ] },
             "task": { "text": "Do", "when": "A.goodput(web) > 3", "solution": [
               { "at": "9s", "heal": { "pause": { "node": "app" } } },
               { "at": "2s", "set": "nodes.app.workers", "to": 3 } ] } },
             { "heading": "H", "text": [], "predict": { "question": "Q", "reveal": "R", "run": { "at": "35s" },
               "choices": [ { "text": "C", "holds": "A.p50(web) < 1s" }, { "text": "D", "right": true } ] } } ]"#,
    )
    .unwrap();
    let step = &lesson.steps[0];
    assert_eq!((step.figure.show.as_slice(), step.figure.speed), (&[0][..], Some(0.5)));
    assert_eq!((step.figure.restart, step.figure.play), (true, false));
    assert_eq!(step.figure.actions.len(), 2);
    let solution = &step.task.as_ref().unwrap().solution;
    assert_eq!(solution.iter().map(|timed| timed.at.as_secs()).collect::<Vec<_>>(), [2.0, 9.0]);
    let predict = lesson.steps[1].predict.as_ref().unwrap();
    assert_eq!(predict.experiment.as_ref().map(|run| run.at.as_secs()), Some(35.0));
    let Guess::Choice(choices) = &predict.guess else { panic!("{predict:?}") };
    assert!(choices[0].holds.is_some() && choices[1].holds.is_none());
    assert_eq!(lesson.faults[0].lasts, Some(SimDuration::from_millis(5000)));
}

#[test]
fn problems_have_their_place() {
    let cases = [
        (r#""step": []"#, "step", "no field \"step\""),
        (r#""steps": {}"#, "steps", "not a list"),
        (r#""steps": [ { "text": [] } ]"#, "steps[0]", "\"heading\" is missing"),
        (r#""steps": [ { "heading": 3, "text": [] } ]"#, "steps[0].heading", "not a string"),
        (r#""steps": [ { "heading": "H", "text": [ "{nonsense}" ] } ]"#, "steps[0].text[0]", "no term"),
        (
            r#""steps": [ { "heading": "H", "figure": { "show": "B" } } ]"#,
            "steps[0].figure.show",
            "no such variant",
        ),
        (
            r#""steps": [ { "heading": "H", "figure": { "speed": 0 } } ]"#,
            "steps[0].figure.speed",
            "not a speed",
        ),
        (
            r#""steps": [ { "heading": "H", "figure": { "faults": [1] } } ]"#,
            "steps[0].figure.faults[0]",
            "nothing",
        ),
        (
            r#""steps": [ { "heading": "H", "figure": { "do": [ {} ] } } ]"#,
            "steps[0].figure.do[0]",
            "doesn't do anything",
        ),
        (
            r#""steps": [ { "heading": "H", "task": { "text": "T", "when": "A.x(web) > 1" } } ]"#,
            "steps[0].task.when",
            "no measure",
        ),
        (
            r#""steps": [ { "heading": "H", "predict": { "question": "Q", "reveal": "R", "choices": [ { "text": "C" } ] } } ]"#,
            "steps[0].predict",
            "needs choices",
        ),
        (
            r#""faults": [ { "label": "F", "fault": { "slow": { "node": "ap", "factor": 2 } } } ]"#,
            "faults[0].fault",
            "",
        ),
        (
            r#""steps": [ { "heading": "H", "task": { "text": "T", "when": "A.p50(web) > 1", "solution": [ { "at": "5" } ] } } ]"#,
            "steps[0].task.solution[0].at",
            "",
        ),
        (
            r#""steps": [ { "heading": "H", "predict": { "question": "Q", "reveal": "R", "run": {}, "choices": [ { "text": "C", "right": true }, { "text": "D", "holds": "no" } ] } } ]"#,
            "steps[0].predict.choices[1].holds",
            "column 1: there is no measure",
        ),
        (
            r#""claims": [ { "text": "C", "at": "soon", "holds": "A.p99(web) < 1s" } ]"#,
            "claims[0].at",
            "not a duration",
        ),
    ];
    for (rest, path, message) in cases {
        let problems = lesson(rest).expect_err(rest);
        let found = problems.iter().any(|each| each.path == path && each.message.contains(message));
        assert!(found, "{rest}: {problems:#?}");
    }
    for text in ["", "[]", "null", "{}", "{\"variants\": []}", "{\"variants\": [{\"scenario\": \"x\"}]}"] {
        assert!(Lesson::read(text, &[]).is_err_and(|problems| !problems.is_empty()), "{text}");
    }
}
