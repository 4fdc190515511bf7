//! That each scenario shows what it is there to show: the table of claims.txt, over several seeds.
//!
//! ```text
//! claim   = slug ": " figure relation [ number " * " ] ( figure | number )
//! figure  = path from ".." to          a path into the result JSON, and the simulated seconds that it covers
//! ```
//!
//! A figure covers what was offered from the one instant on and had come about by the other. `calls.shop>payment` is
//! the call of the one to the other; a `*` in a path stands for every item of a list: the greatest counts.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{Entry, SEEDS, entries, support};

/// What is claimed.
const CLAIMS: &str = include_str!("claims.txt");

/// The results of one scenario, by seed and by instants.
struct Results<'a> {
    entry: &'a Entry,
    /// The results that are known already.
    known: BTreeMap<(u64, String), Value>,
}

impl Results<'_> {
    /// The figure that is written as `path from..to`, under a seed.
    fn figure(&mut self, written: &str, seed: u64) -> Option<f64> {
        let (path, when) = written.split_once(' ')?;
        let (from, to) = when.split_once("..")?;
        let (from, to): (f64, f64) = (from.parse().ok()?, to.parse().ok()?);
        let entry = self.entry;
        let result = self.known.entry((seed, when.to_owned())).or_insert_with(|| {
            let result = support::run(&entry.text, seed, from, to - from);
            serde_json::to_value(result).expect("a result is JSON")
        });
        greatest(result, path)
    }

    /// Whether a claim holds under a seed; what was found where it does not.
    fn judge(&mut self, claim: &str, seed: u64) -> Result<(), String> {
        let words: Vec<&str> = claim.split(' ').collect();
        let [path, when, relation, right @ ..] = words.as_slice() else {
            return Err("this is no claim".to_owned());
        };
        let left = self.figure(&format!("{path} {when}"), seed).ok_or("there is no such figure")?;
        let (factor, right) = match right {
            [factor, "*", right @ ..] => (factor.parse::<f64>().map_err(|_| "no factor")?, right),
            right => (1.0, right),
        };
        let right = match right {
            [number] => number.parse().map_err(|_| "no number")?,
            figure => self.figure(&figure.join(" "), seed).ok_or("nothing to compare with")?,
        };
        let right = factor * right;
        let holds = match *relation {
            "<" => left < right,
            ">" => left > right,
            "=" => left == right,
            _ => return Err("this is no relation".to_owned()),
        };
        holds.then_some(()).ok_or_else(|| format!("it is {left}, to compare with {right}"))
    }
}

/// The number at a path; the greatest where a `*` leads to several.
fn greatest(value: &Value, path: &str) -> Option<f64> {
    let Some((head, rest)) = path.split_once('.') else { return at(value, path)?.as_f64() };
    if head == "*" {
        let items = value.as_array()?.iter().map(|item| greatest(item, rest));
        return items.collect::<Option<Vec<f64>>>()?.into_iter().reduce(f64::max);
    }
    greatest(at(value, head)?, rest)
}

/// The member of this name, or the call from one node to another: `shop>payment`, of one operation `shop>payment:charge`.
fn at<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let Some((from, to)) = name.split_once('>') else { return value.get(name) };
    let (to, operation) = to.split_once(':').map_or((to, None), |(to, operation)| (to, Some(operation)));
    value.as_array()?.iter().find(|call| {
        call["from"] == from && call["to"] == to && operation.is_none_or(|wanted| call["operation"] == wanted)
    })
}

#[test]
fn every_scenario_shows_what_it_is_for() {
    let entries = entries();
    let mut wrong = Vec::new();
    let claims: Vec<(&str, &str)> =
        CLAIMS.lines().map(|line| line.split_once(": ").expect("a slug and a claim")).collect();
    for (slug, claim) in &claims {
        if !entries.iter().any(|entry| entry.slug == *slug) {
            wrong.push(format!("{slug}: {claim}: there is no such entry"));
        }
    }
    for entry in &entries {
        let mut own = claims.iter().filter(|(slug, _)| *slug == entry.slug).peekable();
        if own.peek().is_none() {
            wrong.push(format!("{} claims nothing", entry.slug));
        }
        let mut results = Results { entry, known: BTreeMap::new() };
        for (slug, claim) in own {
            for seed in SEEDS {
                if let Err(found) = results.judge(claim, seed) {
                    wrong.push(format!("{slug}, seed {seed}: {claim}: {found}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_claim_that_does_not_hold_is_found() {
    let entries = entries();
    let entry = entries.iter().find(|entry| entry.slug == "order-queue").expect("an entry");
    let mut results = Results { entry, known: BTreeMap::new() };
    for (claim, holds) in [
        ("queues.orders.published 0..5 > 0", true),
        ("queues.orders.published 0..5 > 1000000", false),
        ("queues.orders.published 0..5 = 1 * queues.orders.published 0..5", true),
        ("queues.orders.published 0..5 < 2 * queues.orders.published 0..5", true),
        ("queues.orders.published 0..5 < 0.5 * queues.orders.published 0..5", false),
        ("calls.*.ok 0..5 > 0", true),
        ("calls.*.lost 0..5 > 0", false),
        ("calls.shoppers>shop.ok 0..5 > 0", true),
        ("calls.shop>shoppers.ok 0..5 > 0", false),
        ("queues.letters.published 0..5 > 0", false),
        ("queues.orders.published 0..5 ~ 0", false),
    ] {
        assert_eq!(results.judge(claim, 1).is_ok(), holds, "{claim}");
    }
}
