//! Keys, and how they are pressed.

use crate::base::Text;
use crate::ui::platform::keyboard::Press;

/// A key, or several that do the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    /// Its names in the browser: more than one where Shift changes them, or where each of several keys is meant.
    pub names: &'static [&'static str],
    /// How it is written.
    pub sign: Sign,
}

/// How a key is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// With what stands on it.
    Glyph(&'static str),
    /// With its name in the reader's language.
    Named(Text),
}

const fn glyph(names: &'static [&'static str], sign: &'static str) -> Key {
    Key { names, sign: Sign::Glyph(sign) }
}

const fn named(names: &'static [&'static str], name: Text) -> Key {
    Key { names, sign: Sign::Named(name) }
}

pub const LEFT: Key = glyph(&["ArrowLeft"], "←");
pub const RIGHT: Key = glyph(&["ArrowRight"], "→");
pub const UP: Key = glyph(&["ArrowUp"], "↑");
pub const DOWN: Key = glyph(&["ArrowDown"], "↓");
pub const PLUS: Key = glyph(&["+", "="], "+");
pub const MINUS: Key = glyph(&["-", "_"], "−");
pub const ZERO: Key = glyph(&["0"], "0");
pub const DIGITS: Key = glyph(&["1", "2", "3", "4", "5", "6", "7", "8", "9"], "1 … 9");
pub const O: Key = glyph(&["o", "O"], "O");
pub const R: Key = glyph(&["r", "R"], "R");
pub const Z: Key = glyph(&["z", "Z"], "Z");
pub const QUESTION_MARK: Key = glyph(&["?"], "?");
pub const A: Key = glyph(&["a", "A"], "A");
pub const B: Key = glyph(&["b", "B"], "B");
pub const C: Key = glyph(&["c", "C"], "C");
pub const D: Key = glyph(&["d", "D"], "D");
pub const G: Key = glyph(&["g", "G"], "G");
pub const H: Key = glyph(&["h", "H"], "H");
pub const L: Key = glyph(&["l", "L"], "L");
pub const N: Key = glyph(&["n", "N"], "N");
pub const Q: Key = glyph(&["q", "Q"], "Q");
pub const S: Key = glyph(&["s", "S"], "S");
pub const T: Key = glyph(&["t", "T"], "T");
pub const V: Key = glyph(&["v", "V"], "V");
pub const W: Key = glyph(&["w", "W"], "W");
pub const X: Key = glyph(&["x", "X"], "X");
pub const Y: Key = glyph(&["y", "Y"], "Y");
pub const SPACE: Key = named(&[" "], Text::new("keys.name.space"));
pub const HOME: Key = named(&["Home"], Text::new("keys.name.home"));
pub const END: Key = named(&["End"], Text::new("keys.name.end"));
pub const PAGE_UP: Key = named(&["PageUp"], Text::new("keys.name.page-up"));
pub const PAGE_DOWN: Key = named(&["PageDown"], Text::new("keys.name.page-down"));
pub const DELETE: Key = named(&["Delete"], Text::new("keys.name.delete"));
pub const BACKSPACE: Key = named(&["Backspace"], Text::new("keys.name.backspace"));
pub const ENTER: Key = named(&["Enter"], Text::new("keys.name.enter"));
pub const ESCAPE: Key = named(&["Escape"], Text::new("keys.name.escape"));
pub const TAB: Key = named(&["Tab"], Text::new("keys.name.tab"));

/// What is held while a key is pressed. Whatever is pressed with Alt, or with Control where that is not asked for, is the
/// browser's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Nothing, or Shift: it makes no difference.
    Any,
    /// Nothing.
    Nothing,
    /// Shift.
    Shift,
    /// Control, or Command where there is no Control.
    Control,
    /// Control and Shift.
    ControlShift,
}

/// A key with what is held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// The key.
    pub key: Key,
    /// What is held.
    pub hold: Hold,
}

impl Stroke {
    /// Whether this was pressed.
    pub fn is(&self, press: &Press) -> bool {
        let held = match self.hold {
            Hold::Any => !press.control,
            Hold::Nothing => !press.control && !press.shift,
            Hold::Shift => !press.control && press.shift,
            Hold::Control => press.control && !press.shift,
            Hold::ControlShift => press.control && press.shift,
        };
        held && !press.alt && self.key.names.contains(&press.key.as_str())
    }
}
