//! Words are the legend: whoever points at a term, or comes to it by keyboard, reads what it means and sees what it
//! means on the stage.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element};
use yew::prelude::*;

use crate::lesson::{Explained, Glossary, Span, Term};
use crate::ui::model::word::{Word, place};
use crate::ui::panels::dom::answering;
use crate::ui::panels::glyphs::{prose, term};
use crate::ui::platform::browser::window;

/// A panel whose text has terms in it. `on_word`: somebody has come to a word, or left it; `heading`: the id of its
/// heading.
pub fn words_panel(on_word: &Callback<Option<Word>>, heading: &'static str, inside: Html) -> Html {
    words(on_word, "panel intro", Some(heading), inside)
}

/// A part of the page that has words and their entry in it. Its entry is placed in it where its class is `explained`,
/// else in the panel around it.
pub fn words(
    on_word: &Callback<Option<Word>>,
    class: &'static str,
    heading: Option<&'static str>,
    inside: Html,
) -> Html {
    let on_come = answering(on_word, |event: Event| come(&event).map(Some));
    let on_leave = answering(on_word, |event: Event| is_left(&event).then_some(None));
    html! {
        <section
            {class}
            aria-labelledby={heading}
            onpointerover={on_come.reform(|event: PointerEvent| event.into())}
            onfocusin={on_come.reform(|event: FocusEvent| event.into())}
            onclick={on_come.reform(|event: MouseEvent| event.into())}
            onpointerout={on_leave.reform(|event: PointerEvent| event.into())}
            onfocusout={on_leave.reform(|event: FocusEvent| event.into())}
        >
            {inside}
        </section>
    }
}

/// The word that somebody has come to.
fn come(event: &Event) -> Option<Word> {
    let word = event.target_dyn_into::<Element>()?.closest("[data-word]").ok()??;
    let panel = word.closest(".explained,.panel").ok()?;
    let screen = f64::from(window().document()?.document_element()?.client_height());
    let lines = |rect: DomRect| rect.top()..rect.bottom();
    let own = lines(word.get_bounding_client_rect());
    // In no panel, the style sheet places the entry.
    let place = panel.map(|panel| place(&own, &lines(panel.get_bounding_client_rect()), screen));
    Some(Word { key: word.get_attribute("data-word")?, place: place.unwrap_or_default() })
}

/// Whether somebody has left a word or its entry; who goes from one to the other stays.
fn is_left(event: &Event) -> bool {
    let inside = |element: Element| element.closest("[data-word],.gloss").ok().flatten();
    let was = event.target_dyn_into::<Element>().and_then(inside);
    let to = js_sys::Reflect::get(event, &"relatedTarget".into()).ok();
    let stays = to.and_then(|to| to.dyn_into::<Element>().ok()).and_then(inside);
    was.is_some() && stays.is_none()
}

/// The entry of the word that somebody is at; the place of it where nobody is at any.
pub fn entry(word: Option<&Word>, glossary: Option<&Glossary>) -> Html {
    let found = word.and_then(|word| Some((word, glossary?.entry(&word.key)?)));
    let place = found.map(|(word, _)| word.place.clone());
    html! {
        <div class="gloss" role="tooltip" id="gloss" style={place} hidden={found.is_none()}>
            if let Some((_, found)) = found {
                <p>{named(found)}</p>
                <p>{prose(&found.text)}</p>
            }
        </div>
    }
}

/// The place of an entry that is a plain text: what `means` says of the word that somebody is at, if that is one of its.
pub fn meaning(word: Option<&Word>, id: AttrValue, means: impl FnOnce(&str) -> Option<&'static str>) -> Html {
    let found = word.and_then(|word| Some((word, means(&word.key)?)));
    let place = found.map(|(word, _)| word.place.clone());
    html! {
        <div class="gloss" role="tooltip" {id} style={place} hidden={found.is_none()}>
            if let Some((_, text)) = found {
                <p>{text}</p>
            }
        </div>
    }
}

/// A word as it looks on the stage.
pub fn named(entry: &Explained) -> Html {
    let look = Term::named(&entry.word).map(|own| Span::Term(own, entry.word.clone()));
    term(&look.unwrap_or_else(|| Span::Strong(entry.word.clone())))
}

/// The way to the page of all words.
pub fn to_glossary() -> Html {
    html! { <a href="#/glossary">{text!("page.glossary")}</a> }
}
