//! What stands beside the stage of a system of one's own, and the palette above it.

pub mod findings;
pub mod node;
pub mod palette;
pub mod parts;
pub mod steps;
pub mod templates;
pub mod text;
pub mod toolbar;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::ui::model::sandbox::{Sandbox, Tab};
use crate::ui::msg::sandbox::SandboxMsg;
use crate::ui::panels::dom::{answering, option};

/// The buttons that choose what stands beside the stage. `findings`: how many there are.
pub fn tabs(own: &Sandbox, findings: usize, send: &Callback<SandboxMsg>) -> Html {
    let tab = |(id, tab, name): (&'static str, Tab, String)| {
        html! {
            <button
                data-testid={id}
                aria-pressed={(own.tab == tab).to_string()}
                onclick={send.reform(move |_: MouseEvent| SandboxMsg::Tab(tab))}
            >
                {name}
            </button>
        }
    };
    let all = [
        ("tab parts", Tab::Parts, text!("sandbox.parts").to_owned()),
        ("tab findings", Tab::Findings, say!("sandbox.findings", count = findings)),
        ("tab text", Tab::Text, text!("sandbox.text").to_owned()),
    ];
    html! { <div class="switch tabs" role="group" aria-label={text!("sandbox.beside")}>{for all.into_iter().map(tab)}</div> }
}

/// A list that does something at once when an entry of it is chosen: what it says at first, and its entries with their
/// values.
pub fn offer(
    id: &str,
    label: &'static str,
    entries: impl Iterator<Item = (String, String)>,
    send: &Callback<SandboxMsg>,
    chosen: impl Fn(String) -> SandboxMsg + 'static,
) -> Html {
    let onchange = answering(send, move |event: Event| {
        let list = event.target_dyn_into::<HtmlSelectElement>()?;
        let value = list.value();
        list.set_selected_index(0);
        (!value.is_empty()).then(|| chosen(value))
    });
    html! {
        <select data-testid={id.to_owned()} aria-label={label} {onchange}>
            {option(label, Some(AttrValue::from("")), true)}
            for (value, name) in entries {
                {option(name, Some(value.into()), false)}
            }
        </select>
    }
}
