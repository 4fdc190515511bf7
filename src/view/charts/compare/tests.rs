//! The comparison over seeds: "better" and "too close" are right, and equals are hardly ever called better.

use super::*;
use crate::base::{Json, SimTime};
use crate::scenario::Scenario;
use crate::session::{Action, Variant};

fn session(workers: [u32; 2], rate: u32, seed: [u64; 2]) -> Session {
    let variant = |at: usize| {
        let text = format!(
            r#"{{ "schema": 1, "seed": {}, "nodes": {{
            "web": {{ "kind": "client", "arrivals": {{ "poisson": {{ "rate": {rate} }} }}, "deadline": "200ms",
                     "operation": [{{ "call": {{ "to": "app", "timeout": "1s" }} }}, {{ "publish": {{ "to": "mail" }} }}] }},
            "app": {{ "kind": "service", "workers": {}, "operations": {{ "default": [{{ "work": {{ "exponential": "30ms" }} }}] }} }},
            "reader": {{ "kind": "service", "workers": 2, "operations": {{ "default": [{{ "work": {{ "exponential": "12ms" }} }}] }},
                        "consumes": [ {{ "from": "mail", "prefetch": 2 }} ] }},
            "mail": {{ "kind": "queue" }} }} }}"#,
            seed[at], workers[at]
        );
        let scenario = Scenario::read(&text).expect("a good scenario");
        Variant { label: String::new(), scenario }
    };
    Session::new(vec![variant(0), variant(1)], 1.0).expect("it runs")
}

/// The opening page, with other chance.
fn opening(seed: u64) -> Session {
    let variant = |text: &str| {
        let text = text.replace("\"seed\": 7", &format!("\"seed\": {seed}"));
        Variant { label: String::new(), scenario: Scenario::read(&text).expect("a good scenario") }
    };
    let both = [
        include_str!("../../../../static/opening/a.json"),
        include_str!("../../../../static/opening/b.json"),
    ];
    Session::new(both.map(variant).into(), 1.0).expect("it runs")
}

/// The verdicts on one row over several looks: A is better, B is better, chance, the rest.
fn counted(looks: &[Comparison], what: &str) -> [usize; 4] {
    let mut counts = [0; 4];
    for row in looks.iter().flat_map(|look| &look.rows).filter(|row| row.what == what) {
        counts[match row.verdict {
            Verdict::Better(0, _) => 0,
            Verdict::Better(..) => 1,
            Verdict::Close(_) => 2,
            _ => 3,
        }] += 1;
    }
    counts
}

fn looks(make: &dyn Fn(u64) -> Session, seeds: u64, at: &[f64]) -> Vec<Comparison> {
    let mut found = Vec::new();
    for seed in 0..seeds {
        let mut session = make(seed);
        for &at in at {
            session.run_until(SimTime::from_secs(at));
            found.push(compare(&session, Stretch::Last).expect("there are two"));
        }
    }
    found
}

/// The same system with other chance: whatever differs is chance, and hardly ever called more.
#[test]
fn equals_are_hardly_ever_called_better() {
    // Of 133 a second that they can do: a third, two thirds, nine tenths.
    for (load, most) in [(45, 0.01), (90, 0.01), (120, 0.04)] {
        let looks = looks(&|seed| session([4, 4], load, [seed, seed + 1000]), 25, &[6.0, 12.0, 30.0]);
        let rows: Vec<&Difference> =
            looks.iter().flat_map(|look| &look.rows).filter(|row| row.verdict != Verdict::Equal).collect();
        let wrong = rows.iter().filter(|row| row.better().is_some()).count();
        assert!(rows.len() > 100, "{}", rows.len());
        assert!((wrong as f64) < most * rows.len() as f64 + 1.0, "at {load}: {wrong} of {}", rows.len());
    }
    for look in looks(&|seed| session([4, 4], 100, [seed, seed]), 3, &[6.0, 30.0]) {
        for row in look.rows {
            assert!(matches!(row.verdict, Verdict::Equal | Verdict::Nothing), "{row:?}");
        }
    }
}

/// Who has too few workers loses, and is never called the winner.
#[test]
fn who_is_starved_loses() {
    let check = |load: u32, what: &str, least: usize| {
        let looks = looks(&|seed| session([3, 20], load, [seed, seed]), 12, &[25.0, 40.0]);
        let counts = counted(&looks, what);
        assert!(counts[0] == 0 && counts[1] >= least, "{what} at {load}: {counts:?}");
    };
    check(110, text!("compare.goodput"), 22);
    check(90, text!("compare.p50"), 12);
    // Of a percentile that one answer in a hundred decides, ten seconds say little.
    check(90, text!("compare.p99"), 0);
}

/// On the opening page payment becomes slow: soon it is no chance any more that A serves less.
#[test]
fn a_fault_is_told_from_chance_while_it_happens() {
    let broken = |seed: u64| {
        let mut session = opening(seed);
        session.run_until(SimTime::from_secs(20.0));
        let fault = Json::parse(r#"{ "slow": { "node": "payment", "factor": 10 } }"#).expect("JSON");
        session.act(Action::Inject { fault, lasts: None }).expect("it breaks");
        session
    };
    let at = |at: f64| looks(&broken, 12, &[at]);
    let goodput = text!("compare.goodput");
    let (soon, later) = (counted(&at(29.0), goodput), counted(&at(40.0), goodput));
    assert!(soon[0] == 0 && soon[1] >= 10, "{soon:?}");
    assert_eq!(later, [0, 12, 0, 0]);
    let sentence = &at(40.0)[0].sentence;
    assert!(sentence.starts_with("B served ") && sentence.ends_with(", A 0/s."), "{sentence}");
    // Nobody is answered in A: no figure, so nothing to be said.
    assert!(counted(&at(40.0), text!("compare.p50"))[3] >= 10);
}

#[test]
fn what_is_missing_is_not_called_equal() {
    let row = &ROWS[4];
    assert_eq!(row.what.plain(), text!("compare.p50"));
    for values in [[f64::NAN, f64::NAN], [f64::NAN, 3.0]] {
        assert_eq!(verdict(row, &Compared { values, doubt: None }), Verdict::Nothing);
    }
    assert_eq!(verdict(row, &Compared { values: [2.0, 3.0], doubt: None }), Verdict::Early);
    assert_eq!(verdict(row, &Compared { values: [3.0, 3.1], doubt: None }), Verdict::Equal);
}

#[test]
fn a_stretch_is_named() {
    let mut session = session([4, 4], 40, [1, 1]);
    let over = |session: &Session, stretch| compare(session, stretch).expect("two").over;
    session.run_until(SimTime::from_secs(6.0));
    assert_eq!(over(&session, Stretch::Last), "Last 6\u{202f}s");
    session.run_until(SimTime::from_secs(30.0));
    assert_eq!(over(&session, Stretch::Last), "Last 10\u{202f}s");
    assert_eq!(over(&session, Stretch::Whole), "Whole run, 30\u{202f}s");
}
