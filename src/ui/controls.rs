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
pub struct KnobsProps {
    pub knobs: Vec<Knob>,
    /// A change that was refused: which knob's, and why.
    pub refused: Option<(String, Vec<Diagnostic>)>,
    pub send: Callback<Msg>,
}

#[component]
pub fn Knobs(props: &KnobsProps) -> Html {
    if props.knobs.is_empty() {
        return Html::default();
    }
    html! {
        <section class="knobs" aria-labelledby="knobs">
            <h2 id="knobs">{ words::KNOBS }</h2>
            { for props.knobs.iter().map(|knob| slider(knob, props)) }
        </section>
    }
}

fn slider(knob: &Knob, props: &KnobsProps) -> Html {
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
