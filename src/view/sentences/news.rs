//! What has changed on a stage, in sentences, for those who do not see it: what is worth a word, and no more.
//!
//! Every number changes all the time. Worth a word is another state (full, blocked, crashed, a breaker that opens), a
//! fault that begins or ends, and a number that has doubled or halved since it was last told.

use super::fault::fault_label;
use super::says::describe_hit;
use super::summary::{self, summary};
use crate::base::{BreakerIx, NodeIx, ServiceIx};
use crate::observation::BreakerState;
use crate::scenario::NodeKind;
use crate::session::VariantRun;
use crate::view::cards::reading;
use crate::view::cards::service::ServiceReading;
use crate::view::stage::breaker;
use crate::view::stage::hit::Hit;

/// So many numbers of a node are compared.
const FIGURES: usize = 4;

/// Sentences told at once, at most: more at a time nobody can follow. The others come with the next.
pub const MOST_NEWS: usize = 6;

/// Something that sentences are about, as it was when it was last told.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What it is about: a node's id, a fault, a breaker.
    about: String,
    /// Its state in a word; empty where all is well.
    state: String,
    /// Its numbers, each with what is little of it.
    figures: [(f64, f64); FIGURES],
    /// What to say of it.
    sentence: String,
    /// What to say when it is no more; empty where nothing.
    farewell: String,
}

/// Everything about a variant that may be worth a word.
pub fn facts(variant: &VariantRun) -> Vec<Fact> {
    let plan = variant.plan();
    let services = reading::services(variant);
    let mut facts: Vec<Fact> = summary(variant)
        .into_iter()
        .zip(plan.living_nodes())
        .map(|(sentence, (node, _))| {
            let (state, figures) = node_figures(variant, &services, node);
            Fact { about: plan.id(node).to_owned(), state, figures, sentence, farewell: String::new() }
        })
        .collect();
    for at in (0..plan.breakers.len() as u32).filter(|at| plan.has(BreakerIx(*at))) {
        let (breaker, state) = (BreakerIx(at), variant.snapshot().breaker_meter(BreakerIx(at)).state);
        let sentence = describe_hit(variant, Hit::Breaker(breaker));
        let state =
            if state == BreakerState::Closed { String::new() } else { breaker::state(state).to_owned() };
        // No node has an id like that.
        let about = ["breaker ", &at.to_string()].concat();
        facts.push(Fact { about, state, figures: Default::default(), sentence, farewell: String::new() });
    }
    for fault in reading::faults(variant) {
        let sentence = fault_label(fault, plan);
        let farewell = say!("said.over", fault = &sentence);
        let state = sentence.clone();
        facts.push(Fact { about: sentence.clone(), state, figures: Default::default(), sentence, farewell });
    }
    facts
}

/// What has changed since it was last told, in sentences; `told` then holds what is known. The first time nothing has
/// changed. At most [`MOST_NEWS`] sentences.
pub fn changes(told: &mut Vec<Fact>, now: Vec<Fact>) -> Vec<String> {
    if told.is_empty() {
        *told = now;
        return Vec::new();
    }
    let mut news = Vec::new();
    let mut known = Vec::with_capacity(now.len());
    for old in told.iter().filter(|old| !old.farewell.is_empty()) {
        if now.iter().all(|new| new.about != old.about) {
            if news.len() < MOST_NEWS {
                news.push(old.farewell.clone());
            } else {
                known.push(old.clone());
            }
        }
    }
    for new in now {
        let old = told.iter().find(|old| old.about == new.about);
        let worth = old.map_or(!new.state.is_empty(), |old| new.differs(old));
        match old {
            // Not yet: it is compared with the same again.
            Some(old) if !worth || news.len() >= MOST_NEWS => known.push(old.clone()),
            None if worth && news.len() >= MOST_NEWS => {}
            _ => {
                if worth {
                    news.push(new.sentence.clone());
                }
                known.push(new);
            }
        }
    }
    *told = known;
    news
}

impl Fact {
    fn differs(&self, old: &Fact) -> bool {
        let much = |(&(now, little), &(before, _)): (&(f64, f64), &(f64, f64))| {
            now + little > 2.0 * (before + little) || before + little > 2.0 * (now + little)
        };
        self.state != old.state || self.figures.iter().zip(&old.figures).any(much)
    }
}

/// A node's state, and its numbers with what is little of each.
fn node_figures(
    variant: &VariantRun,
    services: &[ServiceReading],
    node: NodeIx,
) -> (String, [(f64, f64); FIGURES]) {
    let plan = variant.plan();
    let lost: u64 = reading::losses(variant, node).iter().map(|(count, _)| count).sum();
    let lost = (lost as f64, 10.0);
    let none = (0.0, 1.0);
    match plan.nodes[node.at()].kind {
        NodeKind::Client(client) => {
            let own = reading::client(variant, client, summary::CALM);
            // A twentieth of what is offered goes up and down by chance.
            let little = 1.0 + own.offered * 0.2;
            let bad = own.late + own.degraded + own.failed;
            (own.state().word, [(own.offered, little), (own.good, little), (bad, little), none])
        }
        NodeKind::Service(ServiceIx(at)) => {
            let own = &services[at as usize];
            let few = f64::from(own.workers) * 0.5 + 1.0;
            let figures =
                [(own.waiting as f64, 10.0), (own.blocked.into(), few), (own.workers.into(), 1.0), lost];
            (own.state().word, figures)
        }
        NodeKind::Queue(queue) => {
            let own = reading::queue(variant, queue);
            (own.state().word, [(own.ready.into(), 20.0), (own.unacked.into(), 50.0), lost, none])
        }
        NodeKind::Exchange(_) => (String::new(), [lost, none, none, none]),
        NodeKind::Store(store) => {
            let own = reading::store(variant, store);
            let behind = |lag: Option<(u64, _)>| (lag.map_or(0, |(count, _)| count) as f64, 20.0);
            let figures = [(own.waiting.into(), 10.0), behind(own.behind), behind(own.followers), lost];
            (own.state.word, figures)
        }
        NodeKind::Log(log) => {
            let own = reading::log(variant, log);
            let lag: u64 = own.groups.iter().map(|group| group.lag).sum();
            (own.state(&plan.logs[log.at()]).word, [(lag as f64, 50.0), lost, none, none])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::view::stage::tests::variant;

    fn fact(about: &str, state: &str, figure: f64) -> Fact {
        Fact {
            about: about.to_owned(),
            state: state.to_owned(),
            figures: [(figure, 10.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0)],
            sentence: format!("{about}: {state} {figure}"),
            farewell: if about == "fault" { "over".to_owned() } else { String::new() },
        }
    }

    /// What is told of a number that goes through these values, beginning with the first.
    fn check(values: &[f64], expected: &[&str]) {
        let mut told = vec![fact("a", "", values[0])];
        let news = values[1..].iter().flat_map(|value| changes(&mut told, vec![fact("a", "", *value)]));
        assert_eq!(news.collect::<Vec<_>>(), expected, "{values:?}");
    }

    #[test]
    fn a_number_is_told_when_it_has_doubled_or_halved_since_it_was_told() {
        check(&[0.0, 3.0, 1.0, 9.0, 0.0], &[]);
        check(&[0.0, 11.0, 12.0, 13.0, 33.0, 20.0, 0.0], &["a:  11", "a:  33", "a:  0"]);
        // Creeping up is noticed as well.
        check(&[100.0, 130.0, 170.0, 211.0, 215.0], &["a:  211"]);
        check(&[0.0, f64::NAN, 5.0], &[]);
    }

    #[test]
    fn states_and_faults_are_told_when_they_come_and_go() {
        let mut told = Vec::new();
        let mut next = |facts: Vec<Fact>| changes(&mut told, facts);
        assert_eq!(next(vec![fact("a", "full", 1.0)]), [""; 0], "the first time there is nothing to compare");
        assert_eq!(next(vec![fact("a", "full", 2.0)]), [""; 0]);
        assert_eq!(next(vec![fact("a", "", 2.0), fact("fault", "slow", 0.0)]), ["a:  2", "fault: slow 0"]);
        assert_eq!(next(vec![fact("a", "", 2.0), fact("fault", "slow", 0.0)]), [""; 0]);
        assert_eq!(next(vec![fact("a", "", 2.0)]), ["over"]);
        assert_eq!(next(vec![fact("a", "", 2.0)]), [""; 0]);
    }

    #[test]
    fn nothing_is_forgotten_where_much_happens_at_once() {
        let of = |state: &str| (0..20).map(|at| fact(&format!("n{at}"), state, 0.0)).collect::<Vec<_>>();
        let mut told = of("");
        let mut all = Vec::new();
        for _ in 0..4 {
            let news = changes(&mut told, of("full"));
            assert!(news.len() <= MOST_NEWS);
            all.extend(news);
        }
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 20);
    }

    /// A calm run says little, a fault is heard of within two seconds, with what it does.
    #[test]
    fn a_run_says_what_matters_and_is_quiet_else() {
        const CALM_THEN_SLOW: &str = r#"{ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": 40 } }, "operation": [
              { "call": { "to": "app", "timeout": "1s", "circuit_breaker": { "window": { "calls": 20 }, "minimum_calls": 10 } } } ] },
            "app": { "kind": "service", "workers": 10, "operations": { "default": [ { "call": { "to": "pay", "timeout": "2s" } } ] } },
            "pay": { "kind": "service", "workers": 10, "operations": { "default": [ { "work": { "exponential": "50ms" } } ] } } },
          "timeline": [ { "at": "40s", "for": "20s", "fault": { "slow": { "node": "pay", "factor": 50 } } } ] }"#;
        let mut variant = variant(CALM_THEN_SLOW, 10.0);
        let mut told = Vec::new();
        let mut news = |seconds: f64| {
            variant.run_until(SimTime::from_secs(seconds));
            changes(&mut told, facts(&variant))
        };
        let calm: Vec<_> = (5..20).flat_map(|at| news(f64::from(at) * 2.0)).collect();
        assert!(calm.len() <= 3, "{calm:#?}");
        let trouble = [news(40.5), news(42.0), news(44.0), news(46.0), news(48.0)].concat();
        for wanted in ["Pay slow", "App: ", "Breaker Web", "Web: "] {
            assert!(trouble.iter().any(|line| line.starts_with(wanted)), "{wanted}: {trouble:#?}");
        }
        let after = [news(61.0), news(63.0)].concat();
        assert!(after.iter().any(|line| line.starts_with("Ended: ")), "{after:#?}");
    }
}
