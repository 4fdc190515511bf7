//! The gallery: ready scenarios as cards, with a field to seek in them.

use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::dom::{El, el, target};
use super::msg::Msg;
use super::words;
use crate::lesson::{Entry, Gallery, Group};

/// The page, with what `sought` finds.
pub fn gallery(gallery: &Gallery, sought: &str, send: &Callback<Msg>) -> El {
    let found = gallery.found(sought);
    let field = el("input", &[("type", "search"), ("data-testid", "seek"), ("autocomplete", "off")])
        .value(sought.to_owned())
        .on(ListenerKind::oninput, send, 0, |event, _| {
            Some(Msg::Find(target::<HtmlInputElement>(event)?.value()))
        });
    let nothing = found.groups.is_empty();
    el(
        "section",
        &[("class", "gallery"), ("id", "figure"), ("tabindex", "-1"), ("aria-labelledby", "gallery")],
    )
    .add(el("h1", &[("id", "gallery")]).text(words::GALLERY))
    .add(el("p", &[]).text(words::GALLERY_ABOUT))
    .add(el("label", &[("class", "seek")]).text(words::SEEK).add(field))
    .add(el("p", &[("role", "status")]).maybe(nothing.then(|| el("span", &[]).text(words::NOTHING_FOUND))))
    .all(found.groups.iter().map(group))
}

fn group(group: &Group) -> El {
    el("section", &[])
        .add(el("h2", &[]).say(group.title.clone()))
        .add(el("ul", &[("class", "cards")]).all(group.entries.iter().map(card)))
}

fn card(entry: &Entry) -> El {
    let shows = el("ul", &[("class", "shows"), ("aria-label", words::SHOWS)])
        .all(entry.shows.iter().map(|what| el("li", &[]).say(what.clone())));
    let link = el("a", &[]).put("href", ["#/gallery/", &entry.slug].concat()).say(entry.title.clone());
    el("li", &[("class", "card")])
        .add(el("h3", &[]).add(link))
        .add(el("p", &[]).say(entry.description.clone()))
        .add(shows)
}
