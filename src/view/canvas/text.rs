//! Text on a sketch: an estimate of its width, cutting to fit, and the operation itself.
//!
//! The real width depends on the machine's fonts. The estimate follows the widest of the common ones (DejaVu
//! Sans), so that what fits by it fits everywhere.

use super::draw::{Align, DrawOp, Sketch, Span, Weight};
use super::geometry::Point;
use super::theme::Token;

/// What ends a text that was cut.
const ELLIPSIS: char = '…';

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// Font size in pixels.
    pub size: f32,
    /// How bold.
    pub weight: Weight,
    /// Colour.
    pub token: Token,
}

impl Face {
    /// Regular text.
    pub fn regular(size: f32, token: Token) -> Face {
        Face { size, weight: Weight::Regular, token }
    }

    /// Bold text.
    pub fn bold(size: f32, token: Token) -> Face {
        Face { size, weight: Weight::Bold, token }
    }
}

/// Estimated width of a text in pixels.
pub fn text_width(text: &str, face: Face) -> f32 {
    let bold = if face.weight == Weight::Bold { 1.1 } else { 1.0 };
    text.chars().map(em).sum::<f32>() * face.size * bold
}

/// Estimated width of a character, in font sizes.
fn em(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '\'' | '\u{202f}' => 0.28,
        ' ' | '.' | ',' | ':' | ';' | '|' | '!' | '·' | '\u{a0}' => 0.33,
        'f' | 'r' | 't' | '(' | ')' | '-' | '/' | '[' | ']' | 'I' | 'J' => 0.41,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '✕' | '…' | '×' | '→' => 0.97,
        'a'..='z' | '0'..='9' => 0.63,
        'A'..='Z' => 0.72,
        // East Asian wide forms and pictographs.
        '\u{1100}'.. => 1.05,
        _ => 0.66,
    }
}

/// Keeps `text`, cut with an ellipsis where it is wider than `room` pixels; whether it was cut.
pub fn keep_fitting(sketch: &mut Sketch, text: &str, face: Face, room: f32) -> (Span, bool) {
    if text_width(text, face) <= room {
        return (sketch.keep_text(text), false);
    }
    let mut left = room - text_width("…", face);
    let mut buffer = [0; 4];
    let mut end = 0;
    for c in text.chars() {
        left -= text_width(c.encode_utf8(&mut buffer), face);
        if left < 0.0 {
            break;
        }
        end += c.len_utf8();
    }
    let kept = sketch.keep_text(text[..end].trim_end());
    let more = sketch.keep_text(if room > 0.0 { ELLIPSIS.encode_utf8(&mut buffer) } else { "" });
    (Span { start: kept.start, end: more.end }, true)
}

/// Below this font size text is left out: it could not be read.
pub const LEAST_SIZE: f32 = 5.0;

/// Writes `text` at a baseline, cut to `room` pixels; gives the width that it takes.
pub fn write(sketch: &mut Sketch, at: Point, align: Align, face: Face, room: f32, text: &str) -> f32 {
    // In half pixels, so that painters meet few different fonts.
    let face = Face { size: libm::floorf(face.size * 2.0) / 2.0, ..face };
    if face.size < LEAST_SIZE || text.is_empty() {
        return 0.0;
    }
    let (span, _) = keep_fitting(sketch, text, face, room);
    let width = text_width(sketch.text(span), face);
    let Face { size, weight, token } = face;
    sketch.push(DrawOp::Text { at, text: span, align, size, weight, token });
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_texts_fit_and_whole_ones_stay() {
        let face = Face::regular(11.0, Token::Ink);
        for text in ["", "a", "Checkout", "日本語の名前です", "WWWWWWWWWWWWWWWW", "a b c d e f g h i j k"]
        {
            for room in [0.0, 5.0, 20.0, 60.0, 400.0] {
                let mut sketch = Sketch::new();
                let (span, cut) = keep_fitting(&mut sketch, text, face, room);
                let kept = sketch.text(span);
                assert_eq!(cut, text_width(text, face) > room, "{text} in {room}");
                assert!(cut || kept == text);
                assert!(text_width(kept, face) <= room.max(text_width("…", face)), "{kept} in {room}");
            }
        }
    }
}
