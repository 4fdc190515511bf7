//! A scenario as a page: its own words, and a button for every fault that its timeline knows.

use crate::base::{Diagnostic, Json};
use crate::lesson::{ScenarioPage, Span};
use crate::scenario::{Plan, Scenario, read_fault};
use crate::session::{FaultButton, Variant};
use crate::view::sentences::fault::fault_label;

/// A page on one scenario, or on two to be compared, A first. All problems at once.
pub fn scenario_page(scenarios: Vec<Scenario>) -> Result<ScenarioPage, Vec<Diagnostic>> {
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
        [a, b] => say!("scenario-page.against", a = a.title(), b = b.title()),
        _ => first.map_or("", Scenario::title).to_owned(),
    };
    let said = scenarios.iter().map(Scenario::description).filter(|text| !text.is_empty());
    let summary = vec![Span::Plain(said.collect::<Vec<_>>().join(" "))];
    let variant = |scenario: Scenario| Variant { label: scenario.title().to_owned(), scenario };
    let variants = scenarios.into_iter().map(variant).collect();
    Ok(ScenarioPage { title, summary, variants, faults })
}

/// The button for an entry of a timeline.
fn button(entry: &Json, plan: &Plan) -> Option<FaultButton> {
    let fault = entry.get("fault")?;
    let lasts =
        entry.get("for").and_then(Json::as_str).and_then(|text| crate::base::parse_duration(text).ok());
    let label = fault_label(&read_fault(fault, plan).ok()?, plan);
    Some(FaultButton { label, faults: vec![fault.clone()], lasts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimDuration;

    #[test]
    fn a_timeline_becomes_buttons_each_once() {
        let scenario = |title: &str| {
            let text = r#"{"schema": 1, "title": "TITLE", "description": "Look.", "nodes": {
                "web": {"kind": "client", "arrivals": {"poisson": {"rate": 1}}, "operation": [{"sleep": "1ms"}]}},
                "timeline": [{"at": "1s", "for": "5s", "fault": {"surge": {"client": "web", "factor": 2}}},
                             {"at": "9s", "for": "5s", "fault": {"surge": {"client": "web", "factor": 2}}}]}"#;
            Scenario::read(&text.replace("TITLE", title)).expect("a scenario")
        };
        let page = scenario_page(vec![scenario("One"), scenario("Two")]).expect("a page");
        assert_eq!(page.title, "One against Two");
        assert_eq!(page.faults.len(), 1);
        assert_eq!(page.faults[0].lasts, Some(SimDuration::from_secs(5.0)));
        assert_eq!(page.variants[1].label, "Two");
        assert_eq!(scenario_page(vec![scenario("One")]).expect("a page").title, "One");
    }
}
