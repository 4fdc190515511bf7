//! The panel: one thing of a stage with its sentence, its numbers, its faults and all its parameters.

use yew::prelude::*;

use super::field::{contents, field};
use super::{InspectMsg, Selected, TITLE};
use crate::ui::dom::{answering, icon};
use crate::ui::lanes;
use crate::ui::msg::Msg;
use crate::ui::run::Run;
use crate::ui::trouble::problems;
use crate::ui::words;
use crate::view::inspector::{BreakerSwitch, FaultControl, Figure, Inspection, Replica, Section};
use crate::view::words::inspector::breaker::CHOICES;
use crate::view::words::terms;

/// Everything about what is selected; none where it is no more.
pub fn panel(run: &Run, selected: &Selected, send: &Callback<Msg>) -> Option<Html> {
    let seen = selected.inspection(run)?;
    let two = run.session.lanes().len() > 1;
    let refused = selected.refused.as_ref().filter(|(id, _)| seen.field(id).is_none());
    let act = send.reform(Msg::Inspect);
    // Escape closes the panel, wherever in it the focus is.
    let onkeydown =
        answering(&act, |event: KeyboardEvent| (event.key() == "Escape").then_some(InspectMsg::Close));
    let Inspection { title, kind, sentence, figures, replicas, breakers, faults, sections, cut } = seen;
    Some(html! {
        <section class="panel inspector" aria-labelledby={TITLE} data-testid="inspector" {onkeydown}>
            {heading(title, kind, &act.reform(|()| InspectMsg::Close))}
            <p data-testid="sentence">{sentence}</p>
            if two {
                {lanes::target("inspector target", run.target, send)}
            }
            if !figures.is_empty() {
                {self::figures(&figures, &act.reform(InspectMsg::Chart))}
            }
            if !faults.is_empty() {
                {self::faults(&faults, selected, &act)}
            }
            if let Some((_, found)) = refused {
                {problems(found)}
            }
            if !breakers.is_empty() {
                {self::breakers(&breakers, &act.reform(|(at, to)| InspectMsg::Breaker(at, to)))}
            }
            if !replicas.is_empty() {
                {self::replicas(&replicas, &act.reform(InspectMsg::Fault))}
            }
            for (at, each) in sections.iter().enumerate() {
                {section(at, each, selected, &act)}
            }
            if cut {
                <p class="note">{words::CUT}</p>
            }
        </section>
    })
}

/// The name of the thing, and the button that closes the panel.
fn heading(title: String, kind: &'static str, on_close: &Callback<()>) -> Html {
    let cross = r#"<path d="M3 3l10 10M13 3 3 13" stroke="currentColor" stroke-width="1.8" fill="none"/>"#;
    html! {
        <header>
            <h2 id={TITLE} tabindex="-1">{title}</h2>
            <p class="kind">{kind}</p>
            <button
                class="icon"
                data-testid="close inspector"
                aria-label={words::CLOSE}
                title={words::CLOSE}
                onclick={on_close.reform(|_: MouseEvent| ())}
            >
                {icon(cross)}
            </button>
        </header>
    }
}

/// Live numbers; those that a chart explains lead to it.
fn figures(figures: &[Figure], on_chart: &Callback<usize>) -> Html {
    html! {
        <ul class="figures" aria-label={words::NUMBERS}>
            for Figure { label, value, chart } in figures {
                <li>
                    <span class="name">{label}</span>
                    if let Some(at) = chart.map(|kind| kind.place()) {
                        <button
                            class="figure"
                            title={words::TO_CHART}
                            aria-label={[label, ": ", value, ". ", words::TO_CHART].concat()}
                            onclick={on_chart.reform(move |_: MouseEvent| at)}
                        >
                            {value}
                        </button>
                    } else {
                        <span class="figure">{value}</span>
                    }
                </li>
            }
        </ul>
    }
}

/// Buttons that break something, or mend it.
fn faults(faults: &[FaultControl], selected: &Selected, act: &Callback<InspectMsg>) -> Html {
    let on_press = act.reform(InspectMsg::Fault);
    let row = |fault: &FaultControl| {
        let key = AttrValue::from(fault.key.clone());
        let amount = fault.amount.as_ref().map(|amount| {
            let (id, of) = (["amount ", &key].concat(), key.clone());
            let what = terms::field(amount.word).unwrap_or(amount.word);
            let value = selected.shown(&id, &amount.text).to_owned();
            let draft = id.clone();
            html! {
                <input
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label={[&fault.label, ": ", what].concat()}
                    data-testid={id}
                    {value}
                    oninput={contents(act.reform(move |text| InspectMsg::Draft(draft.clone(), text)))}
                    onchange={contents(act.reform(move |text| InspectMsg::Amount(of.to_string(), text)))}
                />
            }
        });
        html! {
            <div class="break" data-fault={key}>
                {fault_button("fault", fault, fault.label.clone().into(), None, &on_press)}
                {amount.unwrap_or_default()}
            </div>
        }
    };
    html! {
        <section class="faults" aria-label={words::FAULTS}>
            <h3>{words::FAULTS}</h3>
            <div class="breaks">
                for fault in faults {
                    {row(fault)}
                }
            </div>
        </section>
    }
}

/// A button that breaks something, or mends it. Its label is for those who do not see beside what it stands.
fn fault_button(
    class: &'static str,
    fault: &FaultControl,
    text: AttrValue,
    label: Option<AttrValue>,
    on_press: &Callback<String>,
) -> Html {
    let key = AttrValue::from(fault.key.clone());
    let pressed = key.clone();
    html! {
        <button
            {class}
            data-fault={&key}
            data-testid={["break ", &key].concat()}
            aria-pressed={(!fault.active.is_empty()).to_string()}
            aria-label={label}
            onclick={on_press.reform(move |_: MouseEvent| pressed.to_string())}
        >
            {text}
        </button>
    }
}

/// Switches of circuit breakers. The callback gets which of them somebody sets, and to which of [`CHOICES`].
fn breakers(breakers: &[BreakerSwitch], on_set: &Callback<(usize, usize)>) -> Html {
    let choice = |at: usize, to: usize, set: bool| {
        html! {
            <button
                data-testid={["breaker ", &at.to_string(), " ", &to.to_string()].concat()}
                aria-pressed={set.to_string()}
                onclick={on_set.reform(move |_: MouseEvent| (at, to))}
            >
                {CHOICES[to]}
            </button>
        }
    };
    html! {
        <section class="breakers">
            for (at, breaker) in breakers.iter().enumerate() {
                <div class="breaker">
                    <h3>{&breaker.label}</h3>
                    <p>{&breaker.words}</p>
                    <div class="switch" role="group" aria-label={breaker.label.clone()}>
                        for to in 0..CHOICES.len() {
                            {choice(at, to, breaker.set == to)}
                        }
                    </div>
                </div>
            }
        </section>
    }
}

/// Replicas one by one, each with a button that crashes it.
fn replicas(replicas: &[Replica], on_crash: &Callback<String>) -> Html {
    let crash = |label: &str| AttrValue::from([words::CRASH, " ", label].concat());
    html! {
        <section>
            <h3>{words::REPLICAS}</h3>
            <ul class="replicas">
                for Replica { label, words: doing, fault } in replicas {
                    <li>
                        <span class="name">{label}</span>
                        <span>{doing}</span>
                        if let Some(fault) = fault {
                            {fault_button("quiet", fault, words::CRASH.into(), Some(crash(label)), on_crash)}
                        }
                    </li>
                }
            </ul>
        </section>
    }
}

/// Parameters under one title.
fn section(at: usize, section: &Section, selected: &Selected, act: &Callback<InspectMsg>) -> Html {
    html! {
        <section>
            <h3>{&section.title}</h3>
            if !section.note.is_empty() {
                <p class="kind">{section.note}</p>
            }
            if let Some((label, ..)) = &section.add {
                <button
                    class="quiet"
                    data-testid={["own ", &at.to_string()].concat()}
                    onclick={act.reform(move |_: MouseEvent| InspectMsg::Own(at))}
                >
                    {*label}
                </button>
            }
            for each in &section.fields {
                {field(each, selected, act)}
            }
        </section>
    }
}
