//! The cheat sheet: the table of keys, as it is read.

use crate::base::{List, Text};
use crate::ui::msg::keys::key::{Hold, Sign, Stroke};
use crate::ui::msg::keys::table::{Row, TABLE};

/// A line of the cheat sheet.
pub struct Line {
    /// The name by which tests find it.
    pub id: &'static str,
    /// The keys, with the place where they work.
    pub keys: String,
    /// What they do.
    pub does: &'static str,
}

/// The lines of the cheat sheet.
pub fn lines() -> impl Iterator<Item = Line> {
    TABLE.iter().map(|row| Line { id: row.id, keys: shown(row), does: row.words.plain() })
}

/// "Home, End, Shift ← → in a chart".
pub fn shown(row: &Row) -> String {
    match row.place {
        Some(place) if row.keys.is_empty() => place.plain().to_owned(),
        Some(place) => place.say(&[("keys", keys(row).as_str().into())]),
        None => keys(row),
    }
}

/// "Home, End, Shift ← →": keys that bear a sign and are held alike stand together.
fn keys(row: &Row) -> String {
    let mut strokes: Vec<Stroke> = Vec::new();
    for (stroke, _) in row.keys {
        if !strokes.contains(stroke) {
            strokes.push(*stroke);
        }
    }
    let is_glyph = |stroke: &Stroke| matches!(stroke.key.sign, Sign::Glyph(_));
    let held = |stroke: &Stroke| if stroke.hold == Hold::Any { Hold::Nothing } else { stroke.hold };
    let alike = |a: &Stroke, b: &Stroke| is_glyph(a) && is_glyph(b) && held(a) == held(b);
    let mut out = String::new();
    let mut list = List::new(&mut out, Text::new("list.comma"));
    for group in strokes.chunk_by(alike) {
        let signs: Vec<&str> = group.iter().map(|stroke| sign(stroke.key.sign)).collect();
        let signs = signs.join(" ");
        match held(&group[0]) {
            Hold::Shift => list.item(|out| say!(out => "keys.with-shift", keys = &signs)),
            Hold::Control => list.item(|out| say!(out => "keys.with-control", keys = &signs)),
            Hold::ControlShift => list.item(|out| say!(out => "keys.with-control-shift", keys = &signs)),
            Hold::Any | Hold::Nothing => list.push(&signs),
        }
    }
    out
}

fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Glyph(sign) => sign,
        Sign::Named(name) => name.plain(),
    }
}
