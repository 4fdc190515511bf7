//! Sliders for the settings that matter, and buttons that break something.

use web_sys::{HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use crate::lesson::Experiment;
use crate::session::{Action, FaultButton, Refusal, Run};
use crate::ui::msg::setting::SettingMsg;
use crate::ui::panels::dom::{answering, icon};
use crate::ui::panels::trouble;
use crate::ui::platform::browser::{typed, window};
use crate::ui::update::settings::SEED_PATH;
use crate::view::inspector::refusal;
use crate::view::{self, Knob};

/// The controls of a run.
#[derive(Clone, Copy)]
pub struct Controls<'a> {
    /// What they set and break.
    pub run: &'a Run,
    /// The sliders that it shows (see [`knobs`]): a step and its questions show the same.
    pub knobs: &'a [Knob],
    /// Nothing may be set or broken before a guess is made.
    pub locked: bool,
    /// Hears of it.
    pub on_set: &'a Callback<SettingMsg>,
}

/// Beside a figure: what breaks something, what can be set, and the seed. None of it is a component: a field whose change
/// was refused has to be put right at the next message, also where what it shows has not changed.
pub fn panel(controls: &Controls) -> Html {
    let run = controls.run;
    let refused = run.refused.as_ref();
    let elsewhere = refused.filter(|Refusal { path, .. }| path.is_empty() || path == SEED_PATH);
    html! {
        <section class="controls" aria-label={text!("screen.controls")}>
            if run.buttons().next().is_some() {
                <section class="faults" aria-labelledby="faults">
                    <h2 id="faults">{text!("screen.faults")}</h2>
                    {faults(controls, "", |_| true)}
                </section>
            }
            <section class="knobs" aria-labelledby="knobs">
                <h2 id="knobs">{text!("screen.settings")}</h2>
                {sliders(controls, "", |_| true)}
                {seed_field(view::seed(&run.session), elsewhere.is_some(), controls.on_set)}
                if let Some(refused) = elsewhere {
                    if refused.path == SEED_PATH {
                        {trouble::refused(vec![text!("settings.seed-takes").to_owned()])}
                    } else {
                        {trouble::refused(refusal(&refused.problems))}
                    }
                }
            </section>
        </section>
    }
}

/// Inside a step: what it lets one break and set; nothing where it lets one do neither.
pub fn of_step(controls: &Controls) -> Html {
    let (breaks, sets) = (controls.run.buttons().next().is_some(), !controls.knobs.is_empty());
    if !breaks && !sets {
        return Html::default();
    }
    html! {
        <section class="controls" aria-label={text!("screen.controls")}>
            if breaks {
                <div class="faults">{faults(controls, "", |_| true)}</div>
            }
            if sets {
                <div class="knobs">{sliders(controls, "", |_| true)}</div>
            }
            if controls.locked {
                <p class="hint">{text!("study.locked")}</p>
            }
        </section>
    }
}

/// Beside a question: what the run sets and breaks that its answers are about.
pub fn of_question(controls: &Controls, experiment: &Experiment) -> Html {
    let actions = || experiment.actions.iter().map(|timed| &timed.action);
    let sets =
        |path: &str| actions().any(|action| matches!(action, Action::Set { path: own, .. } if own == path));
    let breaks = |button: &FaultButton| {
        actions()
            .any(|action| matches!(action, Action::Inject { fault, .. } if button.faults.contains(fault)))
    };
    html! {
        <div class="tries">
            {faults(controls, "try ", breaks)}
            {sliders(controls, "try ", sets)}
        </div>
    }
}

/// The sliders that are shown and wanted. `prefix`: before the names by which tests find them.
fn sliders(controls: &Controls, prefix: &str, wanted: impl Fn(&str) -> bool) -> Html {
    let wanted = controls.knobs.iter().filter(|knob| wanted(&knob.path));
    wanted.map(|knob| slider(controls, prefix, knob)).collect()
}

/// The sliders that a run shows.
pub fn knobs(run: &Run) -> Vec<Knob> {
    let mut knobs = view::knobs(&run.session, run.target());
    knobs.retain(|knob| run.shows_knob(&knob.path));
    knobs
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

fn slider(controls: &Controls, prefix: &str, knob: &Knob) -> Html {
    let refused = controls.run.refused.as_ref().filter(|refused| refused.path == knob.path);
    let turned = knob.clone();
    let oninput = answering(controls.on_set, move |event: InputEvent| {
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
                data-testid={[prefix, "knob ", &knob.path].concat()}
                aria-invalid={refused.is_some().to_string()}
                disabled={controls.locked}
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

/// The fault buttons that are shown and wanted, in a row. `prefix`: before the names by which tests find them.
fn faults(controls: &Controls, prefix: &str, wanted: impl Fn(&FaultButton) -> bool) -> Html {
    // The key that presses it is its place among those that are shown.
    let each = |(place, (at, button)): (usize, (usize, &FaultButton))| {
        html! {
            <button
                class="fault"
                data-testid={[prefix, "fault ", &(at + 1).to_string()].concat()}
                aria-pressed={controls.run.is_active(&button.faults).to_string()}
                disabled={controls.locked}
                onclick={controls.on_set.reform(move |_: MouseEvent| SettingMsg::Fault(at))}
            >
                <kbd aria-hidden="true">{place + 1}</kbd>
                {&button.label}
            </button>
        }
    };
    let shown = controls.run.buttons().enumerate().filter(|(_, (_, button))| wanted(button));
    html! { <div class="row">{for shown.map(each)}</div> }
}
