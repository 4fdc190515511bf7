//! What came of a guess or an answer, in words.

use yew::prelude::*;

use crate::base::SimDuration;
use crate::lesson::{Span, Unit};
use crate::ui::panels::glyphs::said;
use crate::view::format;

/// A note beside the text.
pub fn note(text: &[Span]) -> Html {
    html! { <p class="note">{said(text)}</p> }
}

/// Whether something is right, in a word.
pub fn verdict(right: bool) -> Html {
    let word = if right { text!("study.right") } else { text!("study.not-so") };
    html! { <span class="verdict" data-right={right.then_some("")}>{word}</span> }
}

/// A number in its unit.
pub fn number(unit: Unit, value: f64) -> String {
    format::string(|out| match unit {
        Unit::Share => format::percent(out, value),
        Unit::Rate => format::rate(out, value),
        Unit::Time => format::duration(out, SimDuration::from_secs(value.max(0.0))),
        Unit::Bare | Unit::Count | Unit::Ratio => format::number(out, value),
    })
}
