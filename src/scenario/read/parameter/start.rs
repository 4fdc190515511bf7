//! Values to begin with: what is set where somebody adds what was left out, or chooses another form.
//!
//! Where the language has a default it is the default; elsewhere the example of the field's row.

use super::control::Choice;
use crate::base::{Json, SimDuration};
use crate::scenario::model::client::Arrivals;
use crate::scenario::model::decode::Decode;
use crate::scenario::model::dist::Dist;
use crate::scenario::model::shape::{Shape, Tagged, chosen};
use crate::scenario::read::path;
use crate::scenario::read::sample::sample;

/// What a distribution is called that is always the same.
pub const CONSTANT: &str = "constant";

/// What adds the field at `path`, which is left out.
pub fn of(path: &str, example: Option<Json>, shape: &Shape, full: &Json) -> Json {
    let key = path.rsplit('.').next().unwrap_or(path);
    let example = || example.unwrap_or_else(|| sample(shape));
    match key {
        // A group is called as its service where nothing is said.
        "group" => path.split('.').nth(1).unwrap_or(key).into(),
        // A link of its own begins as all others are.
        "latency" | "loss" => path::get(full, &["network.", key].concat()).unwrap_or_else(|_| example()),
        _ => example(),
    }
}

/// The forms of a distribution, each with about the mean that this one has.
pub fn spreads(now: &Dist) -> Vec<(String, Json)> {
    let mean = SimDuration((now.compile().mean() as u64).max(1_000_000));
    let text = |factor: f64| Json::String(mean.scaled(factor).to_string());
    let with = |rest: &[(&str, f64)]| {
        let numbers = rest.iter().map(|&(key, number)| (key.to_owned(), Json::Number(number)));
        Json::Object(std::iter::once(("mean".to_owned(), text(1.0))).chain(numbers).collect())
    };
    let pair = |first: Json, second: Json| Json::Array(vec![first, second]);
    // A third of the mean is where a Pareto distribution of this index would begin, were it not cut.
    let pareto = [("min", text(1.0 / 3.0)), ("alpha", 1.5.into()), ("max", text(100.0))];
    let empirical = vec![pair(text(0.5), 0.9.into()), pair(text(5.5), 0.1.into())];
    let forms = [
        ("exponential", text(1.0)),
        ("uniform", pair(text(0.5), text(1.5))),
        ("erlang", with(&[("k", 2.0)])),
        ("hyperexponential", with(&[("cv", 2.0)])),
        ("lognormal", with(&[("cv", 1.0)])),
        ("pareto", Json::Object(pareto.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())),
        ("empirical", Json::Array(empirical)),
    ];
    let form = |(key, inner): (&str, Json)| (key.to_owned(), object(key, inner));
    std::iter::once((CONSTANT.to_owned(), text(1.0))).chain(forms.into_iter().map(form)).collect()
}

/// The forms of a number that can be drawn: always the same, or drawn, each with about the mean that this one has.
pub fn numbers(now: &Json, drawn: &Tagged) -> Vec<(String, Json)> {
    let number = if let Json::Number(_) = now { now } else { chosen(now).1 };
    let whole = Json::Number(libm::round(number.as_f64().unwrap_or(1.0)));
    let form = |key: &'static str| (key.to_owned(), object(key, number.clone()));
    std::iter::once((CONSTANT.to_owned(), whole)).chain(drawn.keys().map(form)).collect()
}

/// The forms of other choices, with what they have in common kept.
pub fn forms(name: &str, now: &Json) -> Vec<(String, Json)> {
    if name == "BreakerWindow" {
        let calls = object("calls", 100.0.into());
        return vec![("calls".to_owned(), calls), ("time".to_owned(), object("time", "10s".into()))];
    }
    let (rate, users) = match Arrivals::decode(now) {
        Arrivals::Poisson(rate) | Arrivals::Constant(rate) => (rate.rate, rate.rate.max(1.0) as u32),
        Arrivals::Profile(points) => {
            let last = points.last().map_or(1.0, |(_, rate)| *rate);
            (last, last.max(1.0) as u32)
        }
        Arrivals::Closed(closed) => (f64::from(closed.users), closed.users),
    };
    let even = |key: &str| (key.to_owned(), object(key, object("rate", rate.into())));
    let point = |at: &str, rate: f64| Json::Array(vec![at.into(), rate.min(1e6).into()]);
    let profile = Json::Array(vec![point("0s", rate), point("60s", rate * 2.0)]);
    let users = ("users".to_owned(), f64::from(users).into());
    let closed = Json::Object(vec![users, ("think".to_owned(), "1s".into())]);
    vec![
        even("poisson"),
        even("constant"),
        ("profile".to_owned(), object("profile", profile)),
        ("closed".to_owned(), object("closed", closed)),
    ]
}

/// How much a log may keep: so long, or so many.
pub fn retention() -> Vec<Choice> {
    let forms = [("time", "10m".into()), ("count", 100_000.0.into())];
    forms.into_iter().map(|(word, value)| Choice { word: word.to_owned(), own: false, value }).collect()
}

fn object(key: &str, value: Json) -> Json {
    Json::Object(vec![(key.to_owned(), value)])
}
