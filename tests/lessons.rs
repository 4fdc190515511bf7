//! Every lesson is true: what it claims, what its predictions mark as right, what its tasks ask for.
//!
//! The command line checks it, as `cargo xtask lesson check` does; here it is only asked.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cascade::base::{SimDuration, SimTime};
use cascade::lesson::Lesson;
use cascade::lesson::player::{CurveEdit, GuessAction, Player, StepState};

/// The lessons that there must be.
const SLUGS: [&str; 14] = [
    "a-call-that-blocks",
    "the-chain",
    "cascading-failure",
    "timeouts-and-retries",
    "the-circuit-breaker",
    "the-api-gateway",
    "put-a-queue-between",
    "point-to-point",
    "the-poison-message",
    "broadcast",
    "the-log",
    "no-message-lost",
    "queue-or-log",
    "three-ways-to-a-loan",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Asks `cascade lesson`; what it printed, if it went well.
fn lesson(arguments: &[&str], folders: &[&Path]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cascade"));
    let done =
        command.arg("lesson").args(arguments).args(folders).output().expect("it was built for this test");
    let out = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{out}{}", String::from_utf8_lossy(&done.stderr));
    out
}

/// An empty folder of this name.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("cascade-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn lessons_are_true_under_ten_seeds() {
    let table = lesson(&["check"], &[&root().join("static/lessons")]);
    for slug in SLUGS {
        assert!(table.contains(slug), "there is no lesson {slug}:\n{table}");
    }
}

/// Goes through a lesson as a learner does who solves every task: guesses, acts as the solutions say, answers. Time
/// passes in frames of so many seconds at so many times the speed, or at once. What every step comes to.
fn played(slug: &str, frames: Option<(f64, f64)>) -> Vec<(StepState, Vec<Vec<Option<f64>>>)> {
    let file = root().join("static/pages/lessons").join(slug).join("lesson.json");
    let lesson = Lesson::read(&fs::read_to_string(file).unwrap(), &[]).expect("a good lesson");
    let mut player = Player::new(lesson).expect("it runs");
    let steps = 0..player.lesson().steps.len();
    let mut found = Vec::new();
    for at in steps.clone() {
        player.open(at);
        let step = player.step().clone();
        let draws = CurveEdit::Pen { column: 0, height: 0.5, first: true };
        for action in [GuessAction::Choose(1), GuessAction::Curve(draws), GuessAction::Commit] {
            player.guess(action);
        }
        let compared = step.compare.and_then(|compare| compare.experiment).map(|run| run.actions);
        player.follow(&step.task.map(|task| task.solution).or(compared).unwrap_or_default());
        let until = SimTime::from_secs(100.0);
        if let Some((wall, speed)) = frames {
            player.run.session.set_speed(speed);
            player.run.session.set_playing(true);
            while player.run.session.now() + SimDuration::from_secs(wall * speed) < until {
                player.frame(wall, || true);
            }
        }
        player.run_until(until);
        (0..step.quiz.len()).for_each(|question| player.answer(question, question % 2));
        found.push((player.state().clone(), player.compared().to_vec()));
    }
    assert!(steps.clone().all(|at| player.is_done(at)), "{slug}: a step cannot be done");
    found
}

#[test]
fn lessons_can_be_gone_through_and_say_the_same_at_every_pace() {
    for slug in SLUGS {
        let at_once = format!("{:?}", played(slug, None));
        for frames in [(0.016, 7.0), (0.1, 1000.0)] {
            assert_eq!(format!("{:?}", played(slug, Some(frames))), at_once, "{slug}, {frames:?}");
        }
    }
}

/// A button calls a fault what its card calls it.
#[test]
fn a_fault_has_one_name() {
    for slug in SLUGS {
        let text = fs::read_to_string(root().join("static/lessons").join(slug).join("lesson.md")).unwrap();
        assert!(
            !text.contains(" hang") && !text.contains(" hung"),
            "{slug}: a node that stands still is paused"
        );
        for label in text.lines().filter_map(|line| line.strip_prefix(":::fault ")) {
            let block = text.split(&[":::fault ", label].concat()).nth(1).unwrap_or_default();
            let fault = block.split(":::").next().unwrap_or_default();
            for (kind, word) in [("\"pause\"", "pause"), ("\"slow\"", "slow"), ("\"surge\"", "urge")] {
                assert!(!fault.contains(kind) || label.contains(word), "{slug}: {label} is a {kind}");
            }
        }
    }
}

#[test]
fn the_skeleton_of_a_lesson_is_a_lesson() {
    let lessons = folder("skeleton");
    let own = lessons.join("a-new-lesson");
    fs::create_dir_all(&own).unwrap();
    for entry in fs::read_dir(root().join("xtask/src/skeleton")).unwrap() {
        let from = entry.unwrap().path();
        fs::copy(&from, own.join(from.file_name().unwrap())).unwrap();
    }
    // The words that it has in braces.
    fs::write(lessons.join("glossary.md"), "## request\n\nA call.\n\n## blocked\n\nIt waits.\n").unwrap();
    let table = lesson(&["check"], &[&lessons]);
    assert!(table.contains("a-new-lesson"), "{table}");
    fs::remove_dir_all(lessons).unwrap();
}

#[test]
fn a_lesson_adds_at_most_30_kilobytes() {
    let out = folder("lessons");
    lesson(&["build"], &[&root().join("static/lessons"), &out]);
    for slug in SLUGS {
        let size = fs::metadata(out.join(slug).join("lesson.json")).unwrap().len();
        assert!(size <= 30 * 1024, "{slug}: {size} bytes");
    }
    let list = fs::read_to_string(out.join("index.json")).unwrap();
    let pictures = fs::read_to_string(out.join("pictures.svg")).unwrap();
    for slug in SLUGS {
        assert_eq!(pictures.matches(&format!("<symbol id=\"{slug}\"")).count(), 1, "{slug}");
    }
    assert!(
        pictures.len() < SLUGS.len() * 1000,
        "a picture is a few hundred bytes: {} in all",
        pictures.len()
    );
    let place = |slug: &str| list.find(&["\"", slug, "\""].concat());
    let places = SLUGS.map(place);
    assert!(places[0].is_some() && places.is_sorted(), "in the order of the course: {list}");
    fs::remove_dir_all(out).unwrap();
}
