//! How often an operation that repeats its steps uses a link: "repeated ×12", on the link.

use super::layout::Layout;
use super::pill::{Draft, Placer};
use crate::base::{LinkIx, Number};
use crate::scenario::{Instruction, Plan};
use crate::session::VariantRun;
use crate::view::canvas::theme::Token;

/// How often something is repeated.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Times {
    /// So often, on average.
    mean: f64,
    /// That often every time.
    exact: bool,
}

/// What links say of the steps that are repeated over them; of several the most frequent.
pub(crate) fn pills(placer: &mut Placer, variant: &VariantRun, layout: &Layout) {
    let repeats = repeats(variant.plan());
    for joint in 0..layout.joints().len() {
        let own = |&&(link, _): &&(LinkIx, Times)| layout.joint(link).is_some_and(|(at, _)| at == joint);
        let all = repeats.iter().filter(own).map(|(_, times)| *times);
        let Some(most) = all.max_by(|a, b| a.mean.total_cmp(&b.mean)) else { continue };
        let version = |out: &mut String, version: usize| {
            let times = Number::Figures(most.mean);
            match (version, most.exact) {
                (0, true) => say!(out => "stage.repeats", times = times),
                (0, false) => say!(out => "stage.repeats-about", times = times),
                (1, _) => say!(out => "stage.repeats-short", times = times),
                _ => {}
            }
        };
        let token = Token::Muted;
        placer.place(&Draft {
            joint,
            along: 0.5,
            slot: -1,
            token,
            breaker: None,
            optional: true,
            version: &version,
        });
    }
}

/// The links that repeated steps use, and how often; repeats within each other multiply.
fn repeats(plan: &Plan) -> Vec<(LinkIx, Times)> {
    let mut open: Vec<(usize, Times)> = Vec::new();
    let mut found = Vec::new();
    for (at, instruction) in plan.code.iter().enumerate() {
        open.retain(|(end, _)| at < *end);
        let around = open.last().map(|(_, times)| *times);
        let used = match *instruction {
            Instruction::Repeat { turns, .. } => {
                begin(plan, at, Times { mean: turns.into(), exact: true }, around, &mut open);
                continue;
            }
            Instruction::RepeatGeometric { mean, .. } => {
                begin(plan, at, Times { mean, exact: false }, around, &mut open);
                continue;
            }
            Instruction::Call(call) => plan.calls[call.at()].out,
            Instruction::Access(access) => plan.accesses[access.at()].out,
            Instruction::Publish(publish) => plan.publishes[publish.at()].out,
            _ => continue,
        };
        found.extend(around.map(|times| (used, times)));
    }
    found
}

/// A repeat begins; its turn, which follows, says where it ends.
fn begin(plan: &Plan, at: usize, own: Times, around: Option<Times>, open: &mut Vec<(usize, Times)>) {
    if let Some(Instruction::Turn { next, .. }) = plan.code.get(at + 1) {
        let times = around
            .map_or(own, |outer| Times { mean: outer.mean * own.mean, exact: outer.exact && own.exact });
        open.push((next.at(), times));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Size;
    use crate::view::stage::pills;
    use crate::view::stage::tests::variant;

    #[test]
    fn a_link_says_how_often_it_is_used() {
        let check = |repeat: &str, expected: &[(f64, bool)]| {
            let scenario = format!(
                r#"{{ "schema": 1, "nodes": {{
                "web": {{ "kind": "client", "arrivals": {{ "constant": {{ "rate": 4 }} }}, "operation": [ {{ "call": {{ "to": "shop" }} }} ] }},
                "shop": {{ "kind": "service", "operations": {{ "default": [ {repeat} ] }} }},
                "stock": {{ "kind": "service", "operations": {{ "default": [ {{ "work": "1ms" }} ] }} }} }} }}"#
            );
            let variant = variant(&scenario, 0.0);
            let found: Vec<_> =
                repeats(variant.plan()).iter().map(|(_, times)| (times.mean, times.exact)).collect();
            assert_eq!(found, expected, "{repeat}");
            let layout = Layout::new(variant.plan(), &[], Size { w: 900.0, h: 400.0 });
            let pills = pills::pills(&variant, &layout, 1.0, &[], false);
            assert_eq!(pills.len(), expected.len().min(1), "{repeat}");
        };
        let call = r#"{ "call": { "to": "stock" } }"#;
        check(call, &[]);
        check(&format!(r#"{{ "repeat": {{ "times": 12, "do": [ {call} ] }} }}, {call}"#), &[(12.0, true)]);
        check(
            &format!(r#"{{ "repeat": {{ "times": {{ "geometric": 3 }}, "do": [ {call} ] }} }}"#),
            &[(3.0, false)],
        );
        check(
            &format!(
                r#"{{ "repeat": {{ "times": 2, "do": [ {{ "repeat": {{ "times": 5, "do": [ {call} ] }} }}, {call} ] }} }}"#
            ),
            &[(10.0, true), (2.0, true)],
        );
    }
}
