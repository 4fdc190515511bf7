//! The keyboard: which key was pressed, and what had the focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

/// A key that was pressed.
#[derive(Clone, Debug, PartialEq)]
pub struct Press {
    /// Its name in the browser.
    pub key: String,
    /// Together with Shift.
    pub shift: bool,
    /// Together with Control, or with Command.
    pub control: bool,
    /// Together with Alt.
    pub alt: bool,
}

impl Press {
    /// What was pressed.
    pub fn of(event: &KeyboardEvent) -> Press {
        Press {
            key: event.key(),
            shift: event.shift_key(),
            control: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
        }
    }
}

/// What has the focus, as far as it has keys of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focused {
    /// Nothing that has any.
    Nothing,
    /// A button, or what opens and closes something: the space bar.
    Button,
    /// A slider or a picture: arrows, Home and End.
    Slider,
    /// A list, a large field, a dialog: nearly all.
    Field,
    /// A field in which one writes: what was typed there can be taken back.
    Text,
}

/// What had the focus when a key was pressed.
pub fn focused(event: &KeyboardEvent) -> Focused {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return Focused::Nothing;
    };
    if let Some(field) = element.dyn_ref::<HtmlInputElement>()
        && ["text", "search"].contains(&field.type_().as_str())
    {
        return Focused::Text;
    }
    let within = [
        ("dialog,textarea,select,input:not([type=range])", Focused::Field),
        ("input,[role=img]", Focused::Slider),
        ("button,summary", Focused::Button),
    ];
    let found = within.into_iter().find(|(selectors, _)| element.closest(selectors).ok().flatten().is_some());
    found.map_or(Focused::Nothing, |(_, focused)| focused)
}
