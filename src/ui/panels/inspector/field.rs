//! A parameter as a control: what it is called, what it is, what it may be, and what is wrong with it.

use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::scenario::Control;
use crate::ui::model::focus::control as control_id;
use crate::ui::model::inspector::Selected;
use crate::ui::msg::inspect::InspectMsg;
use crate::ui::panels::dom::option;
use crate::ui::panels::trouble;
use crate::view::inspector::{Field, form_label};

/// Hands on what stands in a text field when an event happens to it.
pub fn contents<E: AsRef<Event> + 'static>(on_text: Callback<String>) -> Callback<E> {
    Callback::from(move |event: E| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            on_text.emit(input.value());
        }
    })
}

/// What stands below a field beside what it is set with; where a system is edited, what can be done with a step.
pub type Extra<'a> = Option<&'a dyn Fn(&Field) -> Html>;

/// A field with all that it is made of.
pub fn field(field: &Field, selected: &Selected, extra: Extra, act: &Callback<InspectMsg>) -> Html {
    let refused = selected.refused.as_ref().filter(|(id, _)| *id == field.id);
    let (class, inside) = match &field.control {
        Control::Group if !field.parts.is_empty() => ("field group", group(field, selected, extra, act)),
        _ => ("field", single(field, selected, refused.is_some(), extra, act)),
    };
    html! {
        <div {class} data-changed={field.changed.then_some("")} data-field={field.id.clone()}>
            {inside}
            if let Some(extra) = extra {
                {extra(field)}
            }
            if let Some((_, found)) = refused {
                {trouble::refused(field.refusal(selected.shown(&field.id, &field.value), found))}
            }
        </div>
    }
}

/// A field with a control of its own; what stands behind the form of a choice comes below it.
fn single(field: &Field, selected: &Selected, wrong: bool, extra: Extra, act: &Callback<InspectMsg>) -> Html {
    let about = AttrValue::from(["about ", &field.id].concat().replace(' ', "-"));
    let absent = matches!(field.control, Control::Absent(_));
    html! {
        <>
            // A button bears its own words; everything else is labelled by what stands beside it.
            <@{if absent { "div" } else { "label" }} class="line">
                <span class="name" title={key(field)}>{&field.label}</span>
                if !field.hint.is_empty() {
                    <small>{&field.hint}</small>
                }
                {control(field, selected, wrong, about.clone(), act)}
            </@>
            {notes(field, act)}
            <p class="about" id={about}>{&field.about}</p>
            if !field.parts.is_empty() {
                {parts(field, selected, extra, act)}
            }
        </>
    }
}

/// The fields that a field is made of.
fn parts(field: &Field, selected: &Selected, extra: Extra, act: &Callback<InspectMsg>) -> Html {
    html! {
        <div class="inside">
            for part in &field.parts {
                {self::field(part, selected, extra, act)}
            }
        </div>
    }
}

/// What the field is in a file, for those who write one: its key, and what the language says about it.
fn key(field: &Field) -> String {
    match field.about.as_str() {
        "" => field.key.clone(),
        about => say!("screen.field-about", key = &field.key, about = about),
    }
}

/// Several fields under one name, which can be opened and closed.
fn group(field: &Field, selected: &Selected, extra: Extra, act: &Callback<InspectMsg>) -> Html {
    let open = selected.is_open(field);
    let changes = field.changes();
    let ontoggle = {
        let (act, id) = (act.clone(), field.id.clone());
        move |event: Event| {
            if let Some(details) = event.target_dyn_into::<Element>() {
                act.emit(InspectMsg::Group(id.clone(), details.has_attribute("open")));
            }
        }
    };
    html! {
        <details {open} data-testid={["group ", &field.id].concat()} {ontoggle}>
            <summary id={control_id(&field.id)} title={key(field)}>
                <span class="name">{&field.label}</span>
                if changes > 0 {
                    <small class="changed">{say!("screen.changed", count = changes)}</small>
                }
            </summary>
            {notes(field, act)}
            if open {
                {parts(field, selected, extra, act)}
            }
        </details>
    }
}

/// What is to be said about a field, and what can be done with it beside setting it.
fn notes(field: &Field, act: &Callback<InspectMsg>) -> Html {
    let default = field.default_text().filter(|_| field.changed && !field.removable);
    if default.is_none() && !field.removable && !field.waits {
        // Its place is kept: what follows stays what it is when there is something to be said again.
        return Html::default();
    }
    html! {
        <div class="notes">
            if let Some(text) = default {
                <button
                    class="quiet"
                    data-testid={["reset ", &field.id].concat()}
                    aria-label={say!("screen.default-of", value = &text, field = &field.label)}
                    onclick={with_id(field, act, InspectMsg::Reset)}
                >
                    {say!("screen.default", value = &text)}
                </button>
            }
            if field.removable {
                <button
                    class="quiet"
                    data-testid={["remove ", &field.id].concat()}
                    aria-label={say!("screen.remove-field", field = &field.label)}
                    onclick={with_id(field, act, InspectMsg::Add)}
                >
                    {text!("screen.remove")}
                </button>
            }
            if field.waits {
                <span class="waits">{text!("screen.from-next-start")}</span>
            }
        </div>
    }
}

/// Sends what is wanted of a field when a button is pressed.
fn with_id(
    field: &Field,
    act: &Callback<InspectMsg>,
    wanted: fn(String) -> InspectMsg,
) -> Callback<MouseEvent> {
    let id = field.id.clone();
    act.reform(move |_: MouseEvent| wanted(id.clone()))
}

/// What a field is set with; `about` is the id of what says what it is.
fn control(
    field: &Field,
    selected: &Selected,
    wrong: bool,
    about: AttrValue,
    act: &Callback<InspectMsg>,
) -> Html {
    let id = control_id(&field.id);
    let test = ["field ", &field.id].concat();
    let wrong = wrong.to_string();
    match &field.control {
        Control::Group | Control::Fixed => html! {
            <output {id} data-testid={test} aria-describedby={about} aria-invalid={wrong}>
                {&field.value}
            </output>
        },
        Control::Switch(_) => html! {
            <input
                {id}
                type="checkbox"
                role="switch"
                data-testid={test}
                aria-describedby={about}
                aria-invalid={wrong}
                checked={field.value == "true"}
                onchange={switched(field, act)}
            />
        },
        Control::Number { .. } | Control::Duration(_) | Control::Text(_) => {
            let number = matches!(field.control, Control::Number { .. });
            let (draft, commit) = (field.id.clone(), field.id.clone());
            html! {
                <input
                    {id}
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    inputmode={if number { "decimal" } else { "text" }}
                    data-testid={test}
                    aria-describedby={about}
                    aria-invalid={wrong}
                    value={selected.shown(&field.id, &field.value).to_owned()}
                    oninput={contents(act.reform(move |text| InspectMsg::Draft(draft.clone(), text)))}
                    onchange={contents(act.reform(move |text| InspectMsg::Commit(commit.clone(), text)))}
                />
            }
        }
        Control::Choice(forms, chosen) => html! {
            <select
                {id}
                data-testid={test}
                aria-describedby={about}
                aria-invalid={wrong}
                onchange={chose(field, *chosen, act)}
            >
                for (at, form) in forms.iter().enumerate() {
                    {option(form_label(form), Some(form.word.clone().into()), at == *chosen)}
                }
            </select>
        },
        Control::Absent(_) => html! {
            <button
                {id}
                class="quiet"
                data-testid={test}
                aria-describedby={about}
                aria-invalid={wrong}
                aria-label={say!("screen.add-field", field = &field.label)}
                onclick={with_id(field, act, InspectMsg::Add)}
            >
                {text!("screen.add")}
            </button>
        },
    }
}

/// A field is switched on or off.
fn switched(field: &Field, act: &Callback<InspectMsg>) -> Callback<Event> {
    let (act, id) = (act.clone(), field.id.clone());
    Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            let on = input.checked();
            // It shows what is in force: what is chosen shows once it holds, and what is refused never.
            input.set_checked(!on);
            act.emit(InspectMsg::Switch(id.clone(), on));
        }
    })
}

/// A form is chosen for a field where another (the n-th) is in force.
fn chose(field: &Field, chosen: usize, act: &Callback<InspectMsg>) -> Callback<Event> {
    let (act, id) = (act.clone(), field.id.clone());
    Callback::from(move |event: Event| {
        let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
        let word = select.value();
        // As of a switch.
        select.set_selected_index(chosen as i32);
        act.emit(InspectMsg::Choose(id.clone(), word));
    })
}
