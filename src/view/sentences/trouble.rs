//! What has gone wrong with a run as such: it stopped, or its services wait for each other for good.

use crate::base::Number;
use crate::session::{Halt, Session, VariantRun};
use crate::view::words::name;

/// A sentence for each trouble that a person should know of, none where all is well.
pub fn troubles(session: &Session) -> Vec<String> {
    let variants = session.variants();
    let stopped = variants.iter().find_map(|variant| Some(stopped(variant.halted()?, variant)));
    let blocked = variants.iter().filter_map(|variant| {
        let circle = circle(variant)?;
        // Of one variant alone it is clear which.
        let own = || say!("transport.of-variant", variant = variant.label(), what = &circle);
        Some(if variants.len() > 1 { own() } else { circle.clone() })
    });
    stopped.into_iter().chain(blocked).collect()
}

fn stopped(halt: Halt, variant: &VariantRun) -> String {
    match halt {
        Halt::Livelock(Some(node)) => {
            say!("transport.halted-livelock", node = &name::of_node(variant.plan(), node))
        }
        Halt::Livelock(None) => text!("transport.halted-livelock-somewhere").to_owned(),
        Halt::Full => text!("transport.halted-full").to_owned(),
    }
}

/// "Blocked in a circle since 00:01.400: A → B → A."
fn circle(variant: &VariantRun) -> Option<String> {
    let circle = variant.snapshot().blocked_in_a_circle()?;
    let plan = variant.plan();
    let services = circle.services.iter().chain(circle.services.first());
    let names: Vec<String> =
        services.map(|service| name::of_node(plan, plan.services[service.at()].node)).collect();
    let (names, since) = (names.join(" → "), Number::Clock(circle.since));
    Some(say!("transport.blocked", circle = &names, since = since))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::scenario::Scenario;
    use crate::session::Variant;

    #[test]
    fn a_deadlock_is_said_in_a_word() {
        let text = include_str!("../../../tests/cases/reports/blocked-in-a-circle.json");
        let scenario = Scenario::read(text).expect("a good scenario");
        let variant = |label: &str| Variant { label: label.into(), scenario: scenario.clone() };
        let mut session = Session::new(vec![variant("One")], 1.0).expect("it runs");
        assert!(troubles(&session).is_empty());
        session.run_until(SimTime::from_secs(60.0));
        let said = troubles(&session);
        assert!(said.len() == 1 && said[0].contains("A → B → A"), "{said:?}");
        let mut two = Session::new(vec![variant("One"), variant("Other")], 1.0).expect("it runs");
        two.run_until(SimTime::from_secs(60.0));
        let said = troubles(&two);
        assert!(said.len() == 2 && said[1].contains("Other"), "{said:?}");
    }
}
