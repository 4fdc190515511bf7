//! The inspector: one thing of a stage with its sentence, its numbers, its faults and all its parameters.

mod field;

use yew::prelude::*;

pub use field::contents;
use field::{Extra, field};

use crate::base::{Json, Text};
use crate::session::Run;
use crate::ui::model::focus::INSPECTOR;
use crate::ui::model::inspector::Selected;
use crate::ui::model::side::Side;
use crate::ui::model::word::Word;
use crate::ui::msg::Msg;
use crate::ui::msg::inspect::InspectMsg;
use crate::ui::msg::keys;
use crate::ui::panels::dom::{answering, icon};
use crate::ui::panels::terms::{meaning, words};
use crate::ui::panels::trouble;
use crate::ui::panels::variants;
use crate::ui::platform::keyboard::Press;
use crate::view::ChartKind;
use crate::view::inspector::{
    BY_HAND, BreakerSwitch, FaultControl, Field, Figure, Inspection, Replica, Section, refusal,
};
use crate::view::words::terms;

/// What there is beside where the system is edited.
pub struct Edited<'a> {
    /// What stands above everything else.
    pub head: Html,
    /// What can be done with a field beside setting it.
    pub extra: &'a dyn Fn(&Field) -> Html,
}

/// Everything about what is selected; none where it is no more. Where it is edited, what it is comes before what it is
/// doing. `word`: what somebody is at.
pub fn inspector(
    run: &Run,
    selected: &Selected,
    word: Option<&Word>,
    edited: Option<Edited>,
    send: &Callback<Msg>,
    act: &Callback<InspectMsg>,
) -> Option<Html> {
    let seen = selected.inspection(run)?;
    let two = run.session.variants().len() > 1;
    let refused = selected.refused.as_ref().filter(|(id, _)| seen.field(id).is_none());
    // Escape closes the panel, wherever in it the focus is; but first what a figure means.
    let explains = word.is_some();
    let onkeydown =
        answering(act, move |event: KeyboardEvent| keys::inspector(&Press::of(&event)).filter(|_| !explains));
    let before = edited.is_some();
    let Inspection { title, kind, sentence, figures, replicas, breakers, faults, sections, cut } = seen;
    Some(html! {
        <section class="panel inspector" aria-labelledby={INSPECTOR} data-testid="inspector" {onkeydown}>
            {heading(title, kind, &act.reform(|()| InspectMsg::Close))}
            if let Some(edited) = edited {
                {edited.head}
                {self::sections(&sections, selected, Some(edited.extra), act)}
            }
            <p data-testid="sentence">{sentence}</p>
            if two {
                {variants::target("inspector target", run.target.and_then(Side::of), &send.reform(Msg::Variant))}
            }
            if !figures.is_empty() {
                {self::figures(&figures, word, send, &act.reform(InspectMsg::Chart))}
            }
            if !faults.is_empty() {
                {self::faults(&faults, selected, act)}
            }
            if let Some((_, found)) = refused {
                {trouble::refused(refusal(found))}
            }
            if !breakers.is_empty() {
                {self::breakers(&breakers, act)}
            }
            if !replicas.is_empty() {
                {self::replicas(&replicas, &act.reform(InspectMsg::Fault))}
            }
            if !before {
                {self::sections(&sections, selected, None, act)}
            }
            if cut {
                <p class="note">{text!("screen.cut")}</p>
            }
        </section>
    })
}

/// The name of the thing, and the button that closes the panel.
fn heading(title: String, kind: &'static str, on_close: &Callback<()>) -> Html {
    let cross = r#"<path d="M3 3l10 10M13 3 3 13" stroke="currentColor" stroke-width="1.8" fill="none"/>"#;
    html! {
        <header>
            <h2 id={INSPECTOR} tabindex="-1">{title}</h2>
            <p class="kind">{kind}</p>
            <button
                class="icon"
                data-testid="close inspector"
                aria-label={text!("page.close")}
                title={text!("page.close")}
                onclick={on_close.reform(|_: MouseEvent| ())}
            >
                {icon(cross)}
            </button>
        </header>
    }
}

/// Live numbers; those that a chart explains lead to it, and labels say what they mean to whoever is at one.
fn figures(
    figures: &[Figure],
    word: Option<&Word>,
    send: &Callback<Msg>,
    on_chart: &Callback<ChartKind>,
) -> Html {
    const GLOSS: &str = "gloss-figure";
    // The keys of lessons' words have no such beginning.
    let key = |label: &str| ["figure ", label].concat();
    let list = html! {
        <ul class="figures" aria-label={text!("screen.numbers")}>
            for Figure { label, means, value, chart } in figures {
                <li>
                    if means.is_some() {
                        <button class="word name" aria-describedby={GLOSS} data-word={key(label)}>{label}</button>
                    } else {
                        <span class="name">{label}</span>
                    }
                    if let Some(kind) = *chart {
                        <button
                            class="figure"
                            title={text!("screen.to-chart")}
                            aria-label={say!("screen.figure-to-chart", figure = label, value = value)}
                            onclick={on_chart.reform(move |_: MouseEvent| kind)}
                        >
                            {value}
                        </button>
                    } else {
                        <span class="figure">{value}</span>
                    }
                </li>
            }
        </ul>
    };
    let means = |word: &str| figures.iter().find(|figure| key(&figure.label) == word)?.means;
    let inside = html! { <>{list}{meaning(word, GLOSS.into(), means)}</> };
    words(&send.reform(Msg::Word), "explained", None, inside)
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
                    aria-label={say!("screen.amount", fault = &fault.label, amount = what)}
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
        <section class="faults" aria-label={text!("screen.faults")}>
            <h3>{text!("screen.faults")}</h3>
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

/// What a breaker can be set to, in the order of the switch.
const CHOICES: [Text; 3] =
    [Text::new("inspector.automatic"), Text::new("inspector.hold-open"), Text::new("inspector.disable")];

/// Switches of circuit breakers.
fn breakers(breakers: &[BreakerSwitch], act: &Callback<InspectMsg>) -> Html {
    let choice = |at: usize, to: usize, breaker: &BreakerSwitch| {
        let (between, number, state) = (breaker.between.clone(), breaker.number, BY_HAND[to]);
        let wanted = move |_: MouseEvent| InspectMsg::Breaker { between: between.clone(), number, state };
        html! {
            <button
                data-testid={["breaker ", &at.to_string(), " ", &to.to_string()].concat()}
                aria-pressed={(breaker.set == to).to_string()}
                onclick={act.reform(wanted)}
            >
                {CHOICES[to].plain()}
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
                            {choice(at, to, breaker)}
                        }
                    </div>
                </div>
            }
        </section>
    }
}

/// Replicas one by one, each with buttons that break it.
fn replicas(replicas: &[Replica], on_press: &Callback<String>) -> Html {
    let button = |fault: &FaultControl, replica: &str| {
        let (text, label) = match fault.key.split(' ').next() {
            Some("pause") => (text!("screen.pause-one"), fault.label.clone()),
            Some("slow") => (text!("screen.slow-one"), fault.label.clone()),
            Some("error") => (text!("screen.error-one"), fault.label.clone()),
            Some("partition") => (text!("screen.part-one"), fault.label.clone()),
            _ => (text!("screen.crash"), say!("screen.crash-replica", replica = replica)),
        };
        fault_button("quiet", fault, text.into(), Some(label.into()), on_press)
    };
    html! {
        <section>
            <h3>{text!("screen.replicas")}</h3>
            <ul class="replicas">
                for Replica { label, words: doing, faults } in replicas {
                    <li>
                        <span class="name">{label}</span>
                        <span>{doing}</span>
                        for fault in faults {
                            {button(fault, label)}
                        }
                    </li>
                }
            </ul>
        </section>
    }
}

/// All parameters.
fn sections(sections: &[Section], selected: &Selected, extra: Extra, act: &Callback<InspectMsg>) -> Html {
    sections.iter().enumerate().map(|(at, each)| section(at, each, selected, extra, act)).collect()
}

/// Parameters under one title.
fn section(
    at: usize,
    section: &Section,
    selected: &Selected,
    extra: Extra,
    act: &Callback<InspectMsg>,
) -> Html {
    html! {
        <section>
            <h3>{&section.title}</h3>
            if !section.note.is_empty() {
                <p class="kind">{section.note}</p>
            }
            if let Some((label, path, value)) = &section.add {
                <button
                    class="quiet"
                    data-testid={["own ", &at.to_string()].concat()}
                    onclick={own(act, path, value)}
                >
                    {*label}
                </button>
            }
            for each in &section.fields {
                {field(each, selected, extra, act)}
            }
        </section>
    }
}

/// The thing gets fields of its own.
fn own(act: &Callback<InspectMsg>, path: &'static str, value: &Json) -> Callback<MouseEvent> {
    let value = value.clone();
    act.reform(move |_: MouseEvent| InspectMsg::Own(path.to_owned(), value.clone()))
}
