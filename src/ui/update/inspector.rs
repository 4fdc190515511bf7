//! What is done on the stages and in the inspector: to what is shown, and, as actions, to the run.

use crate::base::{Json, complete};
use crate::scenario::Control;
use crate::session::Action;
use crate::session::Run;
use crate::ui::model::Model;
use crate::ui::model::content::Content;
use crate::ui::model::effect::Effect;
use crate::ui::model::focus::{self, Focus};
use crate::ui::model::inspector::Selected;
use crate::ui::model::side::Side;
use crate::ui::msg::chart::ChartMsg;
use crate::ui::msg::inspect::{InspectMsg, Step};
use crate::ui::msg::trace::TraceMsg;
use crate::ui::update::charts::chart;
use crate::ui::update::sandbox::{choose, edit};
use crate::ui::update::stages::reveal;
use crate::ui::update::traces::trace;
use crate::view::inspector::{Field, Inspection, Subject, subjects};
use crate::view::{self, ChartId, ChartKind, Hit, Point};

/// Answers what is done on the stages and in the inspector; true if the page has to be written anew.
pub fn inspect(model: &mut Model, msg: InspectMsg) -> bool {
    match msg {
        InspectMsg::Point(side, at) => {
            let hit = at.and_then(|at| hit(model, side, at, false)).map(|hit| (side, hit));
            if model.inspector.hovered == hit {
                return false;
            }
            model.inspector.hovered = hit;
        }
        InspectMsg::Click { side, at, touch } => {
            // What moves the picture opens nothing.
            if model.stages.fingers[side.at()].moved()
                || model.content.sandbox().is_some_and(|own| own.pressed)
            {
                return false;
            }
            let hit = hit(model, side, at, touch);
            let Some(run) = model.content.run() else { return false };
            let variant = run.session.variants().get(side.at());
            match hit.zip(variant).and_then(|(hit, variant)| Subject::of(hit, variant)) {
                Some(subject) => open(model, side, subject),
                None => close(model, false),
            }
        }
        InspectMsg::Open(side, subject) => open(model, side, subject),
        InspectMsg::Close => close(model, true),
        InspectMsg::Focus(side, part) => {
            model.inspector.focused = part.map(|part| (side, part));
            if let Some(part) = part {
                came_to(model, side, part);
            }
        }
        InspectMsg::Move(side, step) => move_focus(model, side, step),
        InspectMsg::Chart(kind) => {
            let Some(id) = explaining(model, kind) else { return false };
            return chart(model, ChartMsg::Open(id));
        }
        msg => {
            let (Some(run), Some(selected)) = (model.content.run_mut(), &mut model.inspector.selected) else {
                return false;
            };
            // The button that was pressed is no more: its field goes on with the focus.
            if let InspectMsg::Add(id) | InspectMsg::Reset(id) = &msg {
                model.focus = Some(Focus::Element(focus::control(id)));
            }
            if let Some(wish) = change(selected, run, msg) {
                set(model, wish);
            }
        }
    }
    true
}

/// What is at a point of a stage's canvas, in pixels of the page.
fn hit(model: &Model, side: Side, at: Point, touch: bool) -> Option<Hit> {
    let (session, size) = (&model.content.run()?.session, model.sizes.stages[side.at()]?);
    model.stages.hit(session, side, size, at.over(model.sizes.larger), touch)
}

/// Selects a part of a stage.
fn open(model: &mut Model, side: Side, subject: Subject) {
    if model.content.sandbox().is_some() {
        let node = if let Subject::Node(node) = subject { Some(node) } else { None };
        choose::choose_nodes(model, side, node.as_slice(), false);
    }
    let Some(run) = model.content.run_mut() else { return };
    // Settings concern what one sees, unless they concern both.
    if run.target.is_some() {
        run.target = Some(side.at());
    }
    model.inspector.selected = Some(Selected::new(side, subject));
    if !std::mem::replace(&mut model.inspector.described, true) {
        model.effects.push(Effect::FetchDescriptions);
    }
    model.focus = Some(Focus::on(focus::INSPECTOR));
    if let Subject::Message(message) = subject {
        trace(model, TraceMsg::OfMessage(side, message));
    }
}

/// What fields mean has come, or has not: then the next thing that is selected asks again.
pub fn described(model: &mut Model, text: Result<String, String>) {
    match text {
        Ok(text) => complete(&text),
        Err(_) => model.inspector.described = false,
    }
}

/// Closes the panel; with `back` the focus goes to where the selected thing is in its stage's list.
fn close(model: &mut Model, back: bool) {
    choose::choose_none(model);
    let Some(Selected { side, subject, .. }) = model.inspector.selected.take() else { return };
    let Some(run) = model.content.run().filter(|_| back) else { return };
    let Some(variant) = run.session.variants().get(side.at()) else { return };
    let part = subjects(variant).iter().position(|each| each.is_between(subject)).unwrap_or(0);
    model.focus = Some(Focus::Element(focus::part(side, part)));
    model.inspector.reach[side.at()] = part;
}

/// A part of a stage has got the focus: the tabulator comes back to it, and it is seen.
fn came_to(model: &mut Model, side: Side, part: Subject) {
    let Some(run) = model.content.run() else { return };
    let Some(variant) = run.session.variants().get(side.at()) else { return };
    if let Some(number) = subjects(variant).iter().position(|each| *each == part) {
        model.inspector.reach[side.at()] = number;
    }
    if let Some(hit) = part.hit(variant) {
        reveal(model, side, hit);
    }
}

/// The focus goes on to another part of a stage.
fn move_focus(model: &mut Model, side: Side, step: Step) {
    let Some(run) = model.content.run() else { return };
    let Some(variant) = run.session.variants().get(side.at()) else { return };
    let all = subjects(variant);
    let last = all.len().saturating_sub(1);
    let reach = &mut model.inspector.reach[side.at()];
    let now = (*reach).min(last);
    let is_node = |at: &usize| matches!(all[*at], Subject::Node(_));
    *reach = match step {
        Step::By(by) => (now as i32 + by).clamp(0, last as i32) as usize,
        Step::Node(by) if by > 0 => (now + 1..all.len()).find(is_node).unwrap_or(now),
        Step::Node(_) => (0..now).rev().find(is_node).unwrap_or(now),
        Step::First => 0,
        Step::Last => last,
    };
    model.focus = Some(Focus::Element(focus::part(side, *reach)));
}

/// The chart of this kind that explains a number of what is selected.
fn explaining(model: &Model, kind: ChartKind) -> Option<ChartId> {
    let (run, selected) = (model.content.run()?, model.inspector.selected.as_ref()?);
    match selected.subject {
        Subject::Node(node) => {
            let variant = run.session.variants().get(selected.side.at())?;
            view::chart_for(&run.session, variant.plan().id(node), kind)
        }
        Subject::Link(..) | Subject::Message(_) => Some(ChartId::from(kind)),
    }
}

/// A change to what is selected.
fn change(selected: &mut Selected, run: &mut Run, msg: InspectMsg) -> Option<Wish> {
    let seen = selected.inspection(run)?;
    match msg {
        InspectMsg::Draft(id, text) => selected.draft = Some((id, text)),
        InspectMsg::Group(id, open) => {
            if let Some(field) = seen.field(&id) {
                selected.turn(field, open);
            }
        }
        InspectMsg::Amount(key, text) => {
            let value = Json::parse(&text).ok().filter(|json| json.as_f64().is_some());
            selected.amounts.retain(|(other, _)| *other != key);
            selected.amounts.push((key, value.unwrap_or_else(|| text.as_str().into())));
            selected.draft = None;
        }
        InspectMsg::Fault(key) => {
            if let Some(fault) = seen.fault(&key) {
                let inject = || vec![Action::Inject { fault: fault.fault.clone(), lasts: None }];
                let heal = fault.active.iter().map(|fault| Action::Heal { fault: fault.clone() });
                let actions = if fault.active.is_empty() { inject() } else { heal.collect() };
                let result = actions.into_iter().try_for_each(|action| run.session.act(action));
                selected.refused = result.err().map(|problems| (fault.key.clone(), problems));
            }
        }
        InspectMsg::Breaker { between, number, state } => {
            let variant = run.target.map(|_| selected.side.at());
            // It is there: nothing can be wrong with it but that the log is full.
            let result = run.session.act(Action::Breaker { variant, between, number, state });
            selected.refused = result.err().map(|problems| (String::new(), problems));
        }
        InspectMsg::Own(path, value) => return Some(Wish { id: String::new(), path, value }),
        msg => return write(selected, &seen, msg),
    }
    None
}

/// A parameter that is to be set: in which field, its path, and the value.
struct Wish {
    id: String,
    path: String,
    value: Json,
}

/// A field is set.
fn write(selected: &mut Selected, seen: &Inspection, msg: InspectMsg) -> Option<Wish> {
    let (InspectMsg::Commit(id, _)
    | InspectMsg::Choose(id, _)
    | InspectMsg::Switch(id, _)
    | InspectMsg::Add(id)
    | InspectMsg::Reset(id)) = &msg
    else {
        return None;
    };
    let (field, id) = (seen.field(id)?, id.clone());
    let value = match msg {
        InspectMsg::Commit(_, text) => Some(field.read(&text)),
        InspectMsg::Choose(_, word) => chosen(field, &word).and_then(|at| field.form(at)),
        InspectMsg::Switch(_, on) => field.form(usize::from(on)),
        InspectMsg::Add(_) => Some(field.other()),
        _ => field.given(),
    };
    // What was not changed is not set: leaving a field says nothing.
    let untouched = matches!(&selected.draft, Some((other, text)) if *other == id && *text == field.value);
    match value {
        Some(value) if !untouched => {
            return Some(Wish { id, path: field.path.clone(), value });
        }
        _ => selected.draft = None,
    }
    None
}

/// Which of a field's forms has this word.
fn chosen(field: &Field, word: &str) -> Option<usize> {
    match &field.control {
        Control::Choice(forms, _) => forms.iter().position(|form| form.word == word),
        _ => None,
    }
}

/// Sets a parameter, of what runs or of what is edited; where it is refused, what was written stays in the field.
fn set(model: &mut Model, Wish { id, path, value }: Wish) {
    let Some(side) = model.inspector.selected.as_ref().map(|own| own.side) else { return };
    let result = match &mut model.content {
        Content::Sandbox(own) => {
            own.side = side;
            edit::set(model, &path, value)
        }
        content => {
            let Some(run) = content.run_mut() else { return };
            run.change(run.target.map(|_| side.at()), &path, value)
        }
    };
    let Some(selected) = &mut model.inspector.selected else { return };
    match result {
        Ok(()) => (selected.draft, selected.refused) = (None, None),
        Err(problems) => selected.refused = Some((id, problems)),
    }
}
