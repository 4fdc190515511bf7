//! A lesson that has one of everything, played in many ways.

use proptest::prelude::*;

use super::*;
use crate::base::{Json, SimDuration, SimTime};
use crate::lesson::Lesson;
use crate::session::Action;

/// A client calls a service twenty times a second. In the first step the service crashes for half a second, twice.
const LESSON: &str = r#"{
    "schema": 1, "title": "A crash", "summary": "S",
    "variants": [
        { "label": "One", "scenario": { "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": 20 } },
                     "operation": [ { "call": { "to": "app" } } ] },
            "app": { "kind": "service", "operations": { "default": [ { "work": "10ms" } ] } } } } },
        { "label": "Two", "scenario": { "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "constant": { "rate": 10 } },
                     "operation": [ { "call": { "to": "app" } } ] },
            "app": { "kind": "service", "operations": { "default": [ { "work": "10ms" } ] } } } } }
    ],
    "faults": [ { "label": "Crash", "fault": { "crash": { "node": "app" } } } ],
    "steps": [
        { "heading": "Choices", "text": [],
          "figure": { "show": "A", "restart": true, "knobs": [], "faults": [0] },
          "predict": { "question": "Q", "reveal": "R",
            "run": { "do": [ { "at": "5s", "inject": { "crash": { "node": "app" } }, "for": "1s" },
                             { "at": "8s", "inject": { "crash": { "node": "app" } }, "for": "1s" } ], "at": "15s" },
            "choices": [ { "text": "It fails", "right": true, "holds": "failed(web) in total > 9" },
                         { "text": "It does not", "holds": "failed(web) in total < 1" } ] },
          "notes": [ { "when": "crashed(app)", "text": "Down" }, { "when": "A.goodput(web) > 900/s", "text": "Never" } ] },
        { "heading": "Number", "text": [], "figure": { "restart": true },
          "predict": { "question": "Q", "reveal": "R", "run": { "at": "5s" },
            "number": { "value": "A.goodput(web) over 2s", "scale": ["0/s", "40/s"], "near": "2/s", "expect": ["19/s", "21/s"] } } },
        { "heading": "Curve", "text": [], "figure": { "restart": true },
          "predict": { "question": "Q", "reveal": "R",
            "run": { "do": [ { "at": "4s", "inject": { "crash": { "node": "app" } } } ], "at": "12s" },
            "curve": { "value": "A.goodput(web)", "scale": ["0/s", "40/s"], "near": "2/s",
              "expect": [ { "at": "3s", "between": ["19/s", "21/s"] }, { "at": "9s", "between": ["0/s", "1/s"] } ] } } },
        { "heading": "Task", "text": [],
          "figure": { "restart": true, "do": [ { "inject": { "slow": { "node": "app", "factor": 2 } } } ] },
          "task": { "text": "T", "when": "A.failed(web) > 9/s for 1s", "solution": [
              { "at": "3s", "inject": { "crash": { "node": "app" } }, "for": "3s" } ] },
          "quiz": [
            { "question": "Q", "answers": [ { "text": "Yes", "right": true, "because": "B" }, { "text": "No", "because": "B" } ] },
            { "question": "Q", "answers": [ { "text": "It fails", "right": true, "holds": "A.failed(web) > 9/s" },
                                            { "text": "It does not", "holds": "A.goodput(web) > 9/s", "because": "B" } ] } ] },
        { "heading": "Comparison", "text": [], "figure": { "restart": true },
          "compare": { "rows": [ { "text": "Goodput", "value": "goodput(web)" } ],
            "run": { "at": "10s" }, "holds": "A.goodput(web) > B.goodput(web)" } },
        { "heading": "End", "text": [] }
    ]
}"#;

fn lesson() -> Lesson {
    Lesson::read(LESSON, &[]).expect("a good lesson")
}

fn player() -> Player {
    Player::new(lesson()).expect("it runs")
}

fn secs(seconds: f64) -> SimTime {
    SimTime::from_secs(seconds)
}

/// How time passes: in frames of so many seconds at so many times the speed, at once, or there and back.
#[derive(Clone, Copy, Debug)]
enum Pace {
    Frames(f64, f64),
    AtOnce,
    ThereAndBack,
}

const PACES: [Pace; 6] = [
    Pace::AtOnce,
    Pace::Frames(0.016, 1.0),
    Pace::Frames(0.1, 37.0),
    Pace::Frames(0.033, 1000.0),
    Pace::Frames(0.007, 0.7),
    Pace::ThereAndBack,
];

impl Pace {
    fn pass(self, player: &mut Player, until: SimTime) {
        match self {
            Pace::AtOnce => {}
            Pace::Frames(wall, speed) => {
                player.run.session.set_speed(speed);
                player.run.session.set_playing(true);
                while player.run.session.now() + SimDuration::from_secs(wall * speed) < until {
                    player.frame(wall, || true);
                }
            }
            Pace::ThereAndBack => {
                let half = SimTime(until.0 / 2);
                player.run_until(half);
                for back in [half.0 / 3, half.0 / 2, 0] {
                    player.run.session.seek(SimTime(back));
                    player.look();
                }
            }
        }
        player.run_until(until);
    }
}

fn guess(player: &Player) -> &Guessed {
    player.state().guess.as_ref().expect("it asks for a guess")
}

/// Plays the whole lesson; what it says in every step.
fn played(pace: Pace) -> Vec<(StepState, Vec<Vec<Option<f64>>>)> {
    let mut player = player();
    let mut found = Vec::new();
    for at in 0..player.lesson().steps.len() {
        player.open(at);
        player.guess(GuessAction::Choose(0));
        player.guess(GuessAction::Curve(CurveEdit::Pen { column: 0, height: 0.5, first: true }));
        player.guess(GuessAction::Commit);
        let solution = player.step().task.as_ref().map_or(Vec::new(), |task| task.solution.clone());
        player.follow(&solution);
        // Once in the middle of a window.
        pace.pass(&mut player, secs(5.3));
        player.answer(0, 0);
        player.answer(1, 1);
        pace.pass(&mut player, secs(15.0));
        found.push((player.state().clone(), player.compared().to_vec()));
    }
    found
}

#[test]
fn what_is_said_depends_on_the_run_and_not_on_frames() {
    let expected = played(PACES[0]);
    for pace in &PACES[1..] {
        assert_eq!(format!("{:?}", played(*pace)), format!("{expected:?}"), "{pace:?}");
    }
    // And it is what there is to say.
    let [choices, number, curve, task, comparison, end] = expected.as_slice() else { panic!("{expected:?}") };
    let outcome = |step: &(StepState, _)| step.0.guess.as_ref().and_then(|guess| guess.outcome().cloned());
    assert_eq!(outcome(choices), Some(Outcome::Choices(vec![true, false])));
    // It was down for a second: a window in which somebody looks now and then may be missed.
    assert_eq!(choices.0.notes, [Some(secs(5.5)), None]);
    let Some(Outcome::Number { measured, right: true }) = outcome(number) else { panic!("{number:?}") };
    assert!((measured - 20.0).abs() < 1.0, "{measured}");
    let Some(Outcome::Curve { distance, right: false }) = outcome(curve) else { panic!("{curve:?}") };
    assert!(distance.mean > 5.0 && distance.furthest_s > 4.0, "{distance:?}");
    assert_eq!(curve.0.guess.as_ref().map(|guess| guess.measured().len()), Some(COLUMNS + 1));
    assert_eq!((task.0.task.share, task.0.task.done), (1.0, Some(secs(4.5))));
    let answered = |at: usize| task.0.answers[at].clone();
    let given = |answer| Some(Answered { answer, right: vec![true, false], tried: true });
    assert_eq!(answered(0), given(0));
    assert_eq!(answered(1), given(1), "wrong, and kept");
    assert_eq!(comparison.1, [[Some(20.0), Some(10.0)]]);
    assert_eq!(end.0, StepState::default());
}

#[test]
fn a_guess_is_committed_to_once() {
    let mut player = player();
    player.guess(GuessAction::Commit);
    player.guess(GuessAction::Choose(7));
    assert!(!guess(&player).is_made(), "there is nothing to commit to");
    player.guess(GuessAction::Choose(1));
    assert!(guess(&player).is_open() && player.run.session.playing());
    player.run_until(secs(6.0));
    for again in [GuessAction::Choose(0), GuessAction::Choose(1), GuessAction::Commit] {
        player.guess(again);
    }
    assert_eq!(player.run.session.now(), secs(6.0), "its run goes on");
    player.guess(GuessAction::Decide);
    while player.run.session.going().is_some() {
        player.frame(0.016, || true);
    }
    assert_eq!((guess(&player).draft(), player.run.session.now()), (&Draft::Choice(Some(1)), secs(15.0)));
    let decided = guess(&player).outcome().cloned();
    assert_eq!(decided, Some(Outcome::Choices(vec![true, false])), "a wrong guess");
    player.guess(GuessAction::Choose(0));
    assert_eq!(guess(&player).outcome().cloned(), decided);
    // The same run once more.
    player.guess(GuessAction::Decide);
    assert!(guess(&player).is_open() && player.run.session.now() == SimTime::ZERO);
    player.run_until(player.decided());
    assert_eq!(guess(&player).outcome().cloned(), decided);
    // Number and curve stay as they were committed to.
    player.open(1);
    player.guess(GuessAction::Place(999));
    player.guess(GuessAction::Commit);
    player.guess(GuessAction::Place(3));
    assert_eq!(guess(&player).draft(), &Draft::Place(SCALE));
    player.open(2);
    player.guess(GuessAction::Commit);
    assert!(!guess(&player).is_made(), "an empty curve");
    player.guess(GuessAction::Curve(CurveEdit::Raise(0.1)));
    player.guess(GuessAction::Commit);
    player.guess(GuessAction::Curve(CurveEdit::Clear));
    player.guess(GuessAction::Curve(CurveEdit::Go(5)));
    let Draft::Curve(drawn) = guess(&player).draft() else { panic!("{:?}", guess(&player)) };
    assert_eq!((drawn.at(), drawn.height(5)), (5, Some(0.6)), "one still goes along it");
}

#[test]
fn answers_stay_wherever_one_goes() {
    let mut player = player();
    player.open(3);
    player.answer(0, 1);
    player.answer(0, 0);
    player.answer(0, 9);
    player.answer(9, 0);
    player.answer(1, 7);
    let given = player.state().answers.clone();
    assert_eq!(given, [Some(Answered { answer: 1, right: vec![true, false], tried: true }), None]);
    player.run_until(secs(9.0));
    player.open(2);
    player.open(99);
    assert_eq!(player.at(), 2);
    player.open(3);
    assert_eq!((player.state().answers.clone(), player.run.session.now()), (given.clone(), SimTime::ZERO));
    player.restart();
    assert_eq!(player.state().answers, given);
    // A question that nothing of the run decides goes by the lesson.
    player.answer(1, 1);
    assert_eq!(
        player.state().answers[1],
        Some(Answered { answer: 1, right: vec![true, false], tried: false })
    );
}

#[test]
fn a_restart_breaks_again_what_the_step_breaks_and_keeps_what_is_done() {
    let mut player = player();
    player.open(3);
    let slow = Json::parse(r#"{ "slow": { "node": "app", "factor": 2 } }"#).expect("JSON");
    let crash = player.run.faults[0].faults.clone();
    player.run.press(0);
    player.run_until(secs(4.0));
    assert!(player.run.is_active(&crash) && player.state().task.done.is_some());
    let workers = "nodes.app.workers";
    player.run.set(workers, 7.0.into());
    player.restart();
    assert!(player.run.is_active(&[slow]) && !player.run.is_active(&crash));
    assert_eq!((player.run.session.now(), player.state().task.share), (SimTime::ZERO, 1.0));
    let set = |player: &Player| player.run.session.variants()[0].scenario().get(workers);
    assert_eq!(set(&player), Some(7.0.into()), "with the settings of now");
    player.open(3);
    assert_ne!(set(&player), Some(7.0.into()), "with the settings of the lesson");
    // A guess that is still open is run again from its beginning.
    player.open(0);
    player.guess(GuessAction::Choose(0));
    player.run_until(secs(7.0));
    player.restart();
    assert!(guess(&player).is_open());
    player.run_until(secs(15.0));
    assert_eq!(guess(&player).outcome(), Some(&Outcome::Choices(vec![true, false])));
}

#[test]
fn what_is_done_is_kept_from_visit_to_visit() {
    let mut player = player();
    let done = |player: &Player| (0..6).map(|at| player.is_done(at)).collect::<Vec<_>>();
    assert_eq!(done(&player), [false; 6]);
    player.guess(GuessAction::Choose(1));
    player.open(3);
    player.answer(0, 1);
    player.follow(&player.step().task.as_ref().expect("a task").solution.clone());
    player.run_until(secs(9.0));
    assert_eq!(done(&player), [true, false, false, false, false, false], "a question is left");
    let mut kept = Kept::default();
    kept.keep("older", &player);
    kept.keep("a-crash", &player);
    let bookmark = Kept::read(&kept.text()).bookmarks().pop().expect("it was begun");
    assert_eq!((bookmark.slug.as_str(), bookmark.at, bookmark.done, bookmark.of), ("a-crash", 3, 1, 6));

    // Another visit: what was done is done, what was not can be.
    let mut later = Player::new(lesson()).expect("it runs");
    Kept::read(&kept.text()).resume("a-crash", &mut later);
    assert_eq!(done(&later), done(&player));
    assert_eq!((later.edits(), &later.states()[3].answers), (0, &player.states()[3].answers));
    assert!(guess(&later).is_made() && guess(&later).outcome().is_none());
    later.open(0);
    later.run_until(secs(15.0));
    assert_eq!(
        guess(&later).outcome(),
        Some(&Outcome::Choices(vec![true, false])),
        "the run decides it anew"
    );
    later.open(3);
    later.answer(1, 0);
    assert!(later.is_done(3), "the task and the first question were done before");
    later.open(5);
    assert_eq!(
        done(&later),
        [true, false, false, true, true, true],
        "who goes on is done with what asks nothing"
    );
    kept.keep("a-crash", &later);
    assert_eq!(
        kept.bookmarks().iter().map(|each| each.slug.as_str()).collect::<Vec<_>>(),
        ["older", "a-crash"]
    );
    for begun in 0..MOST_KEPT {
        kept.keep(&format!("lesson-{begun}"), &later);
    }
    assert_eq!((kept.bookmarks().len(), kept.progress("a-crash", 6)), (MOST_KEPT, Progress::new(6)));
}

#[test]
fn what_was_said_is_taken_up_where_it_fits() {
    let mut player = player();
    player.open(1);
    player.guess(GuessAction::Place(70));
    player.guess(GuessAction::Commit);
    player.open(2);
    for (column, first) in [(10, true), (40, false)] {
        player.guess(GuessAction::Curve(CurveEdit::Pen { column, height: 0.25, first }));
    }
    player.guess(GuessAction::Commit);
    let mut kept = Kept::default();
    kept.keep("a-crash", &player);
    let mut later = Player::new(lesson()).expect("it runs");
    Kept::read(&kept.text()).resume("a-crash", &mut later);
    let drafts = |player: &Player| {
        player
            .states()
            .iter()
            .filter_map(|state| state.guess.as_ref())
            .map(|guess| guess.draft().clone())
            .collect::<Vec<_>>()
    };
    let [Draft::Choice(None), Draft::Place(70), Draft::Curve(drawn)] = &drafts(&later)[..] else {
        panic!("{:?}", drafts(&later))
    };
    assert_eq!((drawn.height(0), drawn.height(40)), (Some(0.25), Some(0.25)));
    // A lesson that has changed since, or nonsense: nothing was said.
    for said in [
        r#"[{"answers": [], "guess": 2}, {"guess": 101}, {"guess": [null, null]}]"#,
        r#"[{"guess": -1}, {"guess": "x"}, {"guess": 7}, {"answers": [[2, [1, 0], 1], [0, [1], 1]]}]"#,
        r#"[7, null, [], {"answers": [[-1, [1, 0], 1], {}]}]"#,
    ] {
        let mut later = Player::new(lesson()).expect("it runs");
        Kept::read(&format!(r#"{{"a-crash": {{"said": {said}}}}}"#)).resume("a-crash", &mut later);
        let untouched = Player::new(lesson()).expect("it runs");
        assert_eq!(later.states(), untouched.states(), "{said}");
    }
}

#[test]
fn an_answer_can_be_taken_back_and_tried() {
    let mut player = player();
    player.open(3);
    player.run_until(secs(2.0));
    player.answer(1, 0);
    let answered = |player: &Player| player.state().answers[1].clone().expect("an answer");
    // Nothing crashed: in this run the second answer is right, and the conditions were met by it.
    assert_eq!((answered(&player).right, answered(&player).tried), (vec![false, true], true));
    player.ask_again(1);
    player.ask_again(9);
    assert_eq!((player.state().answers[1].clone(), player.edits()), (None, 2));
    player.restart();
    player.answer(1, 0);
    assert_eq!(
        (answered(&player).right, answered(&player).tried),
        (vec![true, false], false),
        "nothing is measured yet"
    );
}

#[test]
fn another_future_is_looked_at_anew() {
    let mut player = player();
    player.open(2);
    player.guess(GuessAction::Curve(CurveEdit::Raise(0.0)));
    player.guess(GuessAction::Commit);
    player.run_until(secs(11.0));
    // What was not measured is no number, which equals none.
    let seen = |found: &f64| if found.is_nan() { -1.0 } else { *found };
    let measured = |player: &Player| guess(player).measured().iter().map(seen).collect::<Vec<_>>();
    let before = measured(&player);
    // Back to before the crash, mended on the way, and on in one go.
    player.run.session.seek(secs(4.2));
    let fault = player.run.faults[0].faults[0].clone();
    player.run.session.act(Action::Heal { fault }).expect("it is broken");
    player.run.session.run_until(secs(11.0));
    player.look();
    let after = measured(&player);
    assert_eq!((before.len(), &before[..20]), (after.len(), &after[..20]));
    assert!(before[40] < 1.0 && after[40] > 19.0, "{before:?} {after:?}");
    // And back in the future that was left.
    assert!(player.run.session.unfork());
    while player.run.session.going().is_some() {
        player.run.session.frame(0.1, || true);
    }
    player.look();
    assert_eq!(measured(&player), before);
}

#[test]
fn a_lesson_has_a_step() {
    let without = Lesson { steps: Vec::new(), ..lesson() };
    assert!(Player::new(without).is_err_and(|problems| problems[0].path == "steps"));
}

/// Something that a person does.
#[derive(Clone, Copy, Debug)]
enum Doing {
    Open(usize),
    Restart,
    Guess(GuessAction),
    Answer(usize, usize),
    Press(usize),
    Pass(u64),
    Seek(u64),
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        (0..7usize).prop_map(Doing::Open),
        Just(Doing::Restart),
        (0..3usize).prop_map(|choice| Doing::Guess(GuessAction::Choose(choice))),
        (0..150usize).prop_map(|place| Doing::Guess(GuessAction::Place(place))),
        (0..70usize, 0.0..1.0f64, any::<bool>())
            .prop_map(|(column, height, first)| CurveEdit::Pen { column, height, first })
            .prop_map(|edit| Doing::Guess(GuessAction::Curve(edit))),
        Just(Doing::Guess(GuessAction::Curve(CurveEdit::Clear))),
        Just(Doing::Guess(GuessAction::Commit)),
        Just(Doing::Guess(GuessAction::Decide)),
        (0..3usize, 0..3usize).prop_map(|(question, answer)| Doing::Answer(question, answer)),
        (0..2usize).prop_map(Doing::Press),
        (0..9_000u64).prop_map(Doing::Pass),
        (0..9_000u64).prop_map(Doing::Seek),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever is done in whatever order: what is made, answered or done stays so, and what is open is a step.
    #[test]
    fn nothing_that_is_done_is_lost(doings in prop::collection::vec(doing(), 1..40)) {
        let mut player = player();
        let mut states = vec![StepState::default(); 6];
        let mut done = [false; 6];
        for each in doings {
            match each {
                Doing::Open(step) => player.open(step),
                Doing::Restart => player.restart(),
                Doing::Guess(action) => player.guess(action),
                Doing::Answer(question, answer) => player.answer(question, answer),
                Doing::Press(button) => player.run.press(button),
                Doing::Pass(millis) => {
                    let until = player.run.session.now() + SimDuration::from_millis(millis);
                    player.run_until(until);
                }
                Doing::Seek(millis) => player.run.session.seek(SimTime::ZERO + SimDuration::from_millis(millis)),
            }
            player.look();
            let (at, state) = (player.at(), player.state().clone());
            prop_assert!(at < 6);
            let before = std::mem::replace(&mut states[at], state.clone());
            if let (Some(was), Some(is)) = (&before.guess, &state.guess) {
                prop_assert!(!was.is_made() || is.is_made());
                // Along a curve that is made one still goes; what it says stays.
                prop_assert!(!was.is_made() || matches!(was.draft(), Draft::Curve(_)) || was.draft() == is.draft());
                prop_assert!(is.outcome().is_none() || is.is_made());
            }
            prop_assert!(before.task.done.is_none() || before.task.done == state.task.done);
            prop_assert!((0.0..=1.0).contains(&state.task.share));
            let kept = |was: &Option<Answered>, is: &Option<Answered>| was.is_none() || was == is;
            prop_assert!(before.answers.iter().zip(&state.answers).all(|(was, is)| kept(was, is)));
            let kept = |was: &Option<SimTime>, is: &Option<SimTime>| was.is_none() || was == is;
            prop_assert!(before.notes.iter().zip(&state.notes).all(|(was, is)| kept(was, is)));
            for (at, was) in done.iter_mut().enumerate() {
                prop_assert!(!*was || player.is_done(at));
                *was = player.is_done(at);
            }
        }
    }
}

#[test]
fn a_recap_tells_what_came_of_it_all() {
    let mut player = player();
    let recap = player.recap();
    assert_eq!(recap.guesses, [(0, None), (1, None), (2, None)]);
    assert_eq!((recap.tasks, recap.answers), (Tally { count: 0, of: 1 }, Tally { count: 0, of: 2 }));
    assert_eq!(recap.open, Some(0));
    player.guess(GuessAction::Choose(1));
    player.run_until(secs(15.0));
    player.open(3);
    player.answer(0, 0);
    player.answer(1, 1);
    player.follow(&player.step().task.as_ref().expect("a task").solution.clone());
    player.run_until(secs(9.0));
    player.open(5);
    let recap = player.recap();
    assert_eq!(recap.guesses, [(0, Some(false)), (1, None), (2, None)]);
    assert_eq!((recap.tasks, recap.answers), (Tally { count: 1, of: 1 }, Tally { count: 1, of: 2 }));
    assert_eq!(recap.open, Some(1));
    // What came of a guess is known at the next visit as well, before its run has decided it again.
    let mut kept = Kept::default();
    kept.keep("a-crash", &player);
    let mut later = Player::new(lesson()).expect("it runs");
    Kept::read(&kept.text()).resume("a-crash", &mut later);
    assert_eq!(later.recap(), recap);
}
