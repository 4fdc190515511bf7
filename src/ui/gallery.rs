//! The gallery: ready scenarios as cards, with a field to seek in them.

use yew::prelude::*;

use super::course::{picture, seek};
use super::dom::{El, el};
use super::msg::Msg;
use super::words;
use crate::lesson::{Entry, Gallery, Group};

/// The page, with what `sought` finds.
pub fn gallery(gallery: &Gallery, sought: &str, send: &Callback<Msg>) -> El {
    let found = gallery.found(sought);
    el(
        "section",
        &[("class", "gallery"), ("id", "figure"), ("tabindex", "-1"), ("aria-labelledby", "gallery")],
    )
    .add(el("h1", &[("id", "gallery")]).text(words::GALLERY))
    .add(el("p", &[]).text(words::GALLERY_ABOUT))
    .add(seek(sought, found.groups.is_empty(), send))
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
        .add(picture("gallery.svg#", &entry.slug))
        .add(el("h3", &[]).add(link))
        .add(el("p", &[]).say(entry.description.clone()))
        .add(shows)
}
