//! A scenario as a page: its own words, and a button for every fault that its timeline knows.

use super::{format, words};
use crate::base::{Diagnostic, Json, NodeIx, SimDuration};
use crate::lesson::{FaultButton, Lesson, Span};
use crate::scenario::{Fault, Plan, Scenario, read_fault};
use crate::session::Variant;
use crate::view::name;

/// A page on one scenario, or on two to be compared, A first. All problems at once.
pub fn exhibit(scenarios: Vec<Scenario>) -> Result<Lesson, Vec<Diagnostic>> {
    let mut faults: Vec<FaultButton> = Vec::new();
    for scenario in &scenarios {
        let plan = scenario.plan()?;
        for entry in scenario.json().get("timeline").map_or(&[][..], Json::items) {
            faults.extend(
                button(entry, &plan).filter(|new| !faults.iter().any(|old| old.faults == new.faults)),
            );
        }
    }
    let first = scenarios.first();
    let title = match scenarios.as_slice() {
        [a, b] => [a.title(), words::AGAINST, b.title()].concat(),
        _ => first.map_or("", Scenario::title).to_owned(),
    };
    let said = scenarios.iter().map(Scenario::description).filter(|text| !text.is_empty());
    let summary = vec![Span::Plain(said.collect::<Vec<_>>().join(" "))];
    let variant = |scenario: Scenario| Variant { label: scenario.title().to_owned(), scenario };
    let variants = scenarios.into_iter().map(variant).collect();
    Ok(Lesson {
        title,
        summary,
        about: None,
        variants,
        faults,
        steps: Vec::new(),
        teacher: None,
        claims: Vec::new(),
    })
}

/// The button for an entry of a timeline.
fn button(entry: &Json, plan: &Plan) -> Option<FaultButton> {
    let fault = entry.get("fault")?;
    let lasts =
        entry.get("for").and_then(Json::as_str).and_then(|text| crate::base::parse_duration(text).ok());
    let label = fault_label(&read_fault(fault, plan).ok()?, plan);
    Some(FaultButton { label, faults: vec![fault.clone()], lasts })
}

/// A fault in a few words: "Payment slow ×10".
pub fn fault_label(fault: &Fault, plan: &Plan) -> String {
    let title = |out: &mut String, node: NodeIx| name::node(out, plan, node);
    let pair = |out: &mut String, a: NodeIx, between: &str, b: NodeIx| {
        title(out, a);
        out.push_str(between);
        title(out, b);
        out.push(' ');
    };
    format::string(|out| match fault {
        Fault::Slow { node, factor } => {
            title(out, *node);
            out.push(' ');
            out.push_str(words::state::SLOW);
            format::number(out, *factor);
        }
        Fault::Error { node, probability } => {
            title(out, *node);
            out.push(' ');
            out.push_str(words::state::ERRORS);
            format::percent(out, *probability);
        }
        Fault::Crash { node, replica } => {
            title(out, *node);
            if let Some(replica) = replica {
                out.push_str(words::fault::REPLICA);
                format::count(out, u64::from(*replica) + 1);
            }
            out.push_str(words::fault::CRASHES);
        }
        Fault::Pause { node } => {
            title(out, *node);
            out.push_str(words::fault::PAUSES);
        }
        Fault::Partition { a, b } => {
            pair(out, *a, words::fault::AND, *b);
            out.push_str(words::fault::CUT_OFF);
        }
        Fault::Latency { link, add } => {
            let link = &plan.links[link.at()];
            pair(out, link.from, words::fault::TO, link.to);
            out.push_str(words::stage::ADDED);
            format::duration(out, SimDuration(add.mean() as u64));
        }
        Fault::Loss { link, probability } => {
            let link = &plan.links[link.at()];
            pair(out, link.from, words::fault::TO, link.to);
            out.push_str(words::stage::LOSES);
            format::percent(out, *probability);
        }
        Fault::BrokerDown { log, broker } => {
            title(out, plan.logs[log.at()].node);
            out.push_str(words::fault::BROKER);
            format::count(out, u64::from(*broker) + 1);
            out.push_str(words::fault::DOWN);
        }
        Fault::Surge { client, factor } => {
            title(out, plan.clients[client.at()].node);
            out.push(' ');
            out.push_str(words::state::SURGE);
            format::number(out, *factor);
        }
        Fault::Poison { client, probability } => {
            title(out, plan.clients[client.at()].node);
            out.push_str(words::fault::POISON);
            format::percent(out, *probability);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_its_words() {
        let scenario = Scenario::read(
            r#"{"schema": 1, "title": "T", "nodes": {
                "web": {"kind": "client", "arrivals": {"poisson": {"rate": 1}}, "operation": [
                    {"call": {"to": "pay-desk"}}, {"publish": {"to": "clicks"}}]},
                "pay-desk": {"kind": "service", "replicas": 2, "operations": {"default": [{"work": "1ms"}]}},
                "clicks": {"kind": "log"}}}"#,
        );
        let plan = scenario.expect("a scenario").plan().expect("a plan");
        let cases = [
            (r#"{"slow":{"node":"pay-desk","factor":10}}"#, "Pay desk slow ×10"),
            (r#"{"error":{"node":"pay-desk","probability":0.5}}"#, "Pay desk errors 50 %"),
            (r#"{"crash":{"node":"pay-desk"}}"#, "Pay desk crashes"),
            (r#"{"crash":{"node":"pay-desk","replica":1}}"#, "Pay desk #2 crashes"),
            (r#"{"pause":{"node":"pay-desk"}}"#, "Pay desk pauses"),
            (r#"{"partition":{"between":["web","pay-desk"]}}"#, "Web and Pay desk cut off"),
            (r#"{"latency":{"from":"web","to":"pay-desk","add":"200ms"}}"#, "Web → Pay desk +200 ms"),
            (r#"{"loss":{"from":"web","to":"pay-desk","probability":0.3}}"#, "Web → Pay desk loses 30 %"),
            (r#"{"broker_down":{"log":"clicks","broker":0}}"#, "Clicks: broker 1 down"),
            (r#"{"surge":{"client":"web","factor":3}}"#, "Web surge ×3"),
            (r#"{"poison":{"client":"web","probability":0.01}}"#, "Web: poison 1 %"),
        ];
        for (json, expected) in cases {
            let fault = read_fault(&Json::parse(json).expect("JSON"), &plan).expect("a fault");
            assert_eq!(fault_label(&fault, &plan).replace('\u{202f}', " "), expected);
        }
    }

    #[test]
    fn a_timeline_becomes_buttons_each_once() {
        let scenario = |title: &str| {
            let text = r#"{"schema": 1, "title": "TITLE", "description": "Look.", "nodes": {
                "web": {"kind": "client", "arrivals": {"poisson": {"rate": 1}}, "operation": [{"sleep": "1ms"}]}},
                "timeline": [{"at": "1s", "for": "5s", "fault": {"surge": {"client": "web", "factor": 2}}},
                             {"at": "9s", "for": "5s", "fault": {"surge": {"client": "web", "factor": 2}}}]}"#;
            Scenario::read(&text.replace("TITLE", title)).expect("a scenario")
        };
        let page = exhibit(vec![scenario("One"), scenario("Two")]).expect("a page");
        assert_eq!(page.title, "One against Two");
        assert_eq!(page.faults.len(), 1);
        assert_eq!(page.faults[0].lasts, Some(SimDuration::from_secs(5.0)));
        assert_eq!(page.variants[1].label, "Two");
        assert_eq!(exhibit(vec![scenario("One")]).expect("a page").title, "One");
    }
}
