//! The panel: one thing of a stage with its sentence, its numbers, its faults and all its parameters.

use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::field::field;
use super::{InspectMsg, Selected, TITLE};
use crate::ui::dom::{El, el, icon, target};
use crate::ui::lanes;
use crate::ui::msg::Msg;
use crate::ui::run::Run;
use crate::ui::trouble::problems;
use crate::ui::words;
use crate::view::inspector::{BreakerSwitch, FaultControl, Figure, Inspection, Replica, Section};
use crate::view::words::inspector::breaker::CHOICES;
use crate::view::words::terms;

/// Everything about what is selected; none where it is no more.
pub fn panel(run: &Run, selected: &Selected, send: &Callback<Msg>) -> Option<El> {
    let seen = selected.inspection(run)?;
    let two = run.session.lanes().len() > 1;
    let refused = selected.refused.as_ref().filter(|(id, _)| seen.field(id).is_none());
    let panel = el("section", &[("class", "panel inspector"), ("aria-labelledby", TITLE)])
        .put("data-testid", "inspector")
        .on(ListenerKind::onkeydown, send, 0, escape)
        .add(head(&seen, send))
        .add(el("p", &[("data-testid", "sentence")]).say(seen.sentence.clone()))
        .maybe(two.then(|| lanes::target("inspector target", run.target, send)))
        .maybe(figures(&seen.figures, send))
        .maybe((!seen.faults.is_empty()).then(|| faults(&seen.faults, selected, send)))
        .maybe(refused.map(|(_, found)| problems(found)))
        .maybe((!seen.breakers.is_empty()).then(|| breakers(&seen.breakers, send)))
        .maybe((!seen.replicas.is_empty()).then(|| replicas(&seen.replicas, send)))
        .all(seen.sections.iter().enumerate().map(|(at, each)| section(at, each, selected, send)))
        .maybe(seen.cut.then(|| el("p", &[("class", "note")]).text(words::CUT)));
    Some(panel)
}

fn head(seen: &Inspection, send: &Callback<Msg>) -> El {
    let close = [("class", "icon"), ("data-testid", "close inspector"), ("aria-label", words::CLOSE)];
    let cross = r#"<path d="M3 3l10 10M13 3 3 13" stroke="currentColor" stroke-width="1.8" fill="none"/>"#;
    el("header", &[])
        .add(el("h2", &[("id", TITLE), ("tabindex", "-1")]).say(seen.title.clone()))
        .add(el("p", &[("class", "kind")]).text(seen.kind))
        .add(
            el("button", &close)
                .put("title", words::CLOSE)
                .on(ListenerKind::onclick, send, 0, |_, _| Some(Msg::Inspect(InspectMsg::Close)))
                .html(icon(cross)),
        )
}

/// Escape closes the panel, wherever in it the focus is.
fn escape(event: &Event, _: usize) -> Option<Msg> {
    use wasm_bindgen::JsCast;
    let key = event.dyn_ref::<KeyboardEvent>()?;
    (key.key() == "Escape").then_some(Msg::Inspect(InspectMsg::Close))
}

/// Live numbers; those that a chart explains lead to it.
fn figures(figures: &[Figure], send: &Callback<Msg>) -> Option<El> {
    let figure = |figure: &Figure| {
        let chart = figure.chart.map(|kind| kind.place());
        let value = match chart {
            Some(at) => el("button", &[("class", "figure"), ("title", words::TO_CHART)])
                .put("aria-label", [&figure.label, ": ", &figure.value, ". ", words::TO_CHART].concat())
                .on(ListenerKind::onclick, send, at, |_, at| Some(Msg::Inspect(InspectMsg::Chart(at))))
                .say(figure.value.clone()),
            None => el("span", &[("class", "figure")]).say(figure.value.clone()),
        };
        el("li", &[]).add(el("span", &[("class", "name")]).say(figure.label.clone())).add(value)
    };
    let list = el("ul", &[("class", "figures"), ("aria-label", words::NUMBERS)]);
    (!figures.is_empty()).then(|| list.all(figures.iter().map(figure)))
}

/// Buttons that break something, or mend it.
fn faults(faults: &[FaultControl], selected: &Selected, send: &Callback<Msg>) -> El {
    let row = |fault: &FaultControl| {
        let amount = fault.amount.as_ref().map(|amount| {
            let id = ["amount ", &fault.key].concat();
            el("input", &[("type", "text"), ("autocomplete", "off"), ("spellcheck", "false")])
                .put(
                    "aria-label",
                    [&fault.label, ": ", terms::field(amount.word).unwrap_or(amount.word)].concat(),
                )
                .put("data-testid", id.clone())
                .value(selected.shown(&id, &amount.text).to_owned())
                .on(ListenerKind::oninput, send, 0, |event, _| {
                    let input = target::<HtmlInputElement>(event)?;
                    let id = ["amount ", &key(&input)?].concat();
                    Some(Msg::Inspect(InspectMsg::Draft(id, input.value())))
                })
                .on(ListenerKind::onchange, send, 0, |event, _| {
                    let input = target::<HtmlInputElement>(event)?;
                    Some(Msg::Inspect(InspectMsg::Amount(key(&input)?, input.value())))
                })
        });
        el("div", &[("class", "break")])
            .put("data-fault", fault.key.clone())
            .add(button(fault, "fault", send).say(fault.label.clone()))
            .maybe(amount)
    };
    el("section", &[("class", "faults"), ("aria-label", words::FAULTS)])
        .add(el("h3", &[]).text(words::FAULTS))
        .add(el("div", &[("class", "breaks")]).all(faults.iter().map(row)))
}

fn button(fault: &FaultControl, class: &'static str, send: &Callback<Msg>) -> El {
    el("button", &[])
        .put("class", class)
        .put("data-fault", fault.key.clone())
        .put("data-testid", ["break ", &fault.key].concat())
        .state("aria-pressed", !fault.active.is_empty())
        .on(ListenerKind::onclick, send, 0, |event, _| {
            Some(Msg::Inspect(InspectMsg::Fault(key(&target::<Element>(event)?)?)))
        })
}

/// Which fault an element is about.
fn key(element: &Element) -> Option<String> {
    element.closest("[data-fault]").ok()??.get_attribute("data-fault")
}

fn breakers(breakers: &[BreakerSwitch], send: &Callback<Msg>) -> El {
    let each = |(at, breaker): (usize, &BreakerSwitch)| {
        let choice = |(to, label): (usize, &&'static str)| {
            el("button", &[])
                .put("data-testid", ["breaker ", &at.to_string(), " ", &to.to_string()].concat())
                .state("aria-pressed", breaker.set == to)
                .on(ListenerKind::onclick, send, at * CHOICES.len() + to, |_, at| {
                    let (at, to) = (at / CHOICES.len(), at % CHOICES.len());
                    Some(Msg::Inspect(InspectMsg::Breaker(at, to)))
                })
                .text(label)
        };
        el("div", &[("class", "breaker")])
            .add(el("h3", &[]).say(breaker.label.clone()))
            .add(el("p", &[]).say(breaker.words.clone()))
            .add(
                el("div", &[("class", "switch"), ("role", "group")])
                    .put("aria-label", breaker.label.clone())
                    .all(CHOICES.iter().enumerate().map(choice)),
            )
    };
    el("section", &[("class", "breakers")]).all(breakers.iter().enumerate().map(each))
}

fn replicas(replicas: &[Replica], send: &Callback<Msg>) -> El {
    let each = |replica: &Replica| {
        let crash = replica.fault.as_ref().map(|fault| {
            button(fault, "quiet", send)
                .put("aria-label", [words::CRASH, " ", &replica.label].concat())
                .text(words::CRASH)
        });
        el("li", &[])
            .add(el("span", &[("class", "name")]).say(replica.label.clone()))
            .add(el("span", &[]).say(replica.words.clone()))
            .maybe(crash)
    };
    el("section", &[])
        .add(el("h3", &[]).text(words::REPLICAS))
        .add(el("ul", &[("class", "replicas")]).all(replicas.iter().map(each)))
}

fn section(at: usize, section: &Section, selected: &Selected, send: &Callback<Msg>) -> El {
    let note = (!section.note.is_empty()).then(|| el("p", &[("class", "kind")]).text(section.note));
    let own = section.add.as_ref().map(|(label, ..)| {
        el("button", &[("class", "quiet")])
            .test("own", at)
            .on(ListenerKind::onclick, send, at, |_, at| Some(Msg::Inspect(InspectMsg::Own(at))))
            .text(label)
    });
    el("section", &[])
        .add(el("h3", &[]).say(section.title.clone()))
        .maybe(note)
        .maybe(own)
        .all(section.fields.iter().map(|each| field(each, selected, send)))
}
