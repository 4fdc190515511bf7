//! Sliders for the settings that matter, and buttons that break something.

use web_sys::{HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::browser::{typed, window};
use super::dom::icon;
use super::msg::Msg;
use super::trouble::problems;
use super::words;
use crate::base::Diagnostic;
use crate::view::Knob;

/// The path of the seed.
pub const SEED_PATH: &str = "seed";

/// A change that was refused: which parameter's (empty: none's), and why.
pub type Refused = (String, Vec<Diagnostic>);

/// Sliders and the seed. Neither is a component: a field whose change was refused has to be put right at the next
/// message, also where what it shows has not changed.
pub fn settings(knobs: &[Knob], refused: Option<&Refused>, seed: u64, send: &Callback<Msg>) -> Html {
    let elsewhere = refused.filter(|(path, _)| path.is_empty() || path == SEED_PATH);
    html! {
        <section class="knobs" aria-labelledby="knobs">
            <h2 id="knobs">{words::SETTINGS}</h2>
            {for knobs.iter().enumerate().map(|(at, knob)| slider(at, knob, refused, send))}
            {seed_field(seed, elsewhere.is_some(), send)}
            if let Some((_, found)) = elsewhere {
                {problems(found)}
            }
        </section>
    }
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

fn slider(at: usize, knob: &Knob, refused: Option<&Refused>, send: &Callback<Msg>) -> Html {
    let refused = refused.filter(|(path, _)| *path == knob.path);
    let send = send.clone();
    let oninput = move |event: InputEvent| {
        if let Some(slider) = event.target_dyn_into::<HtmlInputElement>() {
            send.emit(Msg::Turn(at, slider.value_as_number() as usize));
        }
    };
    html! {
        <label class="knob">
            <span class="name">{&knob.label}</span>
            <output class="value">{&knob.value}</output>
            <input
                type="range"
                min="0"
                max={knob.last().to_string()}
                aria-valuetext={knob.value.clone()}
                data-testid={["knob ", &knob.path].concat()}
                aria-invalid={refused.is_some().to_string()}
                value={knob.place.to_string()}
                {oninput}
            />
            if let Some((_, found)) = refused {
                {problems(found)}
            }
        </label>
    }
}

fn seed_field(seed: u64, refused: bool, send: &Callback<Msg>) -> Html {
    let entered = send.clone();
    let onchange = move |event: Event| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            entered.emit(Msg::Seed(field.value()));
        }
    };
    // What somebody is typing is not overwritten.
    let value = typed("seed").unwrap_or_else(|| seed.to_string());
    html! {
        <div class="seed">
            <label>
                {words::SEED}
                <input
                    id="seed"
                    data-testid="seed"
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="16"
                    aria-invalid={refused.to_string()}
                    {value}
                    {onchange}
                />
            </label>
            <button
                class="icon"
                data-testid="new-seed"
                aria-label={words::NEW_SEED}
                title={words::NEW_SEED}
                onclick={send.reform(|_: MouseEvent| Msg::NewSeed)}
            >
                {icon(concat!(
                    r#"<path d="M2 2h12v12H2z" fill="none" stroke="currentColor" stroke-width="1.5"/>"#,
                    r#"<path d="M5 5h.01M11 5h.01M8 8h.01M5 11h.01M11 11h.01" stroke="currentColor" "#,
                    r#"stroke-width="2.2" stroke-linecap="round"/>"#
                ))}
            </button>
        </div>
    }
}

/// Fault buttons: for each its place among the lesson's, what it says, and whether it is pressed.
pub fn faults<'a>(buttons: impl Iterator<Item = (usize, &'a str, bool)>, send: &Callback<Msg>) -> Html {
    // The key that presses it is its place among those that are shown.
    let each = |(place, (at, label, active)): (usize, (usize, &str, bool))| {
        html! {
            <button
                class="fault"
                data-testid={["fault ", &(at + 1).to_string()].concat()}
                aria-pressed={active.to_string()}
                onclick={send.reform(move |_: MouseEvent| Msg::Fault(at))}
            >
                <kbd aria-hidden="true">{place + 1}</kbd>
                {label}
            </button>
        }
    };
    html! {
        <section class="faults" aria-labelledby="faults">
            <h2 id="faults">{words::FAULTS}</h2>
            <div class="row">{for buttons.enumerate().map(each)}</div>
        </section>
    }
}
