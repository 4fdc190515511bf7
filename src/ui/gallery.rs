//! The gallery: ready scenarios as cards, with a field to seek in them.

use yew::prelude::*;

use super::course::{picture, seek};
use super::msg::Msg;
use super::words;
use crate::lesson::{Entry, Gallery, Group};

/// The page, with what `sought` finds.
pub fn gallery(gallery: &Gallery, sought: &str, send: &Callback<Msg>) -> Html {
    let found = gallery.found(sought);
    html! {
        <section class="gallery" id="figure" tabindex="-1" aria-labelledby="gallery">
            <h1 id="gallery">{words::GALLERY}</h1>
            <p>{words::GALLERY_ABOUT}</p>
            {seek(sought, found.groups.is_empty(), send)}
            {for found.groups.iter().map(group)}
        </section>
    }
}

fn group(group: &Group) -> Html {
    html! {
        <section>
            <h2>{&group.title}</h2>
            <ul class="cards">{for group.entries.iter().map(card)}</ul>
        </section>
    }
}

fn card(entry: &Entry) -> Html {
    html! {
        <li class="card">
            {picture("gallery.svg#", &entry.slug)}
            <h3><a href={["#/gallery/", &entry.slug].concat()}>{&entry.title}</a></h3>
            <p>{&entry.description}</p>
            <ul class="shows" aria-label={words::SHOWS}>
                {for entry.shows.iter().map(|what| html! { <li>{what}</li> })}
            </ul>
        </li>
    }
}
