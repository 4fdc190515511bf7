//! Words are the legend: whoever points at a term, or comes to it by keyboard, reads what it means and sees what it
//! means on the stage.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event};
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::browser::window;
use super::dom::{Answer, El, el, target};
use super::glyphs::{prose, term};
use super::msg::Msg;
use super::words;
use crate::lesson::{Counterpart, Explained, Glossary, Span, Term};

/// A word that somebody is at, and where its entry goes.
#[derive(Debug, PartialEq)]
pub struct Word {
    /// Its name in the glossary.
    pub key: String,
    /// Where in its panel, as a style.
    place: String,
}

/// What lights up on the stages while somebody is at a word.
pub fn meant(word: Option<&Word>, glossary: Option<&Glossary>) -> Option<Counterpart> {
    let key = &word?.key;
    // A term means what it looks like, whether the glossary has come or not.
    glossary
        .and_then(|glossary| glossary.entry(key))
        .map_or_else(|| Counterpart::named(key), |entry| entry.stage)
}

/// A panel whose text has terms in it.
pub fn with_words(panel: El, send: &Callback<Msg>) -> El {
    let panel = [ListenerKind::onpointerover, ListenerKind::onfocusin, ListenerKind::onclick]
        .into_iter()
        .fold(panel, |panel, kind| panel.on(kind, send, 0, come as Answer));
    [ListenerKind::onpointerout, ListenerKind::onfocusout]
        .into_iter()
        .fold(panel, |panel, kind| panel.on(kind, send, 0, gone as Answer))
}

/// Somebody has come to a word.
fn come(event: &Event, _: usize) -> Option<Msg> {
    let word = target::<Element>(event)?.closest("[data-word]").ok()??;
    let panel = word.closest(".panel").ok()??;
    let (own, around) = (word.get_bounding_client_rect(), panel.get_bounding_client_rect());
    let screen = f64::from(window().document()?.document_element()?.client_height());
    let below = screen - own.bottom();
    let at = |side: &str, away: f64| [side, ":", &(away as i32).to_string(), "px"].concat();
    // Above the line where there is more room.
    let place = if below < LEAST && own.top() > below {
        at("bottom", around.bottom() - own.top())
    } else {
        at("top", own.bottom() - around.top())
    };
    Some(Msg::Word(Some(Word { key: word.get_attribute("data-word")?, place })))
}

/// An entry has room below its word where so much of the screen is there, in pixels: the playback bar is a part of it.
const LEAST: f64 = 260.0;

/// Somebody has left a word or its entry; who goes from one to the other stays.
fn gone(event: &Event, _: usize) -> Option<Msg> {
    let inside = |element: Element| element.closest("[data-word],.gloss").ok().flatten();
    inside(target::<Element>(event)?)?;
    let to = js_sys::Reflect::get(event, &"relatedTarget".into()).ok();
    let stays = to.and_then(|to| to.dyn_into::<Element>().ok()).and_then(inside).is_some();
    (!stays).then_some(Msg::Word(None))
}

/// The entry of the word that somebody is at; the place of it where nobody is at any.
pub fn entry(word: Option<&Word>, glossary: Option<&Glossary>) -> El {
    let place = el("div", &[("class", "gloss"), ("role", "tooltip"), ("id", "gloss")]);
    let found = word.and_then(|word| Some((word, glossary?.entry(&word.key)?)));
    match found {
        Some((word, found)) => {
            place.put("style", word.place.clone()).add(named("p", found)).add(prose("p", &found.text))
        }
        None => place.flag("hidden", true),
    }
}

/// A word as it looks on the stage.
fn named(tag: &'static str, entry: &Explained) -> El {
    let look = Term::named(&entry.word).map(|own| Span::Term(own, entry.word.clone()));
    let look = look.unwrap_or_else(|| Span::Strong(entry.word.clone()));
    el(tag, &[]).add(term(&look))
}

/// The page of all words.
pub fn glossary(all: &Glossary) -> El {
    let entries = all.entries.iter().flat_map(|entry| [named("dt", entry), prose("dd", &entry.text)]);
    el(
        "section",
        &[("class", "panel prose"), ("id", "figure"), ("tabindex", "-1"), ("aria-labelledby", "words")],
    )
    .add(el("h1", &[("id", "words")]).text(words::GLOSSARY))
    .add(el("p", &[]).text(words::GLOSSARY_ABOUT))
    .add(el("dl", &[("class", "entries")]).all(entries))
    .add(el("p", &[]).add(el("a", &[("href", "#/course")]).text(words::COURSE)))
}

/// The way to that page.
pub fn to_glossary() -> El {
    el("a", &[("href", "#/glossary")]).text(words::GLOSSARY)
}
