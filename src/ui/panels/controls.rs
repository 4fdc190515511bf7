//! Sliders for the settings that matter, and buttons that break something.

use web_sys::{HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use crate::session::Refusal;
use crate::ui::msg::setting::SettingMsg;
use crate::ui::panels::dom::{answering, icon};
use crate::ui::panels::trouble;
use crate::ui::platform::browser::{typed, window};
use crate::ui::update::settings::SEED_PATH;
use crate::view::Knob;
use crate::view::inspector::refusal;

/// Sliders and the seed. Neither is a component: a field whose change was refused has to be put right at the next
/// message, also where what it shows has not changed.
pub fn settings(knobs: &[Knob], refused: Option<&Refusal>, seed: u64, on_set: &Callback<SettingMsg>) -> Html {
    let elsewhere = refused.filter(|Refusal { path, .. }| path.is_empty() || path == SEED_PATH);
    html! {
        <section class="knobs" aria-labelledby="knobs">
            <h2 id="knobs">{text!("screen.settings")}</h2>
            {for knobs.iter().map(|knob| slider(knob, refused, on_set))}
            {seed_field(seed, elsewhere.is_some(), on_set)}
            if let Some(refused) = elsewhere {
                {trouble::refused(refusal(&refused.problems))}
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

fn slider(knob: &Knob, refused: Option<&Refusal>, on_set: &Callback<SettingMsg>) -> Html {
    let refused = refused.filter(|refused| refused.path == knob.path);
    let turned = knob.clone();
    let oninput = answering(on_set, move |event: InputEvent| {
        let place = event.target_dyn_into::<HtmlInputElement>()?.value_as_number() as usize;
        Some(SettingMsg::Set(turned.path.clone(), turned.at(place)))
    });
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
            if let Some(refused) = refused {
                {trouble::refused(refusal(&refused.problems))}
            }
        </label>
    }
}

fn seed_field(seed: u64, refused: bool, on_set: &Callback<SettingMsg>) -> Html {
    let onchange = answering(on_set, |event: Event| {
        Some(SettingMsg::Seed(event.target_dyn_into::<HtmlInputElement>()?.value()))
    });
    // What somebody is typing is not overwritten.
    let value = typed("seed").unwrap_or_else(|| seed.to_string());
    html! {
        <div class="seed">
            <label>
                {text!("settings.seed")}
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
                aria-label={text!("settings.new-seed")}
                title={text!("settings.new-seed")}
                onclick={on_set.reform(|_: MouseEvent| SettingMsg::NewSeed)}
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
pub fn faults<'a>(
    buttons: impl Iterator<Item = (usize, &'a str, bool)>,
    on_set: &Callback<SettingMsg>,
) -> Html {
    // The key that presses it is its place among those that are shown.
    let each = |(place, (at, label, active)): (usize, (usize, &str, bool))| {
        html! {
            <button
                class="fault"
                data-testid={["fault ", &(at + 1).to_string()].concat()}
                aria-pressed={active.to_string()}
                onclick={on_set.reform(move |_: MouseEvent| SettingMsg::Fault(at))}
            >
                <kbd aria-hidden="true">{place + 1}</kbd>
                {label}
            </button>
        }
    };
    html! {
        <section class="faults" aria-labelledby="faults">
            <h2 id="faults">{text!("screen.faults")}</h2>
            <div class="row">{for buttons.enumerate().map(each)}</div>
        </section>
    }
}
