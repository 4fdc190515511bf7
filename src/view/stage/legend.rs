//! The legend: of all glyphs those that can occur on the stages that are shown.

use crate::scenario::{Fault, Plan};
use crate::session::VariantRun;
use crate::view::canvas::glyph::Glyph;
use crate::view::cards::reading::faults;
use crate::view::words::{LEGEND, LEGEND_OF_WORDS};

/// The glyphs that can occur on these stages as their plans are now, with what they mean.
pub fn legend(variants: &[VariantRun]) -> Vec<(Glyph, &'static str)> {
    let all = LEGEND.into_iter();
    let occurs = |glyph: Glyph| {
        variants.iter().any(|variant| in_plan(variant.plan(), glyph) || in_faults(variant, glyph))
    };
    all.chain(LEGEND_OF_WORDS)
        .filter(|(glyph, _)| occurs(*glyph))
        .map(|(glyph, text)| (glyph, text.plain()))
        .collect()
}

/// Whether a run of this plan can show this glyph.
fn in_plan(plan: &Plan, glyph: Glyph) -> bool {
    let calls = !plan.calls.is_empty() || !plan.accesses.is_empty() || !plan.asks.is_empty();
    let brokers = !plan.queues.is_empty() || !plan.exchanges.is_empty() || !plan.logs.is_empty();
    let confirms = plan.publishes.iter().any(|publish| publish.confirm);
    let consumes = plan.services.iter().any(|service| !service.consumes.is_empty());
    let again = plan.publishes.iter().any(|publish| publish.guard.is_some());
    let poison = |fault: &Fault| matches!(fault, Fault::Poison { .. });
    match glyph {
        Glyph::Request(_) | Glyph::Reply => calls,
        // Messages are lost as well.
        Glyph::Failed => calls || brokers,
        Glyph::Retry(_) => plan.calls.iter().any(|call| call.retry.attempts > 1),
        Glyph::Message => brokers,
        // A consumer that crashes gives its messages back, and what was published may be published again.
        Glyph::Redelivered => brokers && (consumes || again),
        Glyph::Poison | Glyph::PoisonAgain => {
            plan.dead_letter_links().next().is_some()
                || plan.timeline.iter().any(|entry| poison(&entry.fault))
        }
        Glyph::Confirm | Glyph::Refusal => confirms || consumes,
        Glyph::Busy | Glyph::Free => !plan.services.is_empty(),
        // What a worker waits for: an answer, a store's word, a broker's.
        Glyph::Blocked => !plan.services.is_empty() && plan.nodes.len() > 2 && (calls || confirms),
    }
}

/// Whether something that was broken by hand brings this glyph up.
fn in_faults(variant: &VariantRun, glyph: Glyph) -> bool {
    let poison = faults(variant).any(|fault| matches!(fault, Fault::Poison { .. }));
    poison && matches!(glyph, Glyph::Poison | Glyph::PoisonAgain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::stage::tests::variant;
    use crate::view::{DrawOp, Layout, Size, Sketch, StageOptions, stage};

    /// Glyphs without their rings.
    fn kind(glyph: Glyph) -> Glyph {
        match glyph {
            Glyph::Request(_) => Glyph::Request(None),
            Glyph::Retry(_) => Glyph::Retry(None),
            Glyph::PoisonAgain => Glyph::Poison,
            other => other,
        }
    }

    fn check(scenario: &str, expected: &[Glyph]) {
        let mut variant = variant(scenario, 0.0);
        let kinds =
            |legend: Vec<(Glyph, _)>| legend.into_iter().map(|(glyph, _)| kind(glyph)).collect::<Vec<_>>();
        let known = kinds(legend(std::slice::from_ref(&variant)));
        let mut missing: Vec<_> = expected.iter().filter(|glyph| !known.contains(glyph)).collect();
        missing.extend(known.iter().filter(|glyph| !expected.contains(glyph)));
        assert!(missing.is_empty(), "missing or too much: {missing:?}");
        // Whatever is drawn is in the legend.
        for step in 1..60 {
            variant.run_until(crate::base::SimTime::from_secs(f64::from(step) * 0.37));
            let size = Size { w: 1200.0, h: 700.0 };
            let layout = Layout::new(variant.plan(), &[], size);
            let mut sketch = Sketch::new();
            stage(&mut sketch, &variant, &layout, &StageOptions::default());
            for op in sketch.ops() {
                if let DrawOp::Dot { glyph, .. } = op {
                    assert!(known.contains(&kind(*glyph)), "{glyph:?} is drawn and not explained");
                }
            }
        }
    }

    #[test]
    fn it_has_what_can_occur_and_no_more() {
        use Glyph::*;
        let (request, retry) = (Request(None), Retry(None));
        check(
            r#"{ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": 30 } }, "operation": [ { "call": { "to": "app", "timeout": "1s" } } ] },
            "app": { "kind": "service", "workers": 2, "operations": { "default": [ { "work": "60ms" } ] } } } }"#,
            &[request, Reply, Failed, Busy, Free],
        );
        check(
            r#"{ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": 30 } }, "operation": [
              { "call": { "to": "app", "timeout": "200ms", "retry": { "attempts": 3, "backoff": { "base": "10ms" } } } } ] },
            "app": { "kind": "service", "workers": 4, "operations": { "default": [ { "call": { "to": "pay", "timeout": "1s" } } ] } },
            "pay": { "kind": "service", "workers": 1, "operations": { "default": [ { "work": "60ms" } ] } } } }"#,
            &[request, retry, Reply, Failed, Busy, Free, Blocked],
        );
        check(
            r#"{ "schema": 1, "nodes": {
            "web": { "kind": "client", "arrivals": { "poisson": { "rate": 30 } }, "operation": [ { "publish": { "to": "jobs" } } ] },
            "jobs": { "kind": "queue", "max_deliveries": 2, "dead_letter": "dead" }, "dead": { "kind": "queue" },
            "app": { "kind": "service", "workers": 4, "operations": { "run": [ { "work": "60ms" }, { "fail": { "probability": 0.4 } } ] },
              "consumes": [ { "from": "jobs", "operation": "run" } ] } } }"#,
            &[Failed, Message, Redelivered, Poison, Confirm, Refusal, Busy, Free],
        );
    }
}
