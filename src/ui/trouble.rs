//! What is wrong with a file, in place of the figure; and what is left when a page cannot be shown.

use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::browser::{Listener, window};
use super::dom::{El, el};
use super::msg::Msg;
use super::words;
use crate::scenario::Diagnostic;
use crate::session::Halt;

/// No reader works through more problems than these at once.
const SHOWN: usize = 100;

/// Problems as a list: where, what, how to mend it.
pub fn problems(found: &[Diagnostic]) -> El {
    let each = |problem: &Diagnostic| {
        let path = if problem.path.is_empty() { words::WHOLE_FILE } else { &problem.path };
        el("li", &[])
            .add(el("code", &[]).say(path.to_owned()))
            .say([" ", &problem.message].concat())
            .add(el("small", &[]).say(problem.help.clone()))
    };
    el("ul", &[("class", "problems"), ("role", "alert")]).all(found.iter().take(SHOWN).map(each))
}

/// A page in place of a figure that cannot be run.
pub fn broken(found: &[Diagnostic]) -> El {
    notice(words::BROKEN, words::BROKEN_HELP)
        .put("data-testid", "diagnostics")
        .add(problems(found))
        .add(home())
}

/// A page in place of a lesson that did not come.
pub fn missing(why: &str, send: &Callback<Msg>) -> El {
    let again = el("button", &[]).on(ListenerKind::onclick, send, 0, |_, _| Some(Msg::Reload));
    notice(words::LOAD_FAILED, "")
        .put("role", "alert")
        .add(el("p", &[]).say(why.to_owned()))
        .add(el("p", &[]).add(again.text(words::RETRY)))
        .add(home())
}

/// A page for an address that leads nowhere.
pub fn nowhere() -> El {
    notice(words::NO_PAGE, words::NO_PAGE_HELP).add(home())
}

/// While a lesson is on its way.
pub fn loading() -> El {
    notice(words::LOADING, "").put("aria-busy", "true")
}

fn notice(title: &'static str, text: &'static str) -> El {
    el("section", &[("class", "panel notice"), ("id", "figure"), ("tabindex", "-1")])
        .add(el("h1", &[]).text(title))
        .maybe((!text.is_empty()).then(|| el("p", &[]).text(text)))
}

fn home() -> El {
    el("p", &[]).add(el("a", &[("href", "#/")]).text(words::HOME))
}

/// The run has stopped, and what to do about it.
pub fn halted(halt: Halt) -> El {
    let why = match halt {
        Halt::Endless => words::HALT_ENDLESS,
        Halt::Full => words::HALT_FULL,
    };
    el("p", &[("class", "panel notice"), ("role", "alert"), ("data-testid", "halted")]).text(why)
}

/// From now on a broken promise of the program is reported in the page, in words, and not in the console alone.
///
/// The released page is built to trap at once instead of unwinding (see `xtask`), so the report comes from the
/// browser's own error event; a development build tells more through the panic hook.
pub fn report_panics() {
    yew::set_custom_panic_hook(Box::new(|info| report(&info.to_string())));
    let trapped = Listener::new(&window(), "error", |event| {
        let part = |name: &str| js_sys::Reflect::get(&event, &name.into()).ok();
        // An image that does not load, or a canvas that was resized while it was measured, is no end of the program,
        // and comes without an error of its own.
        let trapped = part("error").is_some_and(|error| !error.is_null() && !error.is_undefined());
        if let Some(message) = part("message").and_then(|text| text.as_string()).filter(|_| trapped) {
            report(&message);
        }
    });
    // For as long as the page lives.
    std::mem::forget(trapped);
}

/// Says once, in the page, that the program has stopped.
fn report(what: &str) {
    let Some(document) = window().document() else { return };
    if document.query_selector(".stopped").is_ok_and(|found| found.is_some()) {
        return;
    }
    let Ok(report) = document.create_element("pre") else { return };
    report.set_class_name("panel notice stopped");
    let _ = report.set_attribute("role", "alert");
    report.set_text_content(Some(&[words::STOPPED, "\n", words::STOPPED_HELP, "\n\n", what].concat()));
    if let Some(body) = document.body() {
        // A body takes any element.
        let _ = body.append_child(&report);
    }
}
