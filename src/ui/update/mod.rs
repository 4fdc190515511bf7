//! What each message does to the model. Nothing else changes it.

mod charts;
pub mod frame;
mod inspector;
mod lesson;
mod mine;
#[cfg(test)]
mod mine_tests;
mod open;
pub mod sandbox;
mod send;
pub mod settings;
mod settle;
mod stages;
#[cfg(test)]
mod tests;
mod time;
mod traces;
mod variants;

use crate::ui::model::content::Content;
use crate::ui::model::effect::Effect;
use crate::ui::model::{Model, Stale};
use crate::ui::msg::Msg;
use crate::ui::platform::route::Route;

/// Opens the first page.
pub fn start(model: &mut Model, route: Route) {
    open::open(model, route);
}

/// Answers a message; true if the page has to be written anew.
pub fn update(model: &mut Model, msg: Msg) -> bool {
    let does =
        matches!(msg, Msg::Time(_) | Msg::Setting(_) | Msg::Variant(_) | Msg::Inspect(_) | Msg::Sandbox(_));
    match msg {
        Msg::Break => panic!("broken on purpose"),
        Msg::Tell => return settle::tell(model),
        Msg::Measured(sizes, cleared) => {
            model.sizes = *sizes;
            if cleared {
                model.stale = Stale::ALL;
            }
            return false;
        }
        Msg::CourseIsNear => {
            open::ask_for_course(model);
            return false;
        }
        Msg::Open(route) => {
            if !lesson::turned(model, &route) && !mine::is_open(model, &route) {
                model.effects.push(Effect::ToTop);
                open::open(model, route);
            }
        }
        Msg::Reload => {
            model.effects.push(Effect::ToTop);
            open::open(model, model.route.clone());
        }
        Msg::Loaded(route, text) => open::loaded(model, &route, text),
        Msg::Described(text) => inspector::described(model, text),
        Msg::System { dark, reduced_motion } => {
            model.dark = dark;
            model.stages.reduced_motion = reduced_motion;
        }
        Msg::NextTheme => {
            model.theme = model.theme.next();
            model.theme.remember();
            model.effects.push(Effect::ShowColours);
        }
        Msg::Help(open) => model.help = open,
        Msg::Send(msg) => send::send(model, msg),
        Msg::Find(words) => match &mut model.content {
            Content::Gallery(sought) => *sought = words,
            _ => model.shelf.sought = words,
        },
        Msg::Forget => model.shelf.forget(),
        Msg::Word(word) => {
            // From one part of a word to another.
            if word.as_ref().map(|word| &word.key) == model.word.as_ref().map(|word| &word.key) {
                return false;
            }
            model.word = word;
        }
        Msg::Time(msg) => time::pass(&mut model.content, msg),
        Msg::Setting(msg) => settings::setting(model, msg),
        Msg::Variant(msg) => variants::arrange(model, msg),
        Msg::Lesson(msg) => lesson::lesson(model, msg),
        Msg::Front(side) => model.stages.front = side,
        // Buttons change only where a bound is reached.
        Msg::Camera(side, msg) => return stages::camera(model, side, msg),
        Msg::Cameras(msg) => return stages::cameras(model, msg),
        Msg::Chart(msg) => return charts::chart(model, msg),
        Msg::Trace(msg) => return traces::trace(model, msg),
        Msg::Sandbox(msg) => {
            if !sandbox::sandbox(model, msg) {
                return false;
            }
        }
        Msg::Mine(msg) => {
            if !mine::mine(model, msg) {
                return false;
            }
        }
        Msg::Inspect(msg) => {
            if !inspector::inspect(model, msg) {
                return false;
            }
        }
    }
    if does {
        mine::touched(model);
    }
    settle::settle(model);
    model.stale = Stale::ALL;
    true
}
