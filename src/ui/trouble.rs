//! What is wrong with a file, in place of the figure; and what is left when a page cannot be shown.

use yew::prelude::*;

use super::msg::Msg;
use super::words;
use crate::scenario::Diagnostic;

/// No reader works through more problems than these at once.
const SHOWN: usize = 100;

/// Problems as a list: where, what, how to mend it.
pub fn problems(found: &[Diagnostic]) -> Html {
    let each = |problem: &Diagnostic| {
        let path = if problem.path.is_empty() { words::WHOLE_FILE } else { &problem.path };
        html! { <li><code>{ path }</code>{ " " }{ &problem.message }<small>{ &problem.help }</small></li> }
    };
    html! { <ul class="problems" role="alert">{ for found.iter().take(SHOWN).map(each) }</ul> }
}

/// A page in place of a figure that cannot be run.
pub fn broken(found: &[Diagnostic]) -> Html {
    html! {
        <section class="panel notice" id="figure" data-testid="diagnostics">
            <h1>{ words::BROKEN }</h1>
            <p>{ words::BROKEN_HELP }</p>
            { problems(found) }
            <p><a href="#/">{ words::HOME }</a></p>
        </section>
    }
}

/// A page in place of a lesson that did not come.
pub fn missing(why: &str, send: &Callback<Msg>) -> Html {
    html! {
        <section class="panel notice" id="figure" role="alert">
            <h1>{ words::LOAD_FAILED }</h1>
            <p>{ why.to_owned() }</p>
            <p>
                <button onclick={send.reform(|_| Msg::Reload)}>{ words::RETRY }</button>
                <a href="#/">{ words::HOME }</a>
            </p>
        </section>
    }
}

/// A page for an address that leads nowhere.
pub fn nowhere() -> Html {
    html! {
        <section class="panel notice" id="figure">
            <h1>{ words::NO_PAGE }</h1>
            <p>{ words::NO_PAGE_HELP }</p>
            <p><a href="#/">{ words::HOME }</a></p>
        </section>
    }
}

/// While a lesson is on its way.
pub fn loading() -> Html {
    html! {
        <section class="panel notice" id="figure" aria-busy="true"><p role="status">{ words::LOADING }</p></section>
    }
}

/// From now on a broken promise of the program is reported in the page, in words, and not in the console alone.
pub fn report_panics() {
    yew::set_custom_panic_hook(Box::new(|info| {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let Ok(report) = document.create_element("pre") else { return };
        report.set_class_name("panel notice stopped");
        let _ = report.set_attribute("role", "alert");
        report.set_text_content(Some(
            &[words::STOPPED, "\n", words::STOPPED_HELP, "\n\n", &info.to_string()].concat(),
        ));
        if let Some(body) = document.body() {
            // A body takes any element.
            let _ = body.append_child(&report);
        }
    }));
}
