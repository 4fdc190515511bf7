//! What is to be thought of before the system is run, each with what mends it.

use yew::prelude::*;

use crate::editor::Finding;
use crate::ui::msg::sandbox::SandboxMsg;

/// The findings in words, with a button where one is mended at once.
pub fn findings(found: &[Finding], send: &Callback<SandboxMsg>) -> Html {
    let row = |(at, each): (usize, &Finding)| {
        html! {
            <li data-testid={["finding ", &at.to_string()].concat()}>
                <p>{&each.diagnostic.message}</p>
                <p class="hint">{&each.diagnostic.help}</p>
                if let Some((words, _)) = &each.remedy {
                    <button
                        data-testid={["remedy ", &at.to_string()].concat()}
                        onclick={send.reform(move |_: MouseEvent| SandboxMsg::Remedy(at))}
                    >
                        {words}
                    </button>
                }
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
