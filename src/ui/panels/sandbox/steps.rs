//! Steps as an editable tree: below each step what can be done with it, below each list of steps what can be added.

use yew::prelude::*;

use crate::base::Json;
use crate::editor::{Edit, Policy, Wrapping, policies};
use crate::scenario::Scenario;
use crate::ui::model::sandbox::Sandbox;
use crate::ui::msg::sandbox::SandboxMsg;
use crate::ui::panels::dom::icon;
use crate::ui::panels::sandbox::offer;
use crate::view::inspector::Field;
use crate::view::words::terms;

/// Fields of the language that are lists of steps.
const LISTS: [&str; 5] = ["operation", "then", "do", "undo", "fallback"];

/// What can be done with a field beside setting it.
pub fn extra(own: &Sandbox, field: &Field, send: &Callback<SandboxMsg>) -> Html {
    let scenario = own.editor().scenario();
    match item(&field.path) {
        Some((list, at)) if is_steps(list) => step(scenario, field, list, at, send),
        Some((list, _)) if list.ends_with(".consumes") || list.ends_with(".bindings") => {
            remove(&field.path, &field.label, send)
        }
        _ if is_steps(&field.path) && field.id == field.path => add(own, field, send),
        _ => Html::default(),
    }
}

/// The list and the number of an item.
fn item(path: &str) -> Option<(&str, usize)> {
    let (list, index) = path.strip_suffix(']')?.rsplit_once('[')?;
    Some((list, index.parse().ok()?))
}

/// Whether a path leads to a list of steps.
fn is_steps(path: &str) -> bool {
    if let Some((list, _)) = item(path) {
        // A branch of what runs in parallel.
        return list.ends_with(".all");
    }
    let mut parts = path.rsplit('.');
    let (last, before) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    LISTS.contains(&last) || before == "operations"
}

/// The buttons of a step: up, down, into another one, away; and the policies that a call can have.
fn step(scenario: &Scenario, field: &Field, list: &str, at: usize, send: &Callback<SandboxMsg>) -> Html {
    let count = scenario.get(list).map_or(0, |steps| steps.items().len());
    let place = |at: usize| [list, "[", &at.to_string(), "]"].concat();
    let path = field.path.clone();
    let shift = |id: &str, label: String, arrow: &'static str, off: bool, to: usize| {
        let edit = Edit::MoveStep { from: path.clone(), to: place(to) };
        button(&[id, " ", &path].concat(), label, arrow, off, edit, send)
    };
    let (of, wrapped) = (path.clone(), path.clone());
    let offers = policies().iter().map(|policy| (policy.key.to_owned(), policy_name(policy)));
    let inside = [
        ("all", text!("sandbox.wrap-all")),
        ("choose", text!("sandbox.wrap-choose")),
        ("repeat", text!("sandbox.wrap-repeat")),
        ("saga", text!("sandbox.wrap-saga")),
    ];
    let wrapping = |word: &str| match word {
        "choose" => Wrapping::Choose,
        "repeat" => Wrapping::Repeat,
        "saga" => Wrapping::Saga,
        _ => Wrapping::All,
    };
    html! {
        <div class="step row">
            {shift("up", say!("sandbox.up", step = &field.label), "M8 13V3M4 7l4-4 4 4", at == 0, at.saturating_sub(1))}
            {shift("down", say!("sandbox.down", step = &field.label), "M8 3v10M4 9l4 4 4-4", at + 1 >= count, at + 2)}
            {remove(&path, &field.label, send)}
            {offer(
                &["wrap ", &path].concat(),
                text!("sandbox.wrap"),
                inside.into_iter().map(|(word, name)| (word.to_owned(), name.to_owned())),
                send,
                move |word| SandboxMsg::Edit(Edit::Wrap { at: wrapped.clone(), count: 1, into: wrapping(&word) }),
            )}
            if field.key == "call" {
                {offer(&["policy ", &path].concat(), text!("sandbox.policy"), offers, send, move |preset| {
                    SandboxMsg::Edit(Edit::AddPolicy { call: of.clone(), preset })
                })}
            }
        </div>
    }
}

/// "Circuit breaker · resilience4j: CircuitBreaker".
fn policy_name(policy: &Policy) -> String {
    let name = terms::field(policy.field).unwrap_or(policy.field);
    match policy.library {
        "" => name.to_owned(),
        library => say!("sandbox.policy-of", policy = name, library = library, name = policy.own_name),
    }
}

/// The button that takes an item out.
fn remove(path: &str, label: &str, send: &Callback<SandboxMsg>) -> Html {
    let steps = item(path).is_some_and(|(list, _)| is_steps(list));
    let edit = match steps {
        true => Edit::RemoveStep { at: path.to_owned() },
        false => Edit::Unset { path: path.to_owned() },
    };
    let label = say!("sandbox.remove", step = label);
    button(&["out ", path].concat(), label, "M3 3l10 10M13 3 3 13", false, edit, send)
}

fn button(
    id: &str,
    label: String,
    path: &'static str,
    off: bool,
    edit: Edit,
    send: &Callback<SandboxMsg>,
) -> Html {
    let inside =
        ["<path d=\"", path, "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\"/>"].concat();
    html! {
        <button
            class="icon"
            data-testid={id.to_owned()}
            title={label.clone()}
            aria-label={label}
            disabled={off}
            onclick={send.reform(move |_: MouseEvent| SandboxMsg::Edit(edit.clone()))}
        >
            {icon(&inside)}
        </button>
    }
}

/// What can be added to a list of steps: first what this node can hand on, and to whom, then what it can do by itself.
fn add(own: &Sandbox, field: &Field, send: &Callback<SandboxMsg>) -> Html {
    let scenario = own.editor().scenario();
    let steps = offered(scenario, &field.path);
    let at = scenario.get(&field.path).map_or(0, |steps| steps.items().len());
    let place = [&field.path, "[", &at.to_string(), "]"].concat();
    let entries = steps.iter().map(|(name, step)| (step.to_string(), name.clone())).collect::<Vec<_>>();
    offer(
        &["step ", &field.path].concat(),
        text!("sandbox.add-step"),
        entries.into_iter(),
        send,
        move |step| {
            let step = Json::parse(&step).unwrap_or(Json::Null);
            SandboxMsg::Edit(Edit::AddStep { at: place.clone(), step })
        },
    )
}

/// Steps that can be added to a list, by their names.
fn offered(scenario: &Scenario, path: &str) -> Vec<(String, Json)> {
    let own = path.split('.').nth(1).unwrap_or("");
    let nodes = scenario.json().get("nodes").map_or(&[][..], Json::members);
    let object = |key: &str, value: Json| Json::Object(vec![(key.to_owned(), value)]);
    let mut all = Vec::new();
    for (id, node) in nodes.iter().filter(|(id, _)| id != own) {
        let to = |key: &str| object(key, id.as_str().into());
        match node.get("kind").and_then(Json::as_str) {
            Some("service") => {
                let operations = node.get("operations").map_or(&[][..], Json::members);
                for (name, _) in operations {
                    let mut call = vec![("to".to_owned(), id.as_str().into())];
                    if name != "default" {
                        call.push(("operation".to_owned(), name.as_str().into()));
                    }
                    call.push(("timeout".to_owned(), "1s".into()));
                    let said = match name.as_str() {
                        "default" => say!("sandbox.step.call", node = id),
                        _ => say!("sandbox.step.call-operation", node = id, operation = name),
                    };
                    all.push((said, object("call", Json::Object(call))));
                }
            }
            Some("queue" | "exchange" | "log") => {
                all.push((say!("sandbox.step.publish", node = id), object("publish", to("to"))));
            }
            Some("store") => {
                all.push((say!("sandbox.step.read", node = id), object("read", to("from"))));
                all.push((say!("sandbox.step.write", node = id), object("write", to("to"))));
            }
            _ => {}
        }
    }
    let client = scenario.json().get("nodes").and_then(|nodes| nodes.get(own)?.get("kind")?.as_str())
        == Some("client");
    let plain = [
        (text!("sandbox.step.work"), r#"{"work": {"exponential": "50ms"}}"#, !client),
        (text!("sandbox.step.sleep"), r#"{"sleep": "100ms"}"#, true),
        (text!("sandbox.step.respond"), r#"{"respond": {}}"#, !client),
        (text!("sandbox.step.fail"), r#"{"fail": {}}"#, true),
    ];
    let plain = plain.into_iter().filter(|(.., fits)| *fits);
    all.extend(plain.map(|(name, step, _)| (name.to_owned(), Json::parse(step).unwrap_or(Json::Null))));
    all
}
