//! What each message to the inspector does: to what is shown, and, as actions, to the run.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::field::control_id;
use super::{InspectMsg, Inspector, MOST_TURNED, Place, Selected, Step, TITLE, parts};
use crate::base::Json;
use crate::session::Action;
use crate::ui::app::{App, Content};
use crate::ui::browser::window;
use crate::ui::charts::ChartMsg;
use crate::ui::lesson::HEADING;
use crate::ui::run::Run;
use crate::ui::traces::TraceMsg;
use crate::view::inspector::{BY_HAND, Field, Inspection, Subject, inspect, subjects};
use crate::view::{self, ChartId, ChartKind, Hit, Point};

impl App {
    /// Answers a message to the inspector; true if the page has to be written anew.
    pub(in crate::ui) fn inspect(&mut self, msg: InspectMsg) -> bool {
        match msg {
            InspectMsg::Point(lane, place) => {
                let hit = place.and_then(|place| self.hit(lane, place)).map(|hit| (lane, hit));
                if self.inspector.hovered == hit {
                    return false;
                }
                self.inspector.hovered = hit;
                self.mark();
            }
            InspectMsg::Click(lane, place) => {
                // What moves the picture opens nothing.
                if self.pictures.fingers.moved() {
                    return false;
                }
                let hit = self.hit(lane, place);
                let Content::Running(run) = &self.content else { return false };
                let subject = hit.and_then(|hit| Subject::of(hit, run.session.lanes().get(lane)?));
                match subject {
                    Some(subject) => self.open_part(lane, subject),
                    None => self.close_part(false),
                }
            }
            InspectMsg::OpenPart(lane, part) => {
                let Content::Running(run) = &self.content else { return false };
                let subject = run.session.lanes().get(lane).and_then(|of| subjects(of).get(part).copied());
                if let Some(subject) = subject {
                    self.open_part(lane, subject);
                }
            }
            InspectMsg::Close => self.close_part(true),
            InspectMsg::Focus(lane, part) => {
                self.inspector.focused = part.map(|part| (lane, part));
                if let (Some(part), Some(reach)) = (part, self.inspector.reach.get_mut(lane)) {
                    *reach = part;
                }
                self.mark();
                if let Some((lane, hit)) =
                    part.and(self.pictures.selected).and_then(|seen| self.on_stage(seen))
                {
                    self.pictures.reveal(lane, hit);
                }
            }
            InspectMsg::Move(lane, step) => self.move_focus(lane, step),
            InspectMsg::Chart(at) => {
                let Some(chart) = self.explaining(at) else { return false };
                return self.chart(ChartMsg::Open(chart));
            }
            InspectMsg::Undo => {
                if let Content::Running(run) = &mut self.content {
                    run.undo();
                }
                if let Some(selected) = &mut self.inspector.selected {
                    selected.draft = None;
                }
            }
            msg => {
                let (Content::Running(run), Some(selected)) =
                    (&mut self.content, &mut self.inspector.selected)
                else {
                    return false;
                };
                // The button that was pressed is no more: its field goes on with the focus.
                if let InspectMsg::Add(id) | InspectMsg::Reset(id) = &msg {
                    self.inspector.wants_focus = Some(control_id(id));
                }
                selected.change(run, msg);
            }
        }
        true
    }

    /// The chart of this kind, by its place in the list, that explains a number of what is selected.
    fn explaining(&self, at: usize) -> Option<ChartId> {
        let kind = *ChartKind::ALL.get(at)?;
        let (Content::Running(run), Some(selected)) = (&self.content, &self.inspector.selected) else {
            return None;
        };
        let node = match selected.subject {
            Subject::Node(node) => run.session.lanes().get(selected.lane)?.plan().id(node),
            Subject::Link(..) | Subject::Message(_) => return Some(ChartId::from(kind)),
        };
        view::chart_for(&run.session, node, kind)
    }

    /// What is selected or has the focus is marked on the stages.
    pub(in crate::ui) fn mark(&mut self) {
        let Inspector { selected, hovered, focused, .. } = &self.inspector;
        let chosen = selected.as_ref().map(|selected| (selected.lane, selected.subject));
        let focus = focused.and_then(|(lane, part)| {
            let Content::Running(run) = &self.content else { return None };
            Some((lane, *subjects(run.session.lanes().get(lane)?).get(part)?))
        });
        self.pictures.selected = focus.or(chosen);
        self.pictures.hovered = *hovered;
        self.pictures.stale = true;
    }

    /// The element that is waiting for the focus gets it: the page is written.
    pub(in crate::ui) fn give_focus(&mut self) {
        let Some(id) = self.inspector.wants_focus.take() else { return };
        let element = window().document().and_then(|document| document.get_element_by_id(&id));
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            if id == HEADING {
                // What belongs to it is below it.
                element.scroll_into_view();
            }
            // An element of the page can have the focus, or it stays where it is.
            let _ = element.focus();
        }
    }

    /// What something is on its lane's stage.
    fn on_stage(&self, (lane, subject): (usize, Subject)) -> Option<(usize, Hit)> {
        let Content::Running(run) = &self.content else { return None };
        Some((lane, subject.hit(run.session.lanes().get(lane)?)?))
    }

    fn hit(&self, lane: usize, place: Place) -> Option<Hit> {
        let Content::Running(run) = &self.content else { return None };
        self.pictures.hit(run, lane, Point { x: place.x, y: place.y }, place.touch)
    }

    fn open_part(&mut self, lane: usize, subject: Subject) {
        let Content::Running(run) = &mut self.content else { return };
        // Settings concern what one sees, unless they concern both.
        if run.target.is_some() {
            run.target = Some(lane);
        }
        self.inspector.selected = Some(Selected::new(lane, subject));
        self.inspector.wants_focus = Some(TITLE.to_owned());
        self.mark();
        if let Subject::Message(message) = subject {
            self.trace(TraceMsg::OfMessage(lane, message));
        }
    }

    /// Closes the panel; the focus goes back to where the selected thing is in its lane's list.
    fn close_part(&mut self, back: bool) {
        let Some(Selected { lane, subject, .. }) = self.inspector.selected.take() else { return };
        if let (true, Content::Running(run)) = (back, &self.content)
            && let Some(of) = run.session.lanes().get(lane)
        {
            let all = subjects(of);
            let part = all.iter().position(|each| each.is_between(subject)).unwrap_or(0);
            self.inspector.wants_focus = Some(parts::id(lane, part));
            if let Some(reach) = self.inspector.reach.get_mut(lane) {
                *reach = part;
            }
        }
        self.mark();
    }

    fn move_focus(&mut self, lane: usize, step: Step) {
        let Content::Running(run) = &self.content else { return };
        let Some(of) = run.session.lanes().get(lane) else { return };
        let all = subjects(of);
        let now = self.inspector.reach.get(lane).copied().unwrap_or(0).min(all.len().saturating_sub(1));
        let is_node = |at: &usize| matches!(all[*at], Subject::Node(_));
        let next = match step {
            Step::By(by) => (now as i32 + by).clamp(0, all.len() as i32 - 1) as usize,
            Step::Node(by) if by > 0 => (now + 1..all.len()).find(is_node).unwrap_or(now),
            Step::Node(_) => (0..now).rev().find(is_node).unwrap_or(now),
            Step::End(last) => {
                if last {
                    all.len() - 1
                } else {
                    0
                }
            }
        };
        if let Some(reach) = self.inspector.reach.get_mut(lane) {
            *reach = next;
        }
        self.inspector.wants_focus = Some(parts::id(lane, next));
    }
}

impl Selected {
    /// What the panel shows; none where the thing is no more.
    pub fn inspection(&self, run: &Run) -> Option<Inspection> {
        inspect(&run.session, self.lane, self.subject, &self.amounts)
    }

    /// A change to what is selected.
    fn change(&mut self, run: &mut Run, msg: InspectMsg) {
        let Some(seen) = self.inspection(run) else { return };
        match msg {
            InspectMsg::Draft(id, text) => self.draft = Some((id, text)),
            InspectMsg::Group(id, open) => self.turn(&id, open, &seen),
            InspectMsg::Amount(key, text) => {
                let value = Json::parse(&text).ok().filter(|json| json.as_f64().is_some());
                self.amounts.retain(|(other, _)| *other != key);
                self.amounts.push((key, value.unwrap_or_else(|| text.as_str().into())));
                self.draft = None;
            }
            InspectMsg::Fault(key) => {
                if let Some(fault) = seen.fault(&key) {
                    let inject = || vec![Action::Inject { fault: fault.fault.clone(), lasts: None }];
                    let heal = fault.active.iter().map(|fault| Action::Heal { fault: fault.clone() });
                    let actions = if fault.active.is_empty() { inject() } else { heal.collect() };
                    let result = actions.into_iter().try_for_each(|action| run.session.act(action));
                    self.refused = result.err().map(|problems| (fault.key.clone(), problems));
                }
            }
            InspectMsg::Breaker(at, to) => {
                if let (Some(breaker), Some(&state)) = (seen.breakers.get(at), BY_HAND.get(to)) {
                    let (between, number) = (breaker.between.clone(), breaker.number);
                    let lane = run.target.map(|_| self.lane);
                    // It is there: nothing can be wrong with it but that the log is full.
                    let result = run.session.act(Action::Breaker { lane, between, number, state });
                    self.refused = result.err().map(|problems| (String::new(), problems));
                }
            }
            InspectMsg::Own(section) => {
                if let Some((_, path, value)) = seen.sections.get(section).and_then(|s| s.add.clone()) {
                    self.set(run, String::new(), path.to_owned(), value);
                }
            }
            msg => self.write(run, &seen, msg),
        }
    }

    /// A field is set.
    fn write(&mut self, run: &mut Run, seen: &Inspection, msg: InspectMsg) {
        let (InspectMsg::Commit(id, _)
        | InspectMsg::Choose(id, _)
        | InspectMsg::Switch(id, _)
        | InspectMsg::Add(id)
        | InspectMsg::Reset(id)) = &msg
        else {
            return;
        };
        let (Some(field), id) = (seen.field(id), id.clone()) else { return };
        let value = match msg {
            InspectMsg::Commit(_, text) => Some(field.read(&text)),
            InspectMsg::Choose(_, at) => field.form(at),
            InspectMsg::Switch(_, on) => field.form(usize::from(on)),
            InspectMsg::Add(_) => Some(field.other()),
            _ => field.given(),
        };
        // What was not changed is not set: leaving a field says nothing.
        let untouched = matches!(&self.draft, Some((other, text)) if *other == id && *text == field.value);
        match value {
            Some(value) if !untouched => {
                let path = field.path.clone();
                self.set(run, id, path, value);
            }
            _ => self.draft = None,
        }
    }

    /// Sets a parameter; where it is refused, what was written stays in the field.
    fn set(&mut self, run: &mut Run, id: String, path: String, value: Json) {
        let lane = run.target.map(|_| self.lane);
        match run.change(lane, path, value) {
            Ok(()) => (self.draft, self.refused) = (None, None),
            Err(problems) => self.refused = Some((id, problems)),
        }
    }

    /// A group of fields is opened or closed.
    fn turn(&mut self, id: &str, open: bool, seen: &Inspection) {
        let Some(field) = seen.field(id) else { return };
        self.turned.retain(|other| other != id);
        if open != field.opens() {
            if self.turned.len() >= MOST_TURNED {
                self.turned.remove(0);
            }
            self.turned.push(id.to_owned());
        }
    }

    /// Whether a group of fields is open.
    pub fn is_open(&self, field: &Field) -> bool {
        field.opens() != self.turned.contains(&field.id)
    }

    /// Whether something can be written in a field: what the panel shows there.
    pub fn shown<'a>(&'a self, id: &str, value: &'a str) -> &'a str {
        match &self.draft {
            Some((other, text)) if other == id => text,
            _ => value,
        }
    }
}
