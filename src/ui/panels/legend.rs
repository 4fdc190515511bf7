//! What the glyphs on the stages mean.

use yew::prelude::*;

use crate::session::Session;
use crate::ui::panels::glyphs::glyph;
use crate::view;

/// What the glyphs mean.
pub fn legend(session: &Session) -> Html {
    let row = |(picture, meaning): (view::Glyph, &'static str)| {
        html! { <li>{glyph(picture)}{meaning}</li> }
    };
    html! {
        <section class="legend" aria-label={text!("screen.legend")}>
            <ul>{for view::legend(session.variants()).into_iter().map(row)}</ul>
        </section>
    }
}
