//! Values to begin with: what is set where somebody adds what was left out, or chooses another form.
//!
//! Where the language has a default it is the default; elsewhere a number that shows something.

use super::Choice;
use crate::base::{Json, SimDuration};
use crate::scenario::Scenario;
use crate::scenario::model::{Arrivals, Dist};
use crate::scenario::shape::{Coded, Shape};

/// What a distribution is called that is always the same.
pub(super) const CONSTANT: &str = "constant";

/// What to begin with, by the field's name, as JSON: fields that may be left out and of which the language has no
/// other default. Whatever is not listed is an object in which everything is left out.
const STARTS: [(&str, &str); 22] = [
    ("deadline", r#""1s""#),
    ("timeout", r#""1s""#),
    ("queue", "100"),
    ("discovery", r#"{"refresh":"5s"}"#),
    ("rate_limit", r#"{"rate":100}"#),
    ("shed", r#"{"above_wait":"100ms"}"#),
    ("hedge", r#"{"after":"100ms"}"#),
    ("min_concurrent", "3"),
    ("tokens", "10"),
    ("commit_every", r#""5s""#),
    ("capacity", "1000"),
    ("visibility_timeout", r#""30s""#),
    ("max_deliveries", "5"),
    ("ttl", r#""1m""#),
    ("delivery_latency", r#""100ms""#),
    ("retention", r#""10m""#),
    ("follower_lag", r#""100ms""#),
    ("fallback", "[]"),
    ("key", r#""key""#),
    ("routing_key", r#""key""#),
    ("latency", r#""10ms""#),
    ("loss", "0"),
];

/// What adds the field at `path`, which is left out.
pub(super) fn of(path: &str, shape: &Shape, scenario: &Scenario) -> Json {
    let key = path.rsplit('.').next().unwrap_or(path);
    match (key, shape) {
        // A group is called as its service where nothing is said.
        ("group", _) => path.split('.').nth(1).unwrap_or(key).into(),
        // A link of its own begins as all others are.
        ("latency" | "loss", _) => {
            scenario.get(&["network.", key].concat()).unwrap_or_else(|| json(start(key)))
        }
        _ => json(start(key)),
    }
}

fn start(key: &str) -> &'static str {
    STARTS.iter().find(|(field, _)| *field == key).map_or("{}", |(_, json)| json)
}

fn json(text: &str) -> Json {
    Json::parse(text).unwrap_or(Json::Null)
}

/// The forms of a distribution, each with about the mean that this one has.
pub(super) fn spreads(now: Dist) -> Vec<(String, Json)> {
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

/// The forms of other choices, with what they have in common kept.
pub(super) fn forms(name: &str, now: &Json) -> Vec<(String, Json)> {
    if name == "BreakerWindow" {
        let calls = object("calls", 100.0.into());
        return vec![("calls".to_owned(), calls), ("time".to_owned(), object("time", "10s".into()))];
    }
    let (rate, users) = match Arrivals::decode(now) {
        Arrivals::Poisson(rate) | Arrivals::Constant(rate) => (rate.rate(), rate.rate().max(1.0) as u32),
        Arrivals::Profile(points) => {
            let last = points.iter().last().map_or(1.0, |(_, rate)| rate);
            (last, last.max(1.0) as u32)
        }
        Arrivals::Closed(closed) => (f64::from(closed.users()), closed.users()),
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
pub(super) fn retention() -> Vec<Choice> {
    let forms = [("time", json(start("retention"))), ("count", 100_000.0.into())];
    forms.into_iter().map(|(word, value)| Choice { word: word.to_owned(), own: false, value }).collect()
}

fn object(key: &str, value: Json) -> Json {
    Json::Object(vec![(key.to_owned(), value)])
}
