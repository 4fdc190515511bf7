//! Doing what the model asks of the browser.

use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::Callback;

use crate::ui::app::publish::publish;
use crate::ui::canvas::canvases::Canvases;
use crate::ui::canvas::painter::Painter;
use crate::ui::model::Model;
use crate::ui::model::effect::{Effect, File};
use crate::ui::model::focus::{self, Focus};
use crate::ui::model::mine::kept::may_replace;
use crate::ui::msg::Msg;
use crate::ui::msg::mine::MineMsg;
use crate::ui::msg::send::SendMsg;
use crate::ui::msg::setting::SettingMsg;
use crate::ui::platform::browser::{fresh_seed, window};
use crate::ui::platform::fetch::fetch;
use crate::ui::platform::language::localized;
use crate::ui::platform::vault::{self, Trouble};
use crate::ui::platform::{address, clipboard, download, files, scheme};
use crate::view::{Size, Sketch, Theme};

/// The mark in the browser's performance timeline that says when the first message was seen under way.
const FIRST_MESSAGE: &str = "first message";

/// What the fields of the scenario language mean, in English: no part of the program, for a first visit shows none.
const DESCRIPTIONS: &str = "texts/about.json";

/// A picture for a file has so many pixels to a pixel of the page.
const FILE_SCALE: f64 = 2.0;

/// Does something that the model asks of the browser; what comes of it is sent to the page.
pub fn perform(model: &Model, effect: Effect, send: &Callback<Msg>) {
    match effect {
        Effect::Fetch(route) => {
            let (send, file) = (send.clone(), localized(&route.file().unwrap_or_default()));
            fetch(file, move |text| send.emit(Msg::Loaded(route, text)));
        }
        Effect::FetchDescriptions => {
            let send = send.clone();
            fetch(DESCRIPTIONS.to_owned(), move |text| send.emit(Msg::Described(text)));
        }
        Effect::GoTo(hash) => address::go_to(&hash),
        Effect::ToTop => address::to_top(),
        Effect::ShowColours => scheme::show(model.theme.name()),
        Effect::DrawSeed => {
            if let Some(seed) = fresh_seed() {
                send.emit(Msg::Setting(SettingMsg::Seed(seed.to_string())));
            }
        }
        Effect::Clip(text) => {
            // Without the leave to write there, it is pasted within this page all the same.
            let _ = window().navigator().clipboard().write_text(&text);
        }
        Effect::ListKept => {
            let (blocked, send) = (send.clone(), send.clone());
            vault::list(
                move || blocked.emit(Msg::Mine(MineMsg::Trouble(Trouble::Blocked))),
                move |texts| send.emit(Msg::Mine(MineMsg::Listed(texts))),
            );
        }
        Effect::Keep { id, text } => {
            let (send, own) = (send.clone(), id.clone());
            vault::write(id, text, may_replace, move |done| {
                send.emit(Msg::Mine(MineMsg::Written(own, done)))
            });
        }
        Effect::Forget(id) => {
            let send = send.clone();
            vault::remove(id, move |done| {
                if let Err(why) = done {
                    send.emit(Msg::Mine(MineMsg::Trouble(why)));
                }
            });
        }
        Effect::ChooseFiles => {
            let send = send.clone();
            files::choose(move |given| send.emit(Msg::Mine(MineMsg::Given(given))));
        }
        Effect::Copy(text) => {
            let send = send.clone();
            clipboard::copy(text, move |done| send.emit(Msg::Send(SendMsg::Copied(done))));
        }
        Effect::Save(File::Text { name, kind, text }) => download::save_text(&name, kind, &text),
        Effect::Save(File::Picture { name, sketch, size }) => {
            if let Some(canvas) = painted(&sketch, size, model.colours()) {
                download::save_canvas(&name, &canvas);
            }
        }
        Effect::Publish { work } => publish(model, work),
        Effect::MarkFirstMessage => {
            if let Some(performance) = window().performance() {
                // A mark of a free name cannot be refused.
                let _ = performance.mark(FIRST_MESSAGE);
            }
        }
    }
}

/// A canvas of its own with a sketch on it; none where the browser refuses one.
fn painted(sketch: &Sketch, size: Size, theme: Theme) -> Option<HtmlCanvasElement> {
    let canvas = window().document()?.create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width((f64::from(size.w) * FILE_SCALE) as u32);
    canvas.set_height((f64::from(size.h) * FILE_SCALE) as u32);
    let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    Painter::new(theme, FILE_SCALE).paint(&context, size.w.into(), size.h.into(), sketch);
    Some(canvas)
}

/// What is waiting for the focus gets it, now that the page is written.
pub fn give_focus(focus: &Focus, canvases: &Canvases) {
    let by_id = |id: &str| window().document()?.get_element_by_id(id)?.dyn_into::<HtmlElement>().ok();
    let element = match focus {
        Focus::Element(id) => by_id(id),
        Focus::Step => by_id(focus::STEP),
        Focus::Chart(slot) => {
            canvases.charts.get(slot.at()).and_then(|surface| surface.node.cast::<HtmlElement>())
        }
    };
    if let Some(element) = element {
        if *focus == Focus::Step {
            element.scroll_into_view();
        }
        // An element of the page can have the focus, or it stays where it is.
        let _ = element.focus();
    }
}
