//! What one can begin with: the small system, and every ready scenario.

use yew::prelude::*;

use crate::lesson::{Entry, Gallery};
use crate::ui::msg::sandbox::SandboxMsg;
use crate::ui::panels::course::picture;

/// A row of small pictures. What was there before can be had back by undoing.
pub fn templates(gallery: Option<&Gallery>, send: &Callback<SandboxMsg>) -> Html {
    let entries = gallery.map_or(&[][..], |all| &all.groups).iter().flat_map(|group| &group.entries);
    let card = |entry: &Entry| {
        let slug = entry.slug.clone();
        html! {
            <li>
                <button
                    data-testid={["template ", &entry.slug].concat()}
                    onclick={send.reform(move |_: MouseEvent| SandboxMsg::Template(Some(slug.clone())))}
                >
                    {picture("gallery.svg#", &entry.slug)}
                    <span>{&entry.title}</span>
                </button>
            </li>
        }
    };
    html! {
        <details class="templates">
            <summary>{text!("sandbox.templates")}</summary>
            <p class="hint">{text!("sandbox.templates-help")}</p>
            <ul tabindex="0" aria-label={text!("sandbox.templates")}>
                <li>
                    <button
                        data-testid="template"
                        onclick={send.reform(|_: MouseEvent| SandboxMsg::Template(None))}
                    >
                        <span>{text!("sandbox.small")}</span>
                    </button>
                </li>
                {for entries.map(card)}
            </ul>
        </details>
    }
}
