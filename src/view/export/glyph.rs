//! A glyph as a small picture in the page's text.

use super::writer::{Form, Writer};
use crate::view::canvas::draw::Sketch;
use crate::view::canvas::geometry::Point;
use crate::view::canvas::glyph::Glyph;
use crate::view::canvas::glyph_picture::paint_glyph;

/// The picture's unit is a hundredth of a pixel, so that whole numbers suffice.
const UNIT: f32 = 100.0;

/// A glyph as an `<svg class="glyph">`, hidden from screen readers: the word beside it says what it is.
pub fn glyph_svg(glyph: Glyph) -> String {
    let mut sketch = Sketch::new();
    let middle = Point { x: 10.0 * UNIT, y: 10.0 * UNIT };
    paint_glyph(&mut sketch, glyph, middle, 10.0 * UNIT);
    let mut writer = Writer::new(Form::Page);
    writer.open("svg");
    writer.attribute("class", "glyph");
    writer.attribute("viewBox", "250 250 1500 1500");
    writer.attribute("aria-hidden", "true");
    writer.out.push('>');
    for op in sketch.ops() {
        writer.op(&sketch, op);
    }
    writer.out.push_str("</svg>");
    writer.out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_has_whole_numbers_and_the_names_of_its_colours() {
        for glyph in [Glyph::Request(Some(16)), Glyph::Retry(Some(5)), Glyph::PoisonAgain, Glyph::Blocked] {
            let text = glyph_svg(glyph);
            assert!(text.starts_with("<svg class=\"glyph\" ") && text.ends_with("/></svg>"), "{text}");
            assert!(text.contains("var(--") && !text.contains('#') && !text.contains('\n'), "{text}");
            let opacity = text.matches("-opacity=\"0.").count();
            assert_eq!(text.matches('.').count(), opacity, "{text}");
        }
        let message = glyph_svg(Glyph::Message);
        let diamond = "points=\"1000 440 1560 1000 1000 1560 440 1000 \" fill=\"var(--message)\"/>";
        assert!(message.contains(diamond), "{message}");
    }
}
