//! Pieces of markup that several parts of the page use, and what `html!` cannot write.

use yew::virtual_dom::{AttrValue, VTag, VText};
use yew::{Callback, Html};

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
