//! Two variants beside each other: who does better, at what, by how much, and whether that is more than chance.

use super::axis::Unit;
use crate::base::{ExchangeIx, LinkIx, LogIx, Number, QueueIx, SimDuration, Text, format};
use crate::session::{Lane, Session};
use crate::telemetry::Window;
use crate::telemetry::metrics::{ClientWindow, QueueWindow, ServiceWindow};
use crate::view::cards::reading;

/// Over so many of the last closed windows.
const WINDOWS: usize = 20;

/// Values nearer to each other than this share are called equal.
const EQUAL: f64 = 0.05;

/// A difference smaller than so many of its standard errors is called chance.
const CERTAIN: f64 = 3.0;

/// From fewer windows than this nothing is concluded.
const FEWEST: usize = 4;

/// The differences of two variants over the last seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Over how many of the last simulated seconds.
    pub seconds: f64,
    /// What is compared.
    pub rows: Vec<Difference>,
}

/// One thing in which two variants may differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What.
    pub what: &'static str,
    /// A's and B's value with their unit.
    pub values: [String; 2],
    /// Which variant does better, 0 for A; none where they are equal, where it may be chance, or where one has no value.
    pub better: Option<usize>,
    /// By how much: a ratio ("×3.1"), or the difference where one of them is zero; empty where nobody is better.
    pub by: String,
    /// They differ, but not by more than chance would have it.
    pub chance: bool,
}

/// What is compared window by window. Two variants in lockstep meet the same arrivals, so that the windows of one instant
/// are a pair, and what varies with the arrivals is not taken for a difference.
struct Measure {
    what: Text,
    unit: Unit,
    /// The greater value is the better one.
    more: bool,
    /// The row is there also where both have nothing.
    always: bool,
    /// The value in a window and what weighs it; none where there is none.
    of: fn(&Window) -> Option<(f64, f64)>,
}

const MEASURES: &[Measure] = &[
    Measure::rate(Text::new("compare.goodput"), |w| clients(w, |c| c.good)).best_high(),
    Measure::rate(Text::new("compare.late"), |w| clients(w, |c| c.late)).rare(),
    Measure::rate(Text::new("compare.degraded"), |w| clients(w, |c| c.degraded)).rare(),
    Measure::rate(Text::new("compare.failed"), |w| clients(w, |c| c.failed.iter().sum())),
    Measure::latency(Text::new("compare.p50"), |w| percentile(w, 0)),
    Measure::latency(Text::new("compare.p99"), |w| percentile(w, 2)),
    Measure::rate(Text::new("compare.wasted"), |w| {
        rate(w, w.services.iter().map(|service| u64::from(service.wasted)).sum())
    }),
    Measure::level(Text::new("compare.blocked"), |w| services(w, |service| service.blocked)),
    Measure::level(Text::new("compare.depth"), |w| queues(w, |queue| queue.ready)).rare(),
];

impl Measure {
    const fn new(what: Text, unit: Unit, of: fn(&Window) -> Option<(f64, f64)>) -> Measure {
        Measure { what, unit, more: false, always: true, of }
    }

    const fn rate(what: Text, of: fn(&Window) -> Option<(f64, f64)>) -> Measure {
        Measure::new(what, Unit::PerSecond, of)
    }

    const fn latency(what: Text, of: fn(&Window) -> Option<(f64, f64)>) -> Measure {
        Measure::new(what, Unit::Seconds, of)
    }

    const fn level(what: Text, of: fn(&Window) -> Option<(f64, f64)>) -> Measure {
        Measure::new(what, Unit::Count, of)
    }

    const fn best_high(mut self) -> Measure {
        self.more = true;
        self
    }

    const fn rare(mut self) -> Measure {
        self.always = false;
        self
    }
}

fn seconds(window: &Window) -> f64 {
    window.length().as_secs()
}

fn rate(window: &Window, count: u64) -> Option<(f64, f64)> {
    let seconds = seconds(window);
    (seconds > 0.0).then(|| (count as f64 / seconds, seconds))
}

fn clients(window: &Window, count: fn(&ClientWindow) -> u32) -> Option<(f64, f64)> {
    rate(window, window.clients.iter().map(|client| u64::from(count(client))).sum())
}

fn services(window: &Window, level: fn(&ServiceWindow) -> u64) -> Option<(f64, f64)> {
    Some((window.services.iter().map(|service| window.mean(level(service))).sum(), seconds(window)))
}

fn queues(window: &Window, level: fn(&QueueWindow) -> u64) -> Option<(f64, f64)> {
    Some((window.queues.iter().map(|queue| window.mean(level(queue))).sum(), seconds(window)))
}

/// A percentile over all clients: theirs, weighted by their answers.
fn percentile(window: &Window, which: usize) -> Option<(f64, f64)> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (client, percentiles) in window.clients.iter().zip(&window.percentiles) {
        if let Some(percentiles) = percentiles {
            let answers = f64::from(client.latency).max(1.0);
            sum += percentiles[which].as_secs() * answers;
            weight += answers;
        }
    }
    (weight > 0.0).then(|| (sum / weight, weight))
}

/// What a comparison is of: "The last 5 s".
pub fn over_the_last(seconds: f64) -> String {
    say!("compare.last", time = SimDuration::from_secs(seconds))
}

/// Compares the first two variants; none where there is only one.
pub fn compare(session: &Session) -> Option<Comparison> {
    let [a, b, ..] = session.lanes() else {
        return None;
    };
    let seen = [a, b].map(windows);
    let length = |windows: &[Window]| windows.iter().map(seconds).sum::<f64>();
    let mut rows = Vec::new();
    for measure in MEASURES {
        let values = [0, 1].map(|lane| seen[lane].iter().map(measure.of).collect::<Vec<_>>());
        let means = [mean(&values[0]), mean(&values[1])];
        let certain = certain(&values[0], &values[1]);
        if measure.always || means.iter().any(|&mean| mean > 0.0) {
            rows.push(difference(measure.what, measure.unit, means, measure.more, certain));
        }
    }
    for (what, count) in
        [(Text::new("compare.lag"), lag as fn(&Lane) -> u64), (Text::new("compare.lost"), lost)]
    {
        let counts = [count(a), count(b)];
        if counts != [0, 0] {
            let values = counts.map(|count| count as f64);
            // Counts of what comes by chance vary as their square root does.
            let certain = (values[0] - values[1]).abs() > CERTAIN * libm::sqrt(values[0] + values[1]);
            rows.push(difference(what, Unit::Count, values, false, certain));
        }
    }
    Some(Comparison { seconds: length(&seen[0]).max(length(&seen[1])), rows })
}

/// The windows of a variant that are compared; before the first has closed, the open one once it says something.
fn windows(lane: &Lane) -> Vec<Window> {
    let closed = lane.telemetry().windows().closed();
    let mut seen: Vec<Window> = closed.rev().take(WINDOWS).cloned().collect();
    if seen.is_empty() {
        seen.extend(reading::open_window(lane));
    }
    seen
}

/// By how many records all groups are behind, now.
fn lag(lane: &Lane) -> u64 {
    let logs = (0..).map(LogIx).take(lane.plan().logs.len());
    logs.map(|log| lane.telemetry().statistics().log_summary(log).1).sum()
}

/// Messages that nobody will ever handle, since the start: vanished on links, dropped and expired in queues,
/// unroutable, lost with a broker.
fn lost(lane: &Lane) -> u64 {
    let (plan, telemetry) = (lane.plan(), lane.telemetry());
    let (recent, statistics) = (telemetry.recent(), telemetry.statistics());
    let links = (0..).map(LinkIx).take(plan.links.len());
    let queues = (0..).map(QueueIx).take(plan.queues.len());
    let exchanges = (0..).map(ExchangeIx).take(plan.exchanges.len());
    let logs = (0..).map(LogIx).take(plan.logs.len());
    links.map(|link| recent.vanished(link).iter().sum::<u64>()).sum::<u64>()
        + queues.map(|queue| recent.discarded(queue)[..2].iter().sum::<u64>()).sum::<u64>()
        + exchanges.map(|exchange| statistics.exchange(exchange).unroutable).sum::<u64>()
        + logs.map(|log| statistics.log_losses(log)[1]).sum::<u64>()
}

/// The weighted mean of what there is; no number where there is nothing.
fn mean(values: &[Option<(f64, f64)>]) -> f64 {
    let there = || values.iter().flatten();
    let weight: f64 = there().map(|(_, weight)| weight).sum();
    if weight > 0.0 { there().map(|(value, weight)| value * weight).sum::<f64>() / weight } else { f64::NAN }
}

/// Whether the windows, taken as pairs, differ by more than chance: the mean of their differences beside its standard
/// error.
fn certain(a: &[Option<(f64, f64)>], b: &[Option<(f64, f64)>]) -> bool {
    let pairs = a.iter().zip(b).filter_map(|(a, b)| Some(b.as_ref()?.0 - a.as_ref()?.0));
    let differences: Vec<f64> = pairs.collect();
    let count = differences.len() as f64;
    if differences.len() < FEWEST {
        return false;
    }
    let mean = differences.iter().sum::<f64>() / count;
    let square = |difference: &f64| (difference - mean) * (difference - mean);
    let variance = differences.iter().map(square).sum::<f64>() / (count - 1.0);
    mean.abs() > CERTAIN * libm::sqrt(variance / count)
}

/// `more` says that the greater value is the better one. A value that is no number stands for none.
fn difference(what: Text, unit: Unit, values: [f64; 2], more: bool, certain: bool) -> Difference {
    let [a, b] = values;
    let texts = values.map(|value| format::string(|out| unit.write(out, value)));
    let (least, most) = (a.min(b), a.max(b));
    let differ = a.is_finite() && b.is_finite() && most - least > EQUAL * most;
    let better = (differ && certain).then(|| usize::from((b > a) == more));
    let by = match better {
        None => String::new(),
        Some(_) if least > 0.0 => say!("compare.times", factor = Number::Figures(most / least)),
        Some(_) => format::string(|out| unit.write(out, most - least)),
    };
    Difference { what: what.plain(), values: texts, better, by, chance: differ && !certain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::scenario::Scenario;
    use crate::session::Variant;

    fn check(values: [f64; 2], more: bool, better: Option<usize>, by: &str) {
        let row = difference(Text::new("compare.late"), Unit::PerSecond, values, more, true);
        assert_eq!((row.better, row.by.as_str(), row.chance), (better, by, false), "{values:?}");
        let row = difference(Text::new("compare.late"), Unit::PerSecond, values, more, false);
        assert_eq!((row.better, row.by.as_str(), row.chance), (None, "", better.is_some()), "{values:?}");
    }

    #[test]
    fn the_better_lane_is_named_with_how_much() {
        check([9.0, 90.0], true, Some(1), "×10");
        check([9.0, 90.0], false, Some(0), "×10");
        check([0.0, 97.0], true, Some(1), "97/s");
        check([50.0, 51.0], true, None, "");
        check([0.0, 0.0], false, None, "");
        check([f64::NAN, 3.0], false, None, "");
    }

    #[test]
    fn chance_is_told_from_a_difference() {
        let check = |a: &[f64], b: &[f64], expected: bool| {
            let weighed = |values: &[f64]| values.iter().map(|&value| Some((value, 1.0))).collect::<Vec<_>>();
            assert_eq!(certain(&weighed(a), &weighed(b)), expected, "{a:?} {b:?}");
        };
        check(&[1.0, 9.0, 2.0, 7.0, 1.0, 8.0], &[9.0, 1.0, 8.0, 3.0, 2.0, 9.0], false);
        // What both have in common is no noise.
        check(&[1.0, 9.0, 2.0, 7.0, 1.0, 8.0], &[3.0, 11.1, 4.0, 9.0, 3.1, 10.0], true);
        check(&[5.0; 4], &[6.0; 4], true);
        check(&[5.0; 3], &[6.0; 3], false);
        check(&[5.0; 4], &[5.0; 4], false);
    }

    fn rows(workers: [u32; 2], seed: [u64; 2]) -> Vec<Difference> {
        let variant = |at: usize| {
            let text = format!(
                r#"{{ "schema": 1, "seed": {}, "network": {{ "loss": 0.02 }}, "nodes": {{
                "web": {{ "kind": "client", "arrivals": {{ "poisson": {{ "rate": 100 }} }}, "deadline": "50ms",
                         "operation": [{{ "call": {{ "to": "app", "timeout": "1s" }} }}, {{ "publish": {{ "to": "mail" }} }}] }},
                "app": {{ "kind": "service", "workers": {}, "operations": {{ "default": [{{ "work": {{ "exponential": "30ms" }} }}] }} }},
                "mail": {{ "kind": "queue" }} }} }}"#,
                seed[at], workers[at]
            );
            let scenario = Scenario::read(&text).expect("a good scenario");
            Variant { label: String::new(), scenario }
        };
        let mut session = Session::new(vec![variant(0), variant(1)], 1.0).expect("it runs");
        session.run_until(SimTime::from_secs(30.0));
        let comparison = compare(&session).expect("there are two");
        assert!((comparison.seconds - 10.0).abs() < 1e-9);
        comparison.rows
    }

    #[test]
    fn who_is_starved_loses_and_equals_do_not_differ() {
        let of = |rows: &[Difference], what: &str| {
            let row = rows.iter().find(|row| row.what == what);
            row.cloned().unwrap_or_else(|| panic!("{what}: {rows:?}"))
        };
        let unequal = rows([3, 20], [7, 7]);
        for (what, better) in
            [(text!("compare.goodput"), 1), (text!("compare.p50"), 1), (text!("compare.p99"), 1)]
        {
            let row = of(&unequal, what);
            assert_eq!((row.better, row.chance, row.by.is_empty()), (Some(better), false, false), "{row:?}");
        }
        for what in [text!("compare.late"), text!("compare.depth"), text!("compare.lost")] {
            of(&unequal, what);
        }
        assert!(
            unequal
                .iter()
                .all(|row| row.what != text!("compare.lag") && row.what != text!("compare.degraded")),
            "{unequal:?}"
        );
        // The same system, other arrivals: whatever differs is chance. A queue without a reader only grows.
        for row in rows([20, 20], [7, 8]).iter().filter(|row| row.what != text!("compare.depth")) {
            assert_eq!(row.better, None, "{row:?}");
        }
        for row in rows([20, 20], [7, 7]) {
            assert_eq!((row.better, row.chance), (None, false), "{row:?}");
        }
    }
}
