//! The gallery: ready scenarios as cards, with a field to seek in them.

use yew::prelude::*;

use crate::lesson::{Entry, Gallery, Group};
use crate::ui::model::focus::FIGURE;
use crate::ui::msg::sandbox::SandboxMsg;
use crate::ui::panels::course::{Seek, picture};

/// The page, with what `sought` finds.
pub fn gallery(
    gallery: &Gallery,
    sought: &str,
    on_find: &Callback<String>,
    on_sandbox: &Callback<SandboxMsg>,
) -> Html {
    let found = gallery.found(sought);
    html! {
        <section class="gallery" id={FIGURE} tabindex="-1" aria-labelledby="gallery">
            <h1 id="gallery">{text!("page.gallery")}</h1>
            <p>{text!("gallery.about")}</p>
            <Seek sought={sought.to_owned()} nothing={found.groups.is_empty()} {on_find} />
            {for found.groups.iter().map(|each| group(each, on_sandbox))}
        </section>
    }
}

fn group(group: &Group, on_sandbox: &Callback<SandboxMsg>) -> Html {
    html! {
        <section>
            <h2>{&group.title}</h2>
            <ul class="cards">{for group.entries.iter().map(|entry| card(entry, on_sandbox))}</ul>
        </section>
    }
}

fn card(entry: &Entry, on_sandbox: &Callback<SandboxMsg>) -> Html {
    let slug = entry.slug.clone();
    let onclick = on_sandbox.reform(move |_: MouseEvent| SandboxMsg::Template(Some(slug.clone())));
    html! {
        <li class="card">
            {picture("gallery.svg#", &entry.slug)}
            <h3><a href={["#/gallery/", &entry.slug].concat()}>{&entry.title}</a></h3>
            <p>{&entry.description}</p>
            <ul class="shows" aria-label={text!("gallery.shows")}>
                {for entry.shows.iter().map(|what| html! { <li>{what}</li> })}
            </ul>
            <button
                class="quiet own"
                data-testid={["sandbox ", &entry.slug].concat()}
                aria-label={say!("sandbox.open-of", title = &entry.title)}
                {onclick}
            >
                {text!("sandbox.open")}
            </button>
        </li>
    }
}
