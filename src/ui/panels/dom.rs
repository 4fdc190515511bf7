//! Pieces of markup that several parts of the page use, and what `html!` cannot write.

use web_sys::KeyboardEvent;
use yew::virtual_dom::{AttrValue, VTag, VText};
use yew::{Callback, Html};

use crate::ui::platform::keyboard::Press;

/// A listener that passes on what `answer` makes of an event, where it makes something of it.
pub fn answering<E: 'static, M: 'static>(
    send: &Callback<M>,
    answer: impl Fn(E) -> Option<M> + 'static,
) -> Callback<E> {
    let send = send.clone();
    Callback::from(move |event| {
        if let Some(message) = answer(event) {
            send.emit(message);
        }
    })
}

/// A listener to keys that passes on what `answer` makes of one, which then does nothing else.
pub fn on_key<M: 'static>(
    send: &Callback<M>,
    answer: impl Fn(&Press) -> Option<M> + 'static,
) -> Callback<KeyboardEvent> {
    answering(send, move |event: KeyboardEvent| {
        let message = answer(&Press::of(&event))?;
        event.prevent_default();
        Some(message)
    })
}

/// A small picture: the inside of an SVG of 16 × 16. Only fixed texts of the program may come here.
pub fn icon(inside: &str) -> Html {
    let svg = ["<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\">", inside, "</svg>"].concat();
    Html::from_html_unchecked(svg.into())
}

/// One entry of a list to choose from. Whether it is chosen is a property and not an attribute, which would say nothing
/// any more once a person has chosen; `html!` writes the attribute.
pub fn option(name: impl Into<AttrValue>, value: Option<AttrValue>, chosen: bool) -> Html {
    let mut option = VTag::new("option");
    option.add_property("selected", chosen);
    if let Some(value) = value {
        option.add_attribute("value", value);
    }
    option.add_child(VText::new(name.into()).into());
    option.into()
}
