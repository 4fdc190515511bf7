//! Whether a lesson is true: its claims, predictions, tasks, cues, comparisons and questions, each under several seeds.

use cascade::base::{Json, SimDuration, SimTime};
use cascade::lesson::player::{CurveEdit, GuessAction, Player};
use cascade::lesson::{Claim, Guess, Lesson, Measurements, Quantity, Scale, Span};
use cascade::session::{Action, Session, TimedAction, Variant};
use cascade::telemetry::WIDTH;
use rayon::prelude::*;

/// A learner who only looks on has looked for so long.
const IDLE: SimDuration = SimDuration::from_millis(90_000);

/// So far a run goes before it is asked whether that was enough.
const STRIDE: SimDuration = SimDuration::from_millis(5_000);

/// Kinds of things that can be true, as the table calls them.
pub const KINDS: [&str; 6] = ["claims", "predictions", "tasks", "cues", "comparisons", "questions"];

/// Something that must be true.
#[derive(Clone, Copy)]
enum Item<'a> {
    Claim(&'a Claim),
    Prediction(usize),
    Task(usize),
    Cue(usize, usize),
    Comparison(usize),
    Question(usize, usize),
}

/// What came of one of them.
pub struct Verdict {
    /// Its kind, by place in [`KINDS`].
    pub kind: usize,
    /// What is wrong, with the seed; empty where it is true.
    pub wrong: Vec<String>,
}

/// Seeds to try: the lesson's own, and others.
pub fn seeds(lesson: &Lesson, count: u64) -> Vec<u64> {
    let own = lesson.variants.first().map_or(1, |variant| variant.scenario.seed());
    std::iter::once(own).chain((1..).filter(|seed| *seed != own)).take(count as usize).collect()
}

/// Tries all that must be true under all these seeds, on all cores.
pub fn verify(lesson: &Lesson, seeds: &[u64]) -> Vec<Verdict> {
    let items = items(lesson);
    let all: Vec<(usize, u64)> =
        (0..items.len()).flat_map(|at| seeds.iter().map(move |seed| (at, *seed))).collect();
    let tried: Vec<(usize, Vec<String>)> = all
        .par_iter()
        .map(|(at, seed)| {
            let wrong = Trial { lesson, seed: *seed }.wrong(items[*at]);
            (*at, wrong.into_iter().map(|each| format!("seed {seed}: {each}")).collect())
        })
        .collect();
    let verdict = |(at, item): (usize, &Item)| Verdict {
        kind: item.kind(),
        wrong: tried.iter().filter(|(tried, _)| *tried == at).flat_map(|(_, wrong)| wrong.clone()).collect(),
    };
    items.iter().enumerate().map(verdict).collect()
}

fn items(lesson: &Lesson) -> Vec<Item<'_>> {
    let mut items: Vec<Item> = lesson.claims.iter().map(Item::Claim).collect();
    for (at, step) in lesson.steps.iter().enumerate() {
        items.extend(step.predict.iter().map(|_| Item::Prediction(at)));
        items.extend(step.task.iter().map(|_| Item::Task(at)));
        items.extend((0..step.notes.len()).map(|note| Item::Cue(at, note)));
        items.extend(step.compare.iter().map(|_| Item::Comparison(at)));
        items.extend((0..step.quiz.len()).map(|quiz| Item::Question(at, quiz)));
    }
    items
}

impl Item<'_> {
    fn kind(self) -> usize {
        match self {
            Item::Claim(_) => 0,
            Item::Prediction(_) => 1,
            Item::Task(_) => 2,
            Item::Cue(..) => 3,
            Item::Comparison(_) => 4,
            Item::Question(..) => 5,
        }
    }
}

/// A lesson under a seed.
struct Trial<'a> {
    lesson: &'a Lesson,
    seed: u64,
}

type Tried = Result<(), String>;

impl Trial<'_> {
    /// What is wrong with an item.
    fn wrong(&self, item: Item) -> Option<String> {
        let (place, tried) = match item {
            Item::Claim(claim) => (format!("claim \"{}\"", claim.text), self.claim(claim)),
            Item::Prediction(at) => (format!("step {}, prediction", at + 1), self.prediction(at)),
            Item::Task(at) => (format!("step {}, task", at + 1), self.task(at)),
            Item::Cue(at, note) => (format!("step {}, cue {}", at + 1, note + 1), self.cue(at, note)),
            Item::Comparison(at) => (format!("step {}, comparison", at + 1), self.comparison(at)),
            Item::Question(at, quiz) => {
                (format!("step {}, question {}", at + 1, quiz + 1), self.question(at, quiz))
            }
        };
        tried.err().map(|why| format!("{place}: {why}"))
    }

    /// The variants under the seed.
    fn variants(&self) -> Result<Vec<Variant>, String> {
        let seed = Json::Number(self.seed as f64);
        let variant = |Variant { label, scenario }: &Variant| {
            let scenario = scenario.with("seed", &seed).map_err(|wrong| format!("{wrong:?}"))?;
            Ok(Variant { label: label.clone(), scenario })
        };
        self.lesson.variants.iter().map(variant).collect()
    }

    /// A learner at a step that has just opened.
    fn open(&self, at: usize) -> Result<Player, String> {
        let lesson = Lesson { variants: self.variants()?, ..self.lesson.clone() };
        let mut session = begin(lesson.variants.clone())?;
        can_be_done(&mut session, &self.lesson.steps[at].figure.actions)?;
        let mut player = Player::new(lesson).map_err(|wrong| format!("{wrong:?}"))?;
        player.open(at);
        Ok(player)
    }

    fn claim(&self, claim: &Claim) -> Tried {
        let mut session = begin(self.variants()?)?;
        for TimedAction { at, action } in claim.actions.iter().filter(|timed| timed.at <= claim.at) {
            session.run_until(*at);
            act(&mut session, action)?;
        }
        session.run_until(claim.at);
        said(claim.holds.holds(&Measurements::all(&session), session.now()), "it does not hold")
    }

    fn prediction(&self, at: usize) -> Tried {
        let mut player = self.open(at)?;
        let step = &self.lesson.steps[at];
        let Some((predict, run)) = step.predict.as_ref().and_then(|p| Some((p, p.experiment.as_ref()?)))
        else {
            return Err("it does not say how to try it".to_owned());
        };
        commit(&mut player, &run.actions)?;
        match &predict.guess {
            Guess::Choice(choices) => {
                player.run_until(player.decided());
                for choice in choices {
                    let so = choice.holds.as_ref().map(|condition| player.holds(condition));
                    said(so == Some(choice.right), &marked(&choice.text))?;
                }
            }
            Guess::Number { scale, expect, .. } => {
                player.run_until(player.decided());
                within(&player, &scale.quantity, *expect, "the outcome")?;
                within(&player, &scale.quantity, (scale.from, scale.to), "the scale")?;
            }
            Guess::Curve { scale, expect, .. } => curve(&mut player, scale, expect, run.at)?,
        }
        said(
            player.state().guess.as_ref().is_some_and(|guess| guess.outcome().is_some()),
            "it is not decided",
        )
    }

    fn task(&self, at: usize) -> Tried {
        let Some(task) = &self.lesson.steps[at].task else { return Ok(()) };
        let (Some(first), Some(last)) = (task.solution.first(), task.solution.last()) else {
            return Err("it has no solution".to_owned());
        };
        let done = |player: &Player| player.state().task.done;
        let mut player = self.open(at)?;
        play(&mut player, SimTime::ZERO + IDLE, |player| done(player).is_some());
        if let Some(now) = done(&player) {
            return Err(format!("looking on does it in {} s", now.as_secs()));
        }
        let mut player = self.open(at)?;
        follow(&mut player, &task.solution)?;
        play(&mut player, last.at + IDLE, |player| done(player).is_some());
        said(done(&player).is_some_and(|now| now > first.at), "the solution does not do it")
    }

    fn cue(&self, at: usize, note: usize) -> Tried {
        let mut player = self.open(at)?;
        let step = &self.lesson.steps[at];
        if let Some(run) = step.predict.as_ref().and_then(|predict| predict.experiment.as_ref()) {
            commit(&mut player, &run.actions)?;
        } else if let Some(task) = &step.task {
            follow(&mut player, &task.solution)?;
        } else if let Some(run) = step.compare.as_ref().and_then(|compare| compare.experiment.as_ref()) {
            follow(&mut player, &run.actions)?;
        }
        let seen = |player: &Player| player.state().notes[note].is_some();
        play(&mut player, SimTime::ZERO + IDLE, seen);
        said(seen(&player), "it never appears")
    }

    fn comparison(&self, at: usize) -> Tried {
        let Some(compare) = &self.lesson.steps[at].compare else { return Ok(()) };
        let (Some(run), Some(condition)) = (&compare.experiment, &compare.holds) else {
            return Err("it does not say what it shows, and when".to_owned());
        };
        let mut player = self.open(at)?;
        follow(&mut player, &run.actions)?;
        player.run_until(run.at);
        let measured = player.compared().iter().flatten().all(Option::is_some);
        said(measured && !player.compared().is_empty(), "a number of it is not measured")?;
        said(player.holds(condition), "it does not hold")
    }

    fn question(&self, at: usize, quiz: usize) -> Tried {
        let question = &self.lesson.steps[at].quiz[quiz];
        let Some(run) = &question.experiment else { return Ok(()) };
        let mut player = self.open(at)?;
        follow(&mut player, &run.actions)?;
        player.run_until(run.at);
        for answer in &question.answers {
            let so = answer.holds.as_ref().map(|condition| player.holds(condition));
            said(so.is_none_or(|so| so == answer.right), &marked(&answer.text))?;
        }
        Ok(())
    }
}

fn begin(variants: Vec<Variant>) -> Result<Session, String> {
    Session::new(variants, 1.0).map_err(|wrong| format!("{wrong:?}"))
}

fn act(session: &mut Session, action: &Action) -> Tried {
    session.act(action.clone()).map_err(|problems| format!("{action:?}: {problems:?}"))
}

/// Whether actions can be done one after the other: what a player could not do then, it would leave out.
fn can_be_done<'a>(session: &mut Session, actions: impl IntoIterator<Item = &'a Action>) -> Tried {
    actions.into_iter().try_for_each(|action| act(session, action))
}

/// The player does these actions at their instants.
fn follow(player: &mut Player, script: &[TimedAction]) -> Tried {
    can_be_done(&mut player.run.session.clone(), script.iter().map(|timed| &timed.action))?;
    player.follow(script);
    Ok(())
}

/// Commits to some guess, whatever it is: the run then does what decides it.
fn commit(player: &mut Player, script: &[TimedAction]) -> Tried {
    can_be_done(&mut player.run.session.clone(), script.iter().map(|timed| &timed.action))?;
    let draws = CurveEdit::Pen { column: 0, height: 0.5, first: true };
    for action in [GuessAction::Choose(0), GuessAction::Curve(draws), GuessAction::Commit] {
        player.guess(action);
    }
    Ok(())
}

/// Plays to `until`, or until that is enough.
fn play(player: &mut Player, until: SimTime, enough: impl Fn(&Player) -> bool) {
    while player.run.session.now() < until && !enough(player) {
        player.run_until(until.min(player.run.session.now() + STRIDE));
    }
}

/// Whether a curve stays within its scale, and within what is expected at some instants.
fn curve(player: &mut Player, scale: &Scale, expect: &[(SimTime, f64, f64)], until: SimTime) -> Tried {
    player.run_until(player.decided());
    let mut left = expect.to_vec();
    let mut now = SimTime::ZERO;
    while now < until {
        now = (now + WIDTH).min(until);
        if player.value(&scale.quantity, now).is_some() {
            within_at(player, &scale.quantity, now, (scale.from, scale.to), "the scale")?;
        }
        let due = |(at, ..): &(SimTime, f64, f64)| *at <= now;
        for (at, low, high) in left.extract_if(.., |each| due(each)) {
            let what = format!("the curve at {} s", at.as_secs());
            within_at(player, &scale.quantity, now, (low, high), &what)?;
        }
    }
    said(left.is_empty(), "an instant of the curve comes after its end")
}

fn said(so: bool, otherwise: &str) -> Tried {
    if so { Ok(()) } else { Err(otherwise.to_owned()) }
}

fn marked(text: &[Span]) -> String {
    let words: String = text.iter().map(Span::words).collect();
    format!("\"{words}\" is marked wrongly")
}

fn within(player: &Player, quantity: &Quantity, range: (f64, f64), what: &str) -> Tried {
    within_at(player, quantity, player.run.session.now(), range, what)
}

fn within_at(
    player: &Player,
    quantity: &Quantity,
    at: SimTime,
    (low, high): (f64, f64),
    what: &str,
) -> Tried {
    match player.value(quantity, at) {
        Some(value) if (low..=high).contains(&value) => Ok(()),
        Some(value) => Err(format!("{what}: {value:.3} is not between {low} and {high}")),
        None => Err(format!("{what}: nothing was measured")),
    }
}
