//! Sliders for the settings that matter, and buttons that break something.

use web_sys::{HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::browser::{typed, window};
use super::dom::{El, el, icon, target};
use super::msg::Msg;
use super::trouble::problems;
use super::words;
use crate::base::Diagnostic;
use crate::view::Knob;

/// The path of the seed.
pub const SEED_PATH: &str = "seed";

/// A change that was refused: which parameter's (empty: none's), and why.
pub type Refused = (String, Vec<Diagnostic>);

/// Sliders and the seed.
pub fn settings(knobs: &[Knob], refused: Option<&Refused>, seed: u64, send: &Callback<Msg>) -> El {
    let elsewhere = refused.filter(|(path, _)| path.is_empty() || path == SEED_PATH);
    el("section", &[("class", "knobs"), ("aria-labelledby", "knobs")])
        .add(el("h2", &[("id", "knobs")]).text(words::SETTINGS))
        .all(knobs.iter().enumerate().map(|(at, knob)| slider(at, knob, refused, send)))
        .add(seed_field(seed, elsewhere.is_some(), send))
        .maybe(elsewhere.map(|(_, found)| problems(found)))
}

/// Brings a refusal into sight that has just been told: the bar of time lies above the end of the page. `told` is
/// whether there was one before.
pub fn show_refusal(told: &mut bool, refused: bool) {
    let find = || window().document()?.query_selector(".knobs .problems").ok()?;
    let found = if refused { find() } else { None };
    if let (Some(found), false) = (&found, *told) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        found.scroll_into_view_with_scroll_into_view_options(&options);
    }
    *told = found.is_some();
}

fn slider(at: usize, knob: &Knob, refused: Option<&Refused>, send: &Callback<Msg>) -> El {
    let refused = refused.filter(|(path, _)| *path == knob.path);
    let input = el("input", &[("type", "range"), ("min", "0")])
        .put("max", knob.last().to_string())
        .put("aria-valuetext", knob.value.clone())
        .put("data-testid", ["knob ", &knob.path].concat())
        .state("aria-invalid", refused.is_some())
        .value(knob.place.to_string())
        .on(ListenerKind::oninput, send, at, |event, at| {
            Some(Msg::Turn(at, target::<HtmlInputElement>(event)?.value_as_number() as usize))
        });
    el("label", &[("class", "knob")])
        .add(el("span", &[("class", "name")]).say(knob.label.clone()))
        .add(el("output", &[("class", "value")]).say(knob.value.clone()))
        .add(input)
        .maybe(refused.map(|(_, found)| problems(found)))
}

fn seed_field(seed: u64, refused: bool, send: &Callback<Msg>) -> El {
    let names = [
        ("id", "seed"),
        ("data-testid", "seed"),
        ("inputmode", "numeric"),
        ("autocomplete", "off"),
        ("maxlength", "16"),
    ];
    // What somebody is typing is not overwritten.
    let input = el("input", &names)
        .state("aria-invalid", refused)
        .value(typed("seed").unwrap_or_else(|| seed.to_string()))
        .on(ListenerKind::onchange, send, 0, |event, _| {
            Some(Msg::Seed(target::<HtmlInputElement>(event)?.value()))
        });
    let names = [("aria-label", words::NEW_SEED), ("title", words::NEW_SEED)];
    let fresh = el("button", &[("class", "icon"), ("data-testid", "new-seed"), names[0], names[1]])
        .on(ListenerKind::onclick, send, 0, |_, _| Some(Msg::NewSeed))
        .html(icon(concat!(
            r#"<path d="M2 2h12v12H2z" fill="none" stroke="currentColor" stroke-width="1.5"/>"#,
            r#"<path d="M5 5h.01M11 5h.01M8 8h.01M5 11h.01M11 11h.01" stroke="currentColor" "#,
            r#"stroke-width="2.2" stroke-linecap="round"/>"#
        )));
    el("div", &[("class", "seed")]).add(el("label", &[]).text(words::SEED).add(input)).add(fresh)
}

/// Fault buttons: for each its place among the lesson's, what it says, and whether it is pressed.
pub fn faults<'a>(buttons: impl Iterator<Item = (usize, &'a str, bool)>, send: &Callback<Msg>) -> El {
    let each = |(digit, (at, label, active)): (usize, (usize, &str, bool))| {
        el("button", &[("class", "fault")])
            .test("fault", at + 1)
            .state("aria-pressed", active)
            .on(ListenerKind::onclick, send, at, |_, at| Some(Msg::Fault(at)))
            .add(el("kbd", &[("aria-hidden", "true")]).say((digit + 1).to_string()))
            .say(label.to_owned())
    };
    el("section", &[("class", "faults"), ("aria-labelledby", "faults")])
        .add(el("h2", &[("id", "faults")]).text(words::FAULTS))
        .add(el("div", &[("class", "row")]).all(buttons.enumerate().map(each)))
}
