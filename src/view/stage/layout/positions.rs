//! Where nodes were asked to stand.

use crate::base::Json;
use crate::scenario::{Plan, Scenario};
use crate::session::VariantRun;

/// Where a node was asked to stand (`view.positions` of the scenario), by [`NodeIx`].
pub fn positions(variant: &VariantRun) -> Vec<Option<[f32; 2]>> {
    places(variant.scenario(), variant.plan())
}

/// The same of a scenario that does not run.
pub fn places(scenario: &Scenario, plan: &Plan) -> Vec<Option<[f32; 2]>> {
    let given = match scenario.get("view.positions") {
        Some(Json::Object(members)) => members,
        _ => Vec::new(),
    };
    let place = |id: &str| {
        let (_, value) = given.iter().find(|(name, _)| name == id)?;
        match value {
            Json::Array(pair) => match pair.as_slice() {
                [Json::Number(x), Json::Number(y)] => Some([*x as f32, *y as f32]),
                _ => None,
            },
            _ => None,
        }
    };
    plan.nodes.iter().map(|node| place(&node.id)).collect()
}
