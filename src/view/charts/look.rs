//! How series look: variants told apart by colour and dash, lines of one variant by colour and name.

use super::series::Series;
use crate::view::canvas::draw::Stroke;
use crate::view::canvas::theme::Token;
use crate::view::words;

/// How a variant's lines look: A dashed in ink, B (or the only variant) solid in the accent.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// Which variant.
    pub variant: usize,
    /// Of how many that are shown.
    pub of: usize,
}

impl Look {
    fn dashed(self) -> bool {
        self.of > 1 && self.variant == 0
    }

    pub fn token(self) -> Token {
        if self.dashed() { Token::Ink } else { Token::Accent }
    }

    pub fn stroke(self, token: Token, alpha: f32, width: f32) -> Stroke {
        let ink = token.alpha(alpha);
        if self.dashed() { Stroke::dashed(ink, width, 5.0, 3.0) } else { Stroke::new(ink, width) }
    }

    /// "A good"; without the letter where there is one variant.
    pub fn name(self, what: &str) -> String {
        let letter = if self.of > 1 { words::LETTERS.get(self.variant).copied().unwrap_or("") } else { "" };
        match (letter, what) {
            ("", one) | (one, "") => one.to_owned(),
            _ => say!("chart.of-variant", variant = letter, line = what),
        }
    }

    /// The variant's main line.
    pub fn main(self, what: &str, points: Vec<(f64, f64)>) -> Series {
        let stroke = Some(self.stroke(self.token(), 1.0, 1.8));
        let label = if self.of > 1 { self.name("") } else { what.to_owned() };
        Series { name: self.name(what), label, stroke, points }
    }

    /// A line beside it.
    pub fn side(self, what: &str, stroke: Stroke, points: Vec<(f64, f64)>) -> Series {
        Series { name: self.name(what), label: self.name(what), stroke: Some(stroke), points }
    }

    /// What is only in tables and readouts.
    pub fn hidden(self, what: &str, points: Vec<(f64, f64)>) -> Series {
        Series { name: self.name(what), label: String::new(), stroke: None, points }
    }
}
