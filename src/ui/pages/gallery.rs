//! The gallery: ready scenarios as cards, with a field to seek in them.

use yew::prelude::*;

use crate::lesson::{Entry, Gallery, Group};
use crate::ui::model::focus::FIGURE;
use crate::ui::panels::course::{Seek, picture};

/// The page, with what `sought` finds.
pub fn gallery(gallery: &Gallery, sought: &str, on_find: &Callback<String>) -> Html {
    let found = gallery.found(sought);
    html! {
        <section class="gallery" id={FIGURE} tabindex="-1" aria-labelledby="gallery">
            <h1 id="gallery">{text!("page.gallery")}</h1>
            <p>{text!("gallery.about")}</p>
            <Seek sought={sought.to_owned()} nothing={found.groups.is_empty()} {on_find} />
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
            <ul class="shows" aria-label={text!("gallery.shows")}>
                {for entry.shows.iter().map(|what| html! { <li>{what}</li> })}
            </ul>
        </li>
    }
}
