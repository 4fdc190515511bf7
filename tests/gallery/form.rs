//! What every entry has: words that can be read at a glance, faults that come and go, knobs that can be turned, a pace
//! that a page can keep.

use cascade::base::Json;
use cascade::scenario::model::view::Scalar;
use cascade::session::{Session, Variant};
use cascade::view;

use crate::{Entry, check, digest, support};

/// The most requests a second of the wall clock, but where very many are the point.
const PACE: f64 = 300.0;

/// The entry whose point is how many messages there are.
const MANY: &str = "ten-thousand";

#[test]
fn words_can_be_read_at_a_glance() {
    check(|entry| {
        let scenario = entry.scenario();
        let (title, text) = (scenario.title(), scenario.description());
        let mut wrong = Vec::new();
        if !(2..=5).contains(&title.split(' ').count()) {
            wrong.push(format!("the title \"{title}\" is not of two to five words"));
        }
        let sentences = text.split_inclusive(['.', ';', ':']).count();
        let words = text.split_whitespace().count();
        if !(2..=6).contains(&sentences) || words > 70 || words > 24 * sentences || !text.ends_with('.') {
            wrong.push(format!("the description has {words} words in {sentences} sentences"));
        }
        wrong
    });
}

#[test]
fn faults_come_early_and_go_within_the_minute() {
    check(|entry| {
        let (scenario, mut wrong) = (entry.scenario(), Vec::new());
        for fault in scenario.document().timeline {
            let at = fault.at.as_secs();
            let end = fault.lasts.map_or(f64::INFINITY, |lasts| at + lasts.as_secs());
            let speed = scenario.view().speed.unwrap_or(1.0);
            if at < 5.0 || end > digest::SECONDS - 10.0 {
                wrong.push(format!("a fault from {at} s to {end} s leaves no time before or after it"));
            }
            if wrong.is_empty() && at / speed > 30.0 {
                wrong.push(format!("one waits {} s for the fault", at / speed));
            }
        }
        wrong
    });
}

#[test]
fn a_page_can_keep_the_pace() {
    check(|entry| {
        let speed = entry.scenario().view().speed;
        let result = support::run(&entry.text, 1, 0.0, digest::SECONDS);
        let offered: u64 = result.clients.0.iter().map(|(_, client)| client.offered).sum();
        let Some(speed) = speed else { return vec!["no speed is given".to_owned()] };
        let pace = offered as f64 / digest::SECONDS * speed;
        let fits = (4.0..=PACE).contains(&pace) || entry.slug == MANY;
        if fits { Vec::new() } else { vec![format!("{pace} requests a second of the wall clock")] }
    });
}

#[test]
fn knobs_can_be_turned_from_end_to_end() {
    check(|entry| {
        let (scenario, mut wrong) = (entry.scenario(), Vec::new());
        let variant = Variant { label: String::new(), scenario: entry.scenario() };
        let session = Session::new(vec![variant], 1.0).expect("a session");
        let knobs = view::knobs(&session, None);
        if !(3..=6).contains(&knobs.len()) || knobs.len() != scenario.view().knobs.len() {
            wrong.push(format!("{} knobs can be turned", knobs.len()));
        }
        for knob in &knobs {
            wrong.extend(turn(entry, knob).into_iter().map(|each| format!("{}: {each}", knob.path)));
        }
        wrong
    });
}

/// What is wrong with a knob.
fn turn(entry: &Entry, knob: &view::Knob) -> Vec<String> {
    let (scenario, mut wrong) = (entry.scenario(), Vec::new());
    if knob.label == knob.path {
        wrong.push("it has no label".to_owned());
    }
    for end in [knob.at(0), knob.at(knob.last())] {
        let turned = scenario.with(&knob.path, &end).and_then(|turned| turned.plan());
        wrong.extend(turned.err().map(|found| format!("{end}: {found:?}")));
    }
    let number = |json: &Json| Scalar::of(json).map(Scalar::value);
    let value = scenario.get(&knob.path).as_ref().and_then(number);
    let stop = number(&knob.at(knob.place));
    if let (Some(value), Some(stop)) = (value, stop)
        && (value - stop).abs() > 0.05 * value.abs()
    {
        wrong.push(format!("it is {value}, the nearest stop {stop}"));
    }
    wrong
}
