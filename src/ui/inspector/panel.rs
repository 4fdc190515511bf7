//! The panel: one thing of a stage with its sentence, its numbers, its faults and all its parameters.

use yew::prelude::*;

use super::field::{contents, field};
use super::{InspectMsg, Selected, TITLE};
use crate::ui::dom::icon;
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
    let onkeydown = {
        let act = act.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                act.emit(InspectMsg::Close);
            }
        }
    };
    let Inspection { title, kind, sentence, figures, replicas, breakers, faults, sections, cut } = seen;
    Some(html! {
        <section class="panel inspector" aria-labelledby={TITLE} data-testid="inspector" {onkeydown}>
            <Heading {title} {kind} on_close={act.reform(|()| InspectMsg::Close)} />
            <p data-testid="sentence">{sentence}</p>
            if two {
                {lanes::target("inspector target", run.target, send)}
            }
            if !figures.is_empty() {
                <Figures {figures} on_chart={act.reform(InspectMsg::Chart)} />
            }
            if !faults.is_empty() {
                {self::faults(faults, selected, &act)}
            }
            if let Some((_, found)) = refused {
                {problems(found)}
            }
            if !breakers.is_empty() {
                <Breakers {breakers} on_set={act.reform(|(at, to)| InspectMsg::Breaker(at, to))} />
            }
            if !replicas.is_empty() {
                <Replicas {replicas} on_crash={act.reform(InspectMsg::Fault)} />
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

/// What the panel is about.
#[derive(Properties, PartialEq)]
struct HeadingProps {
    /// What the thing is called.
    title: AttrValue,
    /// What kind of thing it is.
    kind: &'static str,
    /// Somebody wants the panel closed.
    on_close: Callback<()>,
}

/// The name of the thing, and the button that closes the panel.
#[component(Heading)]
fn heading(props: &HeadingProps) -> Html {
    let cross = r#"<path d="M3 3l10 10M13 3 3 13" stroke="currentColor" stroke-width="1.8" fill="none"/>"#;
    html! {
        <header>
            <h2 id={TITLE} tabindex="-1">{&props.title}</h2>
            <p class="kind">{props.kind}</p>
            <button
                class="icon"
                data-testid="close inspector"
                aria-label={words::CLOSE}
                title={words::CLOSE}
                onclick={props.on_close.reform(|_: MouseEvent| ())}
            >
                {icon(cross)}
            </button>
        </header>
    }
}

/// Numbers that change while the simulation runs.
#[derive(Properties, PartialEq)]
struct FiguresProps {
    /// The numbers.
    figures: Vec<Figure>,
    /// Gets the place of the chart that somebody wants to see.
    on_chart: Callback<usize>,
}

/// Live numbers; those that a chart explains lead to it.
#[component(Figures)]
fn figures(props: &FiguresProps) -> Html {
    html! {
        <ul class="figures" aria-label={words::NUMBERS}>
            for Figure { label, value, chart } in &props.figures {
                <li>
                    <span class="name">{label}</span>
                    if let Some(at) = chart.map(|kind| kind.place()) {
                        <button
                            class="figure"
                            title={words::TO_CHART}
                            aria-label={[label, ": ", value, ". ", words::TO_CHART].concat()}
                            onclick={props.on_chart.reform(move |_: MouseEvent| at)}
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
fn faults(faults: Vec<FaultControl>, selected: &Selected, act: &Callback<InspectMsg>) -> Html {
    let row = |fault: FaultControl| {
        let key = AttrValue::from(fault.key);
        let amount = fault.amount.map(|amount| {
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
            <div class="break" data-fault={&key}>
                <FaultButton
                    class="fault"
                    fault={key}
                    active={!fault.active.is_empty()}
                    text={fault.label}
                    on_press={act.reform(InspectMsg::Fault)}
                />
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

/// A fault that can be injected and mended.
#[derive(Properties, PartialEq)]
struct FaultButtonProps {
    /// How the button looks.
    class: &'static str,
    /// Which fault: [`FaultControl::key`].
    fault: AttrValue,
    /// It is broken now.
    active: bool,
    /// What it says.
    text: AttrValue,
    /// What it says to those who do not see beside what it stands.
    #[prop_or_default]
    label: Option<AttrValue>,
    /// Gets the key of the fault when somebody presses it.
    on_press: Callback<String>,
}

/// A button that breaks something, or mends it.
#[component(FaultButton)]
fn fault_button(props: &FaultButtonProps) -> Html {
    let fault = props.fault.clone();
    html! {
        <button
            class={props.class}
            data-fault={&props.fault}
            data-testid={["break ", &props.fault].concat()}
            aria-pressed={props.active.to_string()}
            aria-label={props.label.clone()}
            onclick={props.on_press.reform(move |_: MouseEvent| fault.to_string())}
        >
            {&props.text}
        </button>
    }
}

/// The circuit breakers of a link.
#[derive(Properties, PartialEq)]
struct BreakersProps {
    /// The breakers.
    breakers: Vec<BreakerSwitch>,
    /// Gets which breaker somebody sets, and to which of [`CHOICES`].
    on_set: Callback<(usize, usize)>,
}

/// Switches of circuit breakers.
#[component(Breakers)]
fn breakers(props: &BreakersProps) -> Html {
    let choice = |at: usize, to: usize, set: bool| {
        html! {
            <button
                data-testid={["breaker ", &at.to_string(), " ", &to.to_string()].concat()}
                aria-pressed={set.to_string()}
                onclick={props.on_set.reform(move |_: MouseEvent| (at, to))}
            >
                {CHOICES[to]}
            </button>
        }
    };
    html! {
        <section class="breakers">
            for (at, breaker) in props.breakers.iter().enumerate() {
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

/// The replicas of a service.
#[derive(Properties, PartialEq)]
struct ReplicasProps {
    /// The replicas.
    replicas: Vec<Replica>,
    /// Gets the key of the fault of the replica that somebody crashes, or mends.
    on_crash: Callback<String>,
}

/// Replicas one by one, each with a button that crashes it.
#[component(Replicas)]
fn replicas(props: &ReplicasProps) -> Html {
    html! {
        <section>
            <h3>{words::REPLICAS}</h3>
            <ul class="replicas">
                for Replica { label, words: doing, fault } in &props.replicas {
                    <li>
                        <span class="name">{label}</span>
                        <span>{doing}</span>
                        if let Some(fault) = fault {
                            <FaultButton
                                class="quiet"
                                fault={fault.key.clone()}
                                active={!fault.active.is_empty()}
                                text={words::CRASH}
                                label={[words::CRASH, " ", label].concat()}
                                on_press={&props.on_crash}
                            />
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
