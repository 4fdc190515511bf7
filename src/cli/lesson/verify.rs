//! Whether a lesson is true: its claims, predictions, tasks, cues, comparisons and questions, each under several seeds.

use cascade::base::{Json, SimDuration, SimTime};
use cascade::lesson::{Claim, Condition, Experiment, Guess, LaneNumbers, Lesson, Quantity, Step, Timed};
use cascade::session::{Action, Session, Variant};
use rayon::prelude::*;

/// A reader who only looks on has looked for so long.
const IDLE: SimDuration = SimDuration::from_millis(90_000);

/// Conditions change when a window closes.
const GLANCE: SimDuration = SimDuration::from_millis(500);

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

    /// The variants from time zero.
    fn begin(&self) -> Result<Session, String> {
        let mut variants = Vec::new();
        for Variant { label, scenario } in &self.lesson.variants {
            let scenario = scenario
                .with("seed", &Json::Number(self.seed as f64))
                .map_err(|wrong| format!("{wrong:?}"))?;
            variants.push(Variant { label: label.clone(), scenario });
        }
        Session::new(variants, 1.0).map_err(|wrong| format!("{wrong:?}"))
    }

    /// The figure as it is when a step has opened.
    fn open(&self, step: &Step) -> Result<Session, String> {
        let mut session = self.begin()?;
        step.figure.deeds.iter().try_for_each(|deed| act(&mut session, deed))?;
        Ok(session)
    }

    fn claim(&self, claim: &Claim) -> Tried {
        let mut session = self.begin()?;
        play(&mut session, &claim.deeds, claim.at, |_| false)?;
        said(holds(&session, &claim.holds), "it does not hold")
    }

    fn prediction(&self, at: usize) -> Tried {
        let step = &self.lesson.steps[at];
        let Some((predict, run)) = step.predict.as_ref().and_then(|p| Some((p, p.experiment.as_ref()?)))
        else {
            return Err("it does not say how to try it".to_owned());
        };
        let mut session = self.open(step)?;
        match &predict.guess {
            Guess::Choice(choices) => {
                play(&mut session, &run.deeds, run.at, |_| false)?;
                for choice in choices {
                    let so = choice.holds.as_ref().map(|condition| holds(&session, condition));
                    said(so == Some(choice.right), &marked(&choice.text))?;
                }
                Ok(())
            }
            Guess::Number { scale, expect, .. } => {
                play(&mut session, &run.deeds, run.at, |_| false)?;
                within(&session, &scale.quantity, *expect, "the outcome")?;
                within(&session, &scale.quantity, (scale.from, scale.to), "the scale")
            }
            Guess::Curve { scale, expect, .. } => {
                let mut left = expect.clone();
                let mut outcome = Ok(());
                play(&mut session, &run.deeds, run.at, |session| {
                    let shown = value(session, &scale.quantity).map(|_| (scale.from, scale.to));
                    if let (Some(shown), true) = (shown, outcome.is_ok()) {
                        outcome = within(session, &scale.quantity, shown, "the scale");
                    }
                    left.retain(|(at, low, high)| {
                        let due = *at <= session.now();
                        if due && outcome.is_ok() {
                            let what = format!("the curve at {} s", at.as_secs());
                            outcome = within(session, &scale.quantity, (*low, *high), &what);
                        }
                        !due
                    });
                    outcome.is_err()
                })?;
                outcome?;
                said(left.is_empty(), "an instant of the curve comes after its end")
            }
        }
    }

    fn task(&self, at: usize) -> Tried {
        let step = &self.lesson.steps[at];
        let Some(task) = &step.task else { return Ok(()) };
        let (Some(first), Some(last)) = (task.solution.first(), task.solution.last()) else {
            return Err("it has no solution".to_owned());
        };
        let done = |deeds: &[Timed], until| -> Result<Option<SimTime>, String> {
            let mut session = self.open(step)?;
            let done = play(&mut session, deeds, until, |session| holds(session, &task.when))?;
            Ok(done.then(|| session.now()))
        };
        if let Some(now) = done(&[], SimTime::ZERO + IDLE)? {
            return Err(format!("looking on does it in {} s", now.as_secs()));
        }
        let solved = done(&task.solution, last.at + IDLE)?;
        said(solved.is_some_and(|now| now > first.at), "the solution does not do it")
    }

    fn cue(&self, at: usize, note: usize) -> Tried {
        let step = &self.lesson.steps[at];
        let when = &step.notes[note].when;
        let run = |run: &Option<Experiment>| run.as_ref().map(|run| run.deeds.clone());
        let tried = step.predict.as_ref().and_then(|predict| run(&predict.experiment));
        let tried = tried.or_else(|| step.task.as_ref().map(|task| task.solution.clone()));
        let tried = tried.or_else(|| step.compare.as_ref().and_then(|compare| run(&compare.experiment)));
        let mut session = self.open(step)?;
        let seen = play(&mut session, &tried.unwrap_or_default(), SimTime::ZERO + IDLE, |s| holds(s, when))?;
        said(seen, "it never appears")
    }

    fn comparison(&self, at: usize) -> Tried {
        let step = &self.lesson.steps[at];
        let Some(compare) = &step.compare else { return Ok(()) };
        let (Some(run), Some(condition)) = (&compare.experiment, &compare.holds) else {
            return Err("it does not say what it shows, and when".to_owned());
        };
        let mut session = self.open(step)?;
        play(&mut session, &run.deeds, run.at, |_| false)?;
        for (_, quantities) in &compare.rows {
            for quantity in quantities {
                said(value(&session, quantity).is_some(), "a number of it is not measured")?;
            }
        }
        said(holds(&session, condition), "it does not hold")
    }

    fn question(&self, at: usize, quiz: usize) -> Tried {
        let step = &self.lesson.steps[at];
        let question = &step.quiz[quiz];
        let Some(run) = &question.experiment else { return Ok(()) };
        let mut session = self.open(step)?;
        play(&mut session, &run.deeds, run.at, |_| false)?;
        for answer in &question.answers {
            let so = answer.holds.as_ref().map(|condition| holds(&session, condition));
            said(so.is_none_or(|so| so == answer.right), &marked(&answer.text))?;
        }
        Ok(())
    }
}

fn said(so: bool, otherwise: &str) -> Tried {
    if so { Ok(()) } else { Err(otherwise.to_owned()) }
}

fn marked(text: &[cascade::lesson::Span]) -> String {
    let words: String = text.iter().map(cascade::lesson::Span::words).collect();
    format!("\"{words}\" is marked wrongly")
}

fn within(session: &Session, quantity: &Quantity, (low, high): (f64, f64), what: &str) -> Tried {
    match value(session, quantity) {
        Some(value) if (low..=high).contains(&value) => Ok(()),
        Some(value) => Err(format!("{what}: {value:.3} is not between {low} and {high}")),
        None => Err(format!("{what}: nothing was measured")),
    }
}

fn act(session: &mut Session, deed: &Action) -> Tried {
    session.act(deed.clone()).map_err(|problems| format!("{deed:?}: {problems:?}"))
}

/// Plays to `until`, does each deed at its instant, and asks at every glance whether that is enough. Whether it was.
fn play(
    session: &mut Session,
    deeds: &[Timed],
    until: SimTime,
    mut enough: impl FnMut(&Session) -> bool,
) -> Result<bool, String> {
    let mut deeds = deeds.iter().peekable();
    let mut now = session.now();
    while now < until {
        now = (now + GLANCE).min(until);
        while let Some(timed) = deeds.next_if(|timed| timed.at <= now) {
            session.run_until(timed.at);
            act(session, &timed.deed)?;
        }
        session.run_until(now);
        if enough(session) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn holds(session: &Session, condition: &Condition) -> bool {
    let lanes = session.lanes().iter().map(|lane| LaneNumbers::of(lane.telemetry()));
    condition.holds(&lanes.collect::<Vec<_>>(), session.now())
}

fn value(session: &Session, quantity: &Quantity) -> Option<f64> {
    let lanes = session.lanes().iter().map(|lane| LaneNumbers::of(lane.telemetry()));
    quantity.value(&lanes.collect::<Vec<_>>(), SimTime::ZERO, session.now())
}
