//! What keys do.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use super::charts::ChartMsg;
use super::inspector::InspectMsg;
use super::msg::Msg;

/// What a key asks for; none where it belongs to the field or the button that has the focus, or to the browser.
pub fn message(event: &KeyboardEvent) -> Option<Msg> {
    if event.key() == "z" && (event.ctrl_key() || event.meta_key()) && !event.default_prevented() {
        // In a field it takes back what was typed there.
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let typed = field.is_some_and(|field| ["text", "search"].contains(&field.type_().as_str()));
        return (!typed).then_some(Msg::Inspect(InspectMsg::Undo));
    }
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
        return None;
    }
    let focus = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let on = |selectors: &str| {
        focus.as_ref().is_some_and(|element| element.closest(selectors).ok().flatten().is_some())
    };
    // A dialog is closed at Escape by the browser, which then gives the focus back.
    if on("dialog,textarea,select,input:not([type=range])") {
        return None;
    }
    // Sliders keep their arrows; buttons and disclosures their space bar. Links have no use for it.
    let slider = on("input,[role=img]");
    let key = event.key();
    match key.as_str() {
        " " if !on("button,summary") => Some(Msg::Toggle),
        "ArrowRight" if !slider && event.shift_key() => Some(Msg::StepSecond),
        "ArrowRight" if !slider => Some(Msg::StepEvent),
        "ArrowLeft" if !slider => Some(Msg::Jump(if event.shift_key() { -10.0 } else { -1.0 })),
        "End" if !slider => Some(Msg::ToEnd),
        "Home" if !slider => Some(Msg::GoTo(0.0)),
        "ArrowUp" if !slider => Some(Msg::Faster(1)),
        "ArrowDown" if !slider => Some(Msg::Faster(-1)),
        "r" | "R" => Some(Msg::Restart),
        "?" => Some(Msg::Help(true)),
        "Escape" => Some(Msg::Chart(ChartMsg::Enlarge(None))),
        digit => {
            let digit = digit.parse::<usize>().ok().filter(|_| digit.len() == 1)?;
            Some(Msg::FaultKey(digit.checked_sub(1)?))
        }
    }
}
