//! What is wrong with a file, in place of the figure.

use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::dom::{El, el};
use super::msg::Msg;
use super::words;
use crate::base::Diagnostic;
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
        Halt::Livelock => words::HALT_ENDLESS,
        Halt::Full => words::HALT_FULL,
    };
    el("p", &[("class", "panel notice"), ("role", "alert"), ("data-testid", "halted")]).text(why)
}
