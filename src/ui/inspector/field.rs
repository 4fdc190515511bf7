//! A parameter as a control: what it is called, what it is, what it may be, and what is wrong with it.

use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};
use yew::Callback;
use yew::virtual_dom::ListenerKind;

use super::act::named;
use super::{InspectMsg, Selected};
use crate::scenario::{Choice, Control};
use crate::ui::dom::{El, el, target};
use crate::ui::msg::Msg;
use crate::ui::trouble::problems;
use crate::ui::words;
use crate::view::inspector::{Field, form_label};

/// The id of the control of a field: it gets the focus when what had it is gone.
pub(super) fn control_id(field: &str) -> String {
    ["control-", field].concat()
}

/// A field with all that it is made of.
pub fn field(field: &Field, selected: &Selected, send: &Callback<Msg>) -> El {
    let refused = selected.refused.as_ref().filter(|(id, _)| *id == field.id);
    let row = match &field.control {
        Control::Group if !field.parts.is_empty() => group(field, selected, send),
        _ => single(field, selected, refused.is_some(), send),
    };
    row.flag("data-changed", field.changed)
        .put("data-field", field.id.clone())
        .maybe(refused.map(|(_, found)| problems(found)))
}

/// A field with a control of its own; what stands behind the form of a choice comes below it.
fn single(field: &Field, selected: &Selected, wrong: bool, send: &Callback<Msg>) -> El {
    let about = ["about ", &field.id].concat().replace(' ', "-");
    let control = control(field, selected, send)
        .put("id", control_id(&field.id))
        .put("data-testid", ["field ", &field.id].concat())
        .put("aria-describedby", about.clone())
        .state("aria-invalid", wrong);
    let absent = matches!(field.control, Control::Absent(_));
    // A button bears its own words; everything else is labelled by what stands beside it.
    let name = el("span", &[("class", "name")]).put("title", key(field)).say(field.label.clone());
    let label = el(if absent { "div" } else { "label" }, &[("class", "line")])
        .add(name)
        .maybe((!field.hint.is_empty()).then(|| el("small", &[]).say(field.hint.clone())))
        .add(control);
    let parts = field.parts.iter().map(|part| self::field(part, selected, send));
    let inside = (!field.parts.is_empty()).then(|| el("div", &[("class", "inside")]).all(parts));
    el("div", &[("class", "field")])
        .add(label)
        .maybe(notes(field, send))
        .add(el("p", &[("class", "about")]).put("id", about).say(field.about.clone()))
        .maybe(inside)
}

/// What the field is in a file, for those who write one: its key, and what the language says about it.
fn key(field: &Field) -> String {
    if field.about.is_empty() { field.key.clone() } else { [&field.key, ": ", &field.about].concat() }
}

/// Several fields under one name, which can be opened and closed.
fn group(field: &Field, selected: &Selected, send: &Callback<Msg>) -> El {
    let open = selected.is_open(field);
    let changes = field.changes();
    let count = (changes > 0)
        .then(|| el("small", &[("class", "changed")]).say([&changes.to_string(), words::CHANGED].concat()));
    let summary = el("summary", &[]).put("id", control_id(&field.id)).put("title", key(field));
    let summary = summary.add(el("span", &[("class", "name")]).say(field.label.clone())).maybe(count);
    let parts = || field.parts.iter().map(|part| self::field(part, selected, send));
    let details = el("details", &[])
        .flag("open", open)
        .put("data-testid", ["group ", &field.id].concat())
        .on(ListenerKind::ontoggle, send, 0, |event, _| {
            let element = target::<Element>(event)?;
            Some(Msg::Inspect(InspectMsg::Group(named(&element)?, element.has_attribute("open"))))
        })
        .add(summary)
        .maybe(notes(field, send))
        .maybe(open.then(|| el("div", &[("class", "inside")]).all(parts())));
    el("div", &[("class", "field group")]).add(details)
}

/// What is to be said about a field, and what can be done with it beside setting it.
fn notes(field: &Field, send: &Callback<Msg>) -> Option<El> {
    let default = field.default_text().filter(|_| field.changed && !field.removable);
    if default.is_none() && !field.removable && !field.waits {
        return None;
    }
    let reset = default.map(|text| {
        el("button", &[("class", "quiet")])
            .put("data-testid", ["reset ", &field.id].concat())
            .put("aria-label", [words::DEFAULT, &text, ", ", &field.label].concat())
            .on(ListenerKind::onclick, send, 0, reset_it)
            .say([words::DEFAULT, &text].concat())
    });
    let remove = field.removable.then(|| {
        el("button", &[("class", "quiet")])
            .put("data-testid", ["remove ", &field.id].concat())
            .put("aria-label", [words::REMOVE, " ", &field.label].concat())
            .on(ListenerKind::onclick, send, 0, add_it)
            .text(words::REMOVE)
    });
    let waits = field.waits.then(|| el("span", &[("class", "waits")]).text(words::FROM_NEXT_START));
    Some(el("div", &[("class", "notes")]).maybe(reset).maybe(remove).maybe(waits))
}

fn control(field: &Field, selected: &Selected, send: &Callback<Msg>) -> El {
    let shown = selected.shown(&field.id, &field.value).to_owned();
    match &field.control {
        Control::Group | Control::Fixed => el("output", &[]).say(field.value.clone()),
        Control::Switch(_) => el("input", &[("type", "checkbox"), ("role", "switch")])
            .property("checked", field.value == "true")
            .on(ListenerKind::onchange, send, 0, |event, _| {
                let input = target::<HtmlInputElement>(event)?;
                let on = input.checked();
                // It shows what is in force: what is chosen shows once it holds, and what is refused never.
                input.set_checked(!on);
                Some(Msg::Inspect(InspectMsg::Switch(named(&input)?, on)))
            }),
        Control::Number { .. } | Control::Duration(_) | Control::Text(_) => {
            let number = matches!(field.control, Control::Number { .. });
            el("input", &[("type", "text"), ("autocomplete", "off"), ("spellcheck", "false")])
                .put("inputmode", if number { "decimal" } else { "text" })
                .value(shown)
                .on(ListenerKind::oninput, send, 0, draft)
                .on(ListenerKind::onchange, send, 0, commit)
        }
        Control::Choice(forms, at) => select(forms, *at, send),
        Control::Absent(_) => el("button", &[("class", "quiet")])
            .put("aria-label", [words::ADD, " ", &field.label].concat())
            .on(ListenerKind::onclick, send, 0, add_it)
            .text(words::ADD),
    }
}

fn select(forms: &[Choice], chosen: usize, send: &Callback<Msg>) -> El {
    let option = |(at, form): (usize, &Choice)| {
        el("option", &[])
            .property("selected", at == chosen)
            .put("value", form.word.clone())
            .say(form_label(form))
    };
    el("select", &[])
        .on(ListenerKind::onchange, send, chosen, |event, chosen| {
            let select = target::<HtmlSelectElement>(event)?;
            let at = usize::try_from(select.selected_index()).ok()?;
            // As of a switch.
            select.set_selected_index(chosen as i32);
            Some(Msg::Inspect(InspectMsg::Choose(named(&select)?, at)))
        })
        .all(forms.iter().enumerate().map(option))
}

fn reset_it(event: &Event, _: usize) -> Option<Msg> {
    Some(Msg::Inspect(InspectMsg::Reset(named(&target::<Element>(event)?)?)))
}

fn add_it(event: &Event, _: usize) -> Option<Msg> {
    Some(Msg::Inspect(InspectMsg::Add(named(&target::<Element>(event)?)?)))
}

fn draft(event: &Event, _: usize) -> Option<Msg> {
    let input = target::<HtmlInputElement>(event)?;
    Some(Msg::Inspect(InspectMsg::Draft(named(&input)?, input.value())))
}

fn commit(event: &Event, _: usize) -> Option<Msg> {
    let input = target::<HtmlInputElement>(event)?;
    Some(Msg::Inspect(InspectMsg::Commit(named(&input)?, input.value())))
}
