//! What is to be thought of before the system is run, each with what mends it.

use yew::prelude::*;

use crate::base::Diagnostic;

/// The findings in words, with a button where one is mended at once.
pub fn findings(found: &[Diagnostic]) -> Html {
    let row = |(at, each): (usize, &Diagnostic)| {
        html! {
            <li data-testid={["finding ", &at.to_string()].concat()}>
                <p>{&each.message}</p>
                <p class="hint">{&each.help}</p>
            </li>
        }
    };
    html! {
        <section class="panel findings" aria-label={text!("sandbox.findings-title")}>
            if found.is_empty() {
                <p>{text!("sandbox.no-findings")}</p>
            }
            <ul>{for found.iter().enumerate().map(row)}</ul>
        </section>
    }
}
