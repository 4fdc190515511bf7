//! Every lesson is true: what it claims, what its predictions mark as right, what its tasks ask for.

use std::fs;
use std::path::PathBuf;

use cascade::base::{SimDuration, SimTime};
use cascade::lesson::{Condition, Deed, LaneNumbers, Lesson, Span, Timed};
use cascade::scenario::Json;
use cascade::session::{Session, Variant};

/// What is claimed holds under each of these seeds, and under the lesson's own.
const SEEDS: [u64; 5] = [1, 2, 3, 4, 5];

/// The lessons that there must be.
const SLUGS: [&str; 2] = ["cascading-failure", "put-a-queue-between"];

/// A reader who only looks on has looked for so long.
const IDLE: SimDuration = SimDuration::from_millis(90_000);

/// Conditions change when a window closes.
const GLANCE: SimDuration = SimDuration::from_millis(500);

/// All lessons of the site, each with its slug.
fn lessons() -> Vec<(String, Lesson)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("static/lessons");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let slug = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(path.join("lesson.json")).unwrap();
            let lesson = Lesson::read(&text, &[]).unwrap_or_else(|wrong| panic!("{slug}: {wrong:#?}"));
            found.push((slug, lesson));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// Asks `check` about every lesson and seed, and tells all that is wrong at once.
fn check(check: impl Fn(&Lesson, u64) -> Vec<String>) {
    let mut wrong = Vec::new();
    for (slug, lesson) in lessons() {
        let own = lesson.variants[0].scenario.get("seed").and_then(|seed| seed.as_f64()).unwrap() as u64;
        for seed in SEEDS.into_iter().chain([own]) {
            wrong.extend(check(&lesson, seed).into_iter().map(|each| format!("{slug}, seed {seed}: {each}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The variants of a lesson from time zero, under a seed.
fn begin(lesson: &Lesson, seed: u64) -> Session {
    let variant = |variant: &cascade::lesson::Variant| Variant {
        label: variant.label.clone(),
        scenario: variant.scenario.with("seed", &Json::Number(seed as f64)).unwrap(),
    };
    Session::new(lesson.variants.iter().map(variant).collect(), 1.0).unwrap()
}

/// The figure as it is when a step has opened.
fn open(lesson: &Lesson, step: usize, seed: u64) -> Session {
    let mut session = begin(lesson, seed);
    for deed in &lesson.steps[step].figure.deeds {
        act(&mut session, deed);
    }
    session
}

fn act(session: &mut Session, deed: &Deed) {
    if let Err(problems) = session.act(deed.clone().into()) {
        panic!("{deed:?}: {problems:#?}");
    }
}

/// Plays to `until`, does each deed at its instant, and shows what there is to see at every glance.
fn play(session: &mut Session, deeds: &[Timed], until: SimTime, mut see: impl FnMut(&Session)) {
    let mut deeds = deeds.iter().peekable();
    let mut now = session.now();
    while now < until {
        now = (now + GLANCE).min(until);
        while let Some(timed) = deeds.next_if(|timed| timed.at <= now) {
            session.run_until(timed.at);
            act(session, &timed.deed);
        }
        session.run_until(now);
        see(session);
    }
}

fn progress(session: &Session, condition: &Condition) -> f64 {
    let lanes = session.lanes().iter().map(|lane| LaneNumbers::of(lane.telemetry().windows()));
    condition.progress(&lanes.collect::<Vec<_>>(), SimTime::ZERO, session.now())
}

fn holds(session: &Session, condition: &Condition) -> bool {
    progress(session, condition) >= 1.0
}

#[test]
fn claims_hold() {
    check(|lesson, seed| {
        let mut wrong = Vec::new();
        for claim in &lesson.claims {
            let mut session = begin(lesson, seed);
            play(&mut session, &claim.deeds, claim.at, |_| {});
            if !holds(&session, &claim.holds) {
                wrong.push(format!("\"{}\" does not hold", claim.text));
            }
        }
        wrong
    });
}

#[test]
fn the_right_choice_is_what_happens() {
    check(|lesson, seed| {
        let mut wrong = Vec::new();
        for (at, step) in lesson.steps.iter().enumerate() {
            let Some(predict) = &step.predict else { continue };
            let experiment = predict.experiment.as_ref().expect("a prediction says how to try it");
            let mut session = open(lesson, at, seed);
            play(&mut session, &experiment.deeds, experiment.at, |_| {});
            for choice in &predict.choices {
                let condition = choice.holds.as_ref().expect("a choice says what holds if it is right");
                if holds(&session, condition) != choice.right {
                    wrong.push(format!("step {}: \"{}\" is marked wrongly", at + 1, choice.text));
                }
            }
        }
        wrong
    });
}

#[test]
fn tasks_wait_for_the_reader_and_can_be_done() {
    check(|lesson, seed| {
        let mut wrong = Vec::new();
        for (at, step) in lesson.steps.iter().enumerate() {
            let Some(task) = &step.task else { continue };
            let Some(last) = task.solution.last() else {
                wrong.push(format!("step {}: the task has no solution", at + 1));
                continue;
            };
            let done = |deeds: &[Timed], until| {
                let mut done = None;
                play(&mut open(lesson, at, seed), deeds, until, |session| {
                    if done.is_none() && holds(session, &task.when) {
                        done = Some(session.now());
                    }
                });
                done
            };
            if let Some(now) = done(&[], SimTime::ZERO + IDLE) {
                wrong.push(format!("step {}: looking on does the task in {} s", at + 1, now.as_secs()));
            }
            if done(&task.solution, last.at + IDLE).is_none_or(|now| now <= task.solution[0].at) {
                wrong.push(format!("step {}: the solution does not do the task", at + 1));
            }
        }
        wrong
    });
}

#[test]
fn notes_appear_when_their_fact_has_come() {
    check(|lesson, seed| {
        let mut wrong = Vec::new();
        for (at, step) in lesson.steps.iter().enumerate() {
            let tried = step.predict.as_ref().and_then(|predict| predict.experiment.as_ref());
            let solved = step.task.as_ref().map(|task| task.solution.as_slice());
            let deeds = tried.map(|experiment| experiment.deeds.as_slice()).or(solved).unwrap_or_default();
            for (place, note) in step.notes.iter().enumerate() {
                let mut seen = false;
                play(&mut open(lesson, at, seed), deeds, SimTime::ZERO + IDLE, |session| {
                    seen = seen || holds(session, &note.when);
                });
                if !seen {
                    wrong.push(format!("step {}: note {} never appears", at + 1, place + 1));
                }
            }
        }
        wrong
    });
}

#[test]
fn lessons_have_what_a_lesson_needs() {
    let lessons = lessons();
    for slug in SLUGS {
        assert!(lessons.iter().any(|(found, _)| found == slug), "there is no lesson {slug}");
    }
    for (slug, lesson) in &lessons {
        let steps = &lesson.steps;
        assert!((3..=7).contains(&steps.len()), "{slug} has {} steps", steps.len());
        let guesses = steps.iter().filter(|step| step.predict.is_some()).count();
        let tasks = steps.iter().filter(|step| step.task.is_some()).count();
        assert!(
            guesses >= 1 && tasks >= 1 && guesses + tasks >= 3,
            "{slug}: {guesses} guesses, {tasks} tasks"
        );
        assert!(steps.iter().any(|step| step.figure.show.len() == 2), "{slug} compares nothing");
        assert!(lesson.claims.len() >= 5, "{slug} claims little");
        assert!(
            steps.iter().any(|step| step.heading == "What real systems do"),
            "{slug} says nothing of real systems"
        );
        for (at, step) in steps.iter().enumerate() {
            // Else its figure would depend on how the reader came to it.
            assert!(step.figure.restart, "{slug}, step {}: the figure does not begin anew", at + 1);
            for path in step.figure.knobs.iter().flatten() {
                let known = |variant: &cascade::lesson::Variant| {
                    variant.scenario.view().knobs().iter().any(|knob| knob.path() == path)
                };
                assert!(lesson.variants.iter().any(known), "{slug}, step {}: no knob {path}", at + 1);
            }
        }
    }
}

#[test]
fn sentences_are_short() {
    for (slug, lesson) in lessons() {
        let paragraphs = lesson.steps.iter().flat_map(|step| &step.text);
        let text: Vec<String> = paragraphs.map(|spans| spans.iter().map(words).collect()).collect();
        let text = text.join(" ");
        let sentences = text.split_inclusive(['.', '!', '?', ':', ';']);
        let sentences = sentences.filter(|each| each.contains(' ')).count();
        let average = text.split_whitespace().count() as f64 / sentences as f64;
        assert!(average <= 16.0, "{slug}: {average} words a sentence");
    }
}

fn words(span: &Span) -> &str {
    match span {
        Span::Plain(words) | Span::Strong(words) | Span::Term(_, words) => words,
    }
}
