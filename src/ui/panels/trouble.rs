//! What is wrong with a file, in place of the figure.

use yew::prelude::*;

use crate::base::Diagnostic;
use crate::link::Unreadable;
use crate::session::Session;
use crate::ui::model::focus::FIGURE;
use crate::view::troubles;

/// No reader works through more problems than these at once.
const SHOWN: usize = 100;

/// So much of what could be read of a link is shown, in characters.
const READ: usize = 2000;

/// Problems as a list: where, what, how to mend it.
pub fn problems(found: &[Diagnostic]) -> Html {
    let each = |problem: &Diagnostic| {
        let path = if problem.path.is_empty() { text!("load.whole-file") } else { &problem.path };
        html! {
            <li>
                <code>{path}</code>
                {[" ", &problem.message].concat()}
                <small>{&problem.help}</small>
            </li>
        }
    };
    html! {
        <div role="alert"><ul class="problems">{for found.iter().take(SHOWN).map(each)}</ul></div>
    }
}

/// Why something was not set, at the control that it was written in.
pub fn refused(sentences: Vec<String>) -> Html {
    let sentences = sentences.into_iter().take(SHOWN).map(|sentence| html! { <li>{sentence}</li> });
    html! { <ul class="problems" role="alert">{for sentences}</ul> }
}

/// A page in place of a figure that cannot be run.
pub fn broken(found: &[Diagnostic]) -> Html {
    html! {
        <section class="panel notice" id={FIGURE} tabindex="-1" data-testid="diagnostics">
            <h1>{text!("load.broken")}</h1>
            <p>{text!("load.broken-help")}</p>
            {problems(found)}
            {home()}
        </section>
    }
}

/// A page in place of a run whose link cannot be read: what is wrong, and the beginning of what could be read.
pub fn unreadable(wrong: &Unreadable) -> Html {
    html! {
        <section class="panel notice" id={FIGURE} tabindex="-1" data-testid="diagnostics">
            <h1>{text!("send.unreadable")}</h1>
            {problems(&wrong.problems)}
            if !wrong.text.is_empty() {
                <details>
                    <summary>{text!("send.readable")}</summary>
                    <pre class="read">{wrong.text.chars().take(READ).collect::<String>()}</pre>
                </details>
            }
            {home()}
        </section>
    }
}

/// A page in place of a lesson that did not come.
pub fn missing(why: &str, on_retry: &Callback<()>) -> Html {
    html! {
        <section class="panel notice" id={FIGURE} tabindex="-1" role="alert">
            <h1>{text!("load.failed")}</h1>
            <p>{why}</p>
            <p><button onclick={on_retry.reform(|_: MouseEvent| ())}>{text!("load.retry")}</button></p>
            {home()}
        </section>
    }
}

/// A page for an address that leads nowhere.
pub fn nowhere() -> Html {
    html! {
        <section class="panel notice" id={FIGURE} tabindex="-1">
            <h1>{text!("load.no-page")}</h1>
            <p>{text!("load.no-page-help")}</p>
            {home()}
        </section>
    }
}

/// While a lesson is on its way.
pub fn loading() -> Html {
    html! {
        <section class="panel notice" id={FIGURE} tabindex="-1" aria-busy="true">
            <h1>{text!("load.loading")}</h1>
        </section>
    }
}

fn home() -> Html {
    html! { <p><a href="#/">{text!("load.home")}</a></p> }
}

/// What is wrong with the run, and what to do about it: it has stopped, or its services wait for each other for good.
pub fn of_run(session: &Session) -> Html {
    let halted = session.halted().map(|_| "halted");
    let each = |(at, trouble): (usize, String)| {
        // Whoever drives the page looks for the first of them.
        let id = halted.filter(|_| at == 0).unwrap_or("trouble");
        html! { <p class="panel notice" role="alert" data-testid={id}>{trouble}</p> }
    };
    html! { <>{for troubles(session).into_iter().enumerate().map(each)}</> }
}
