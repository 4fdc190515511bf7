//! The node that is chosen: its id and label, what comes next, and what it can be linked to.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::base::Json;
use crate::editor::{Edit, Next, next_of};
use crate::ui::model::sandbox::Sandbox;
use crate::ui::msg::sandbox::SandboxMsg;
use crate::ui::panels::dom::answering;
use crate::ui::panels::sandbox::parts::joins;
use crate::ui::platform::keyboard::Press;
use crate::ui::update::sandbox::choose::MENU;

/// What stands above the fields of a node.
pub fn head(own: &Sandbox, id: &str, send: &Callback<SandboxMsg>) -> Html {
    let node = own.editor().scenario().json().get("nodes").and_then(|nodes| nodes.get(id));
    let label = node.and_then(|node| node.get("label")).and_then(Json::as_str).unwrap_or("");
    let (of, named) = (id.to_owned(), id.to_owned());
    html! {
        <div class="head">
            <div class="names">
                {written("rename", text!("sandbox.id"), id, send, move |to| Edit::Rename { node: of.clone(), to })}
                {written("label", text!("sandbox.label"), label, send, move |label| Edit::Relabel { node: named.clone(), label })}
            </div>
            {next(own, id, send)}
            {joins(own, id, send)}
            if own.kind(id) == "service" {
                {operation(id, send)}
            }
        </div>
    }
}

/// A field that edits when it has been written.
fn written(
    test: &'static str,
    label: &'static str,
    value: &str,
    send: &Callback<SandboxMsg>,
    edit: impl Fn(String) -> Edit + 'static,
) -> Html {
    let on_written = send.reform(move |text: String| SandboxMsg::Edit(edit(text)));
    html! { <Written {test} {label} value={value.to_owned()} {on_written} /> }
}

/// A field, and what hears when it has been written.
#[derive(Properties, PartialEq)]
struct WrittenProps {
    /// The name by which tests find it.
    test: &'static str,
    /// What it is called.
    label: &'static str,
    /// What stands in it while nobody writes there.
    value: AttrValue,
    /// Gets what was written.
    on_written: Callback<String>,
}

/// The page is written anew many times a second: what somebody is writing stays meanwhile.
#[component(Written)]
fn written_field(props: &WrittenProps) -> Html {
    let draft = use_state(|| None::<String>);
    let text = |event: &Event| Some(event.target_dyn_into::<HtmlInputElement>()?.value());
    let oninput = {
        let draft = draft.clone();
        move |event: InputEvent| draft.set(text(&event))
    };
    let onchange = {
        let (draft, send) = (draft.clone(), props.on_written.clone());
        move |event: Event| {
            draft.set(None);
            if let Some(text) = text(&event) {
                send.emit(text.trim().to_owned());
            }
        }
    };
    let value = draft.as_ref().map_or_else(|| props.value.clone(), |text| AttrValue::from(text.clone()));
    html! {
        <label class="line">
            <span class="name">{props.label}</span>
            <input
                type="text"
                autocomplete="off"
                spellcheck="false"
                data-testid={props.test}
                {value}
                {oninput}
                {onchange}
            />
        </label>
    }
}

/// What naturally comes next: a button that opens the list of it.
fn next(own: &Sandbox, id: &str, send: &Callback<SandboxMsg>) -> Html {
    let all = next_of(own.editor().scenario(), id);
    if all.is_empty() {
        return Html::default();
    }
    let open = own.menu;
    let onkeydown = answering(send, |event: KeyboardEvent| {
        let press = Press::of(&event);
        (press.key == "Escape").then(|| {
            event.prevent_default();
            SandboxMsg::Menu(false)
        })
    });
    let entry = |(at, next): (usize, &&'static Next)| {
        let key = next.key;
        html! {
            <li>
                <button
                    id={(at == 0).then_some(MENU)}
                    data-testid={["next ", key].concat()}
                    onclick={send.reform(move |_: MouseEvent| SandboxMsg::Next(key.to_owned()))}
                >
                    {next.words.plain()}
                </button>
            </li>
        }
    };
    html! {
        <div class="next" {onkeydown}>
            <button
                data-testid="next"
                aria-expanded={open.to_string()}
                onclick={send.reform(move |_: MouseEvent| SandboxMsg::Menu(!open))}
            >
                {text!("sandbox.next")}{" "}<kbd aria-hidden="true">{"N"}</kbd>
            </button>
            if open {
                <ul aria-label={text!("sandbox.next")}>{for all.iter().enumerate().map(entry)}</ul>
            }
        </div>
    }
}

/// Adds an operation to a service.
fn operation(id: &str, send: &Callback<SandboxMsg>) -> Html {
    let service = id.to_owned();
    written("add operation", text!("sandbox.add-operation"), "", send, move |name| Edit::AddOperation {
        service: service.clone(),
        name,
    })
}
