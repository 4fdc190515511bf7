//! Sliders for the settings that matter, and buttons that break something.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::msg::Msg;
use super::trouble::problems;
use super::words;
use crate::scenario::Diagnostic;
use crate::view::Knob;

/// Sliders and the seed. `refused` is a change that was refused: which parameter's (empty: none's), and why.
pub fn settings(
    knobs: &[Knob],
    refused: Option<&(String, Vec<Diagnostic>)>,
    seed: u64,
    send: &Callback<Msg>,
) -> Html {
    let elsewhere = refused.filter(|(path, _)| path.is_empty() || path == SEED_PATH);
    html! {
        <section class="knobs" aria-labelledby="knobs">
            <h2 id="knobs">{ words::SETTINGS }</h2>
            { for knobs.iter().map(|knob| slider(knob, refused, send)) }
            { seed_field(seed, send) }
            { elsewhere.map(|(_, found)| problems(found)) }
        </section>
    }
}

/// The path of the seed.
pub const SEED_PATH: &str = "seed";

fn slider(knob: &Knob, refused: Option<&(String, Vec<Diagnostic>)>, send: &Callback<Msg>) -> Html {
    let path = knob.path.clone();
    let send = send.clone();
    let oninput = move |event: InputEvent| {
        if let Some(Ok(input)) = event.target().map(JsCast::dyn_into::<HtmlInputElement>) {
            send.emit(Msg::Turn(path.clone(), input.value_as_number() as usize));
        }
    };
    let refused = refused.filter(|(path, _)| *path == knob.path);
    html! {
        <label class="knob" key={knob.path.clone()}>
            <span class="name">{ &knob.label }</span>
            <output class="value">{ &knob.value }</output>
            <input type="range" min="0" max={knob.last().to_string()} value={knob.place.to_string()}
                aria-valuetext={knob.value.clone()} aria-invalid={refused.map(|_| "true")}
                data-testid={["knob ", &knob.path].concat()} {oninput} />
            { refused.map(|(_, found)| problems(found)) }
        </label>
    }
}

fn seed_field(seed: u64, send: &Callback<Msg>) -> Html {
    let change = send.clone();
    let onchange = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(seed) = input.and_then(|input| input.value().trim().parse().ok()) {
            change.emit(Msg::Seed(seed));
        }
    };
    html! {
        <div class="seed">
            <label>
                { words::SEED }
                <input data-testid="seed" inputmode="numeric" autocomplete="off" size="7" maxlength="16"
                    value={seed.to_string()} {onchange} />
            </label>
            <button class="icon" data-testid="new-seed" aria-label={words::NEW_SEED} title={words::NEW_SEED}
                onclick={send.reform(|_| Msg::NewSeed)}>
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M2 2h12v12H2z" fill="none" stroke="currentColor" stroke-width="1.500" stroke-linejoin="round" />
                    <path d="M5 5h.01M11 5h.01M8 8h.01M5 11h.01M11 11h.01" stroke="currentColor" stroke-width="2.200" stroke-linecap="round" />
                </svg>
            </button>
        </div>
    }
}

/// Fault buttons: for each its place among the lesson's, what it says, and whether it is pressed.
pub fn faults<'a>(buttons: impl Iterator<Item = (usize, &'a str, bool)>, send: &Callback<Msg>) -> Html {
    let each = |(digit, (at, label, active)): (usize, (usize, &str, bool))| {
        html! {
            <button class="fault" data-testid={["fault ", &(at + 1).to_string()].concat()}
                aria-pressed={if active { "true" } else { "false" }}
                onclick={send.reform(move |_| Msg::Fault(at))}>
                <kbd aria-hidden="true">{ digit + 1 }</kbd>{ label.to_owned() }
            </button>
        }
    };
    html! {
        <section class="faults" aria-labelledby="faults">
            <h2 id="faults">{ words::FAULTS }</h2>
            <div class="row">{ for buttons.enumerate().map(each) }</div>
        </section>
    }
}
