//! The nodes of a system as a list that edits: the way of keys and of screen readers, beside the stage.

use yew::prelude::*;

use crate::base::Json;
use crate::session::VariantRun;
use crate::ui::model::sandbox::{self, Sandbox};
use crate::ui::msg::keys;
use crate::ui::msg::sandbox::{LinkMsg, SandboxMsg};
use crate::ui::panels::dom::on_key;
use crate::view::name;

/// Every node as a button that chooses it, with what it hands work to; and the link that is on its way.
pub fn parts(own: &Sandbox, variant: &VariantRun, send: &Callback<SandboxMsg>) -> Html {
    let plan = variant.plan();
    let reach = own.chosen.last().cloned();
    // In the order in which they are written; the plan has those that came later at its end.
    let nodes = own.editor().scenario().json().get("nodes").map_or(&[][..], Json::members);
    let row = |(place, (id, _)): (usize, &(String, Json))| {
        let reached = reach.as_ref().map_or(place == 0, |chosen| chosen == id);
        let name = plan.node(id).map_or_else(|| id.clone(), |at| name::of_node(plan, at));
        row(own, id, name, reached, send)
    };
    html! {
        <section class="nodes" aria-label={text!("sandbox.nodes")}>
            <ul data-testid="nodes">{for nodes.iter().enumerate().map(row)}</ul>
            <p class="hint" role="status" data-testid="aim">{aimed(own)}</p>
        </section>
    }
}

/// A node.
fn row(own: &Sandbox, id: &str, name: String, reached: bool, send: &Callback<SandboxMsg>) -> Html {
    let chosen = own.chosen.iter().any(|other| other == id);
    let target = own.aim.as_ref().is_some_and(|aim| aim.target() == Some(id));
    let (press, keyed) = (id.to_owned(), id.to_owned());
    let aiming = own.aim.is_some();
    let onclick = send.reform(move |event: MouseEvent| {
        SandboxMsg::Choose(press.clone(), event.shift_key() || event.ctrl_key() || event.meta_key())
    });
    let onkeydown = on_key(send, move |press| keys::node(press, aiming, &keyed));
    let kind = own.kind(id);
    html! {
        <li>
            <button
                id={sandbox::row_id(id)}
                data-testid={["node ", id].concat()}
                aria-pressed={chosen.to_string()}
                data-target={target.then_some("")}
                tabindex={if reached { "0" } else { "-1" }}
                {onclick}
                {onkeydown}
            >
                <span>{name}</span>
                <small>{kind}</small>
            </button>
        </li>
    }
}

/// Where a link that is made by keys would end, in words.
fn aimed(own: &Sandbox) -> String {
    let Some(aim) = &own.aim else { return String::new() };
    match aim.target() {
        Some(target) => say!(
            "sandbox.aim",
            from = &aim.from,
            target = target,
            number = aim.at + 1,
            count = aim.targets.len()
        ),
        None => say!("sandbox.no-aim", from = &aim.from),
    }
}

/// A list from which the end of a link is chosen.
pub fn joins(own: &Sandbox, id: &str, send: &Callback<SandboxMsg>) -> Html {
    let targets = own.targets(id);
    if targets.is_empty() {
        return Html::default();
    }
    let from = id.to_owned();
    super::offer(
        "join",
        text!("sandbox.join"),
        targets.into_iter().map(|to| (to.clone(), to)),
        send,
        move |to| SandboxMsg::Link(LinkMsg::Join(from.clone(), to)),
    )
}
