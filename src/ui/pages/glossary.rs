//! The page of all words that lessons explain.

use yew::prelude::*;

use crate::lesson::{Explained, Glossary};
use crate::ui::model::focus::FIGURE;
use crate::ui::panels::glyphs::prose;
use crate::ui::panels::terms::named;

/// The page.
pub fn glossary(all: &Glossary) -> Html {
    let entry = |entry: &Explained| {
        html! {
            <>
                <dt>{named(entry)}</dt>
                <dd>{prose(&entry.text)}</dd>
            </>
        }
    };
    html! {
        <section class="panel prose" id={FIGURE} tabindex="-1" aria-labelledby="words">
            <h1 id="words">{text!("page.glossary")}</h1>
            <p>{text!("glossary.about")}</p>
            <dl class="entries">{for all.entries.iter().map(entry)}</dl>
            <p><a href="#/course">{text!("page.course")}</a></p>
        </section>
    }
}
