//! What is wrong with a file, in place of the figure.

use yew::prelude::*;

use super::msg::Msg;
use super::words;
use crate::base::Diagnostic;
use crate::session::Halt;

/// No reader works through more problems than these at once.
const SHOWN: usize = 100;

/// Problems as a list: where, what, how to mend it.
pub fn problems(found: &[Diagnostic]) -> Html {
    let each = |problem: &Diagnostic| {
        let path = if problem.path.is_empty() { words::WHOLE_FILE } else { &problem.path };
        html! {
            <li>
                <code>{path}</code>
                {[" ", &problem.message].concat()}
                <small>{&problem.help}</small>
            </li>
        }
    };
    html! { <ul class="problems" role="alert">{for found.iter().take(SHOWN).map(each)}</ul> }
}

/// A page in place of a figure that cannot be run.
pub fn broken(found: &[Diagnostic]) -> Html {
    html! {
        <section class="panel notice" id="figure" tabindex="-1" data-testid="diagnostics">
            <h1>{words::BROKEN}</h1>
            <p>{words::BROKEN_HELP}</p>
            {problems(found)}
            {home()}
        </section>
    }
}

/// A page in place of a lesson that did not come.
pub fn missing(why: &str, send: &Callback<Msg>) -> Html {
    html! {
        <section class="panel notice" id="figure" tabindex="-1" role="alert">
            <h1>{words::LOAD_FAILED}</h1>
            <p>{why}</p>
            <p><button onclick={send.reform(|_: MouseEvent| Msg::Reload)}>{words::RETRY}</button></p>
            {home()}
        </section>
    }
}

/// A page for an address that leads nowhere.
pub fn nowhere() -> Html {
    html! {
        <section class="panel notice" id="figure" tabindex="-1">
            <h1>{words::NO_PAGE}</h1>
            <p>{words::NO_PAGE_HELP}</p>
            {home()}
        </section>
    }
}

/// While a lesson is on its way.
pub fn loading() -> Html {
    html! {
        <section class="panel notice" id="figure" tabindex="-1" aria-busy="true">
            <h1>{words::LOADING}</h1>
        </section>
    }
}

fn home() -> Html {
    html! { <p><a href="#/">{words::HOME}</a></p> }
}

/// The run has stopped, and what to do about it.
pub fn halted(halt: Halt) -> Html {
    let why = match halt {
        Halt::Livelock => words::HALT_ENDLESS,
        Halt::Full => words::HALT_FULL,
    };
    html! { <p class="panel notice" role="alert" data-testid="halted">{why}</p> }
}
