//! The scenario as a text, with what is wrong with it.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::base::Diagnostic;
use crate::ui::model::sandbox::Sandbox;
use crate::ui::msg::sandbox::SandboxMsg;
use crate::ui::panels::dom::answering;

/// No reader works through more mistakes than these at once.
const SHOWN: usize = 20;

/// A mistake: where in the text, what, and how to mend it.
fn mistake((line, column, problem): (usize, usize, &Diagnostic)) -> Html {
    html! {
        <li>
            <b>{say!("sandbox.at", line = line, column = column)}</b>
            {" "}
            <code>{&problem.path}</code>
            {[" ", &problem.message].concat()}
            <small>{&problem.help}</small>
        </li>
    }
}

/// The text with the numbers of its lines. What is right takes effect as it is typed; what is wrong leaves the last right
/// system running.
pub fn text(own: &Sandbox, send: &Callback<SandboxMsg>) -> Html {
    let (text, wrong) = (own.editor().text(), own.editor().wrong());
    let lines = text.lines().count() + usize::from(text.ends_with('\n'));
    let numbers: String = (1..=lines).map(|line| [&line.to_string(), "\n"].concat()).collect();
    let oninput = answering(send, |event: InputEvent| {
        Some(SandboxMsg::Text(event.target_dyn_into::<HtmlTextAreaElement>()?.value()))
    });
    html! {
        <section class="panel code" aria-label={text!("sandbox.text")}>
            <p class="hint" role="status" data-testid="text state">
                {if wrong.is_empty() { text!("sandbox.text-runs") } else { text!("sandbox.text-wrong") }}
            </p>
            if !wrong.is_empty() {
                <ul class="problems" role="alert">{for own.editor().mistakes().into_iter().take(SHOWN).map(mistake)}</ul>
            }
            <div class="lines">
                <pre aria-hidden="true">{numbers}</pre>
                <textarea
                    data-testid="text"
                    aria-label={text!("sandbox.text-field")}
                    aria-invalid={(!wrong.is_empty()).to_string()}
                    wrap="off"
                    spellcheck="false"
                    autocomplete="off"
                    rows={lines.max(8).to_string()}
                    value={text.to_owned()}
                    {oninput}
                />
            </div>
        </section>
    }
}
