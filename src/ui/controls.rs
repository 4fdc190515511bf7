//! Sliders for the settings that matter, and buttons that break something.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::msg::Msg;
use super::trouble::problems;
use super::words;
use crate::scenario::Diagnostic;
use crate::view::Knob;

#[derive(Properties, PartialEq)]
pub struct SettingsProps {
    pub knobs: Vec<Knob>,
    /// A change that was refused: which knob's (empty: no knob's), and why.
    pub refused: Option<(String, Vec<Diagnostic>)>,
    pub seed: u64,
    pub send: Callback<Msg>,
}

#[component]
pub fn Settings(props: &SettingsProps) -> Html {
    let elsewhere = props.refused.as_ref().filter(|(path, _)| path.is_empty() || path == SEED_PATH);
    html! {
        <section class="knobs" aria-labelledby="knobs">
            <h2 id="knobs">{ words::SETTINGS }</h2>
            { for props.knobs.iter().map(|knob| slider(knob, props)) }
            { seed(props) }
            { elsewhere.map(|(_, found)| problems(found)) }
        </section>
    }
}

/// The path of the seed.
pub const SEED_PATH: &str = "seed";

fn slider(knob: &Knob, props: &SettingsProps) -> Html {
    let path = knob.path.clone();
    let send = props.send.clone();
    let oninput = move |event: InputEvent| {
        if let Some(Ok(input)) = event.target().map(JsCast::dyn_into::<HtmlInputElement>) {
            send.emit(Msg::Turn(path.clone(), input.value_as_number() as usize));
        }
    };
    let refused = props.refused.as_ref().filter(|(path, _)| *path == knob.path);
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

fn seed(props: &SettingsProps) -> Html {
    let send = props.send.clone();
    let onchange = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(seed) = input.and_then(|input| input.value().trim().parse().ok()) {
            send.emit(Msg::Seed(seed));
        }
    };
    html! {
        <div class="seed">
            <label>
                { words::SEED }
                <input data-testid="seed" inputmode="numeric" autocomplete="off" size="7" maxlength="16"
                    value={props.seed.to_string()} {onchange} />
            </label>
            <button class="icon" data-testid="new-seed" aria-label={words::NEW_SEED} title={words::NEW_SEED}
                onclick={props.send.reform(|_| Msg::NewSeed)}>
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M2 2h12v12H2z" fill="none" stroke="currentColor" stroke-width="1.500" stroke-linejoin="round" />
                    <path d="M5 5h.01M11 5h.01M8 8h.01M5 11h.01M11 11h.01" stroke="currentColor" stroke-width="2.200" stroke-linecap="round" />
                </svg>
            </button>
        </div>
    }
}

/// A fault button, as it stands.
#[derive(Clone, PartialEq)]
pub struct Button {
    /// Its place among the lesson's.
    pub at: usize,
    /// What it says.
    pub label: String,
    /// Whether it is broken now.
    pub active: bool,
}

#[derive(Properties, PartialEq)]
pub struct FaultsProps {
    pub buttons: Vec<Button>,
    pub send: Callback<Msg>,
}

#[component]
pub fn Faults(props: &FaultsProps) -> Html {
    if props.buttons.is_empty() {
        return Html::default();
    }
    let each = |(digit, button): (usize, &Button)| {
        let at = button.at;
        html! {
            <button class="fault" data-testid={["fault ", &(at + 1).to_string()].concat()}
                aria-pressed={if button.active { "true" } else { "false" }}
                onclick={props.send.reform(move |_| Msg::Fault(at))}>
                <kbd aria-hidden="true">{ digit + 1 }</kbd>{ &button.label }
            </button>
        }
    };
    html! {
        <section class="faults" aria-labelledby="faults">
            <h2 id="faults">{ words::FAULTS }</h2>
            <div class="row">{ for props.buttons.iter().enumerate().map(each) }</div>
        </section>
    }
}
