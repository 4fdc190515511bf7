//! How a table of words is written, and the languages that nobody speaks.
//!
//! A text of the page stands in a table (`view::words`, `ui::words`, the tables of metrics and charts; `scenario::words`, `session::words` and
//! `lesson::words` for what can be wrong; for the documentation of the scenario language the tables of that language) and
//! nowhere else; another language is another table. Two features make tables for tests out of the English one: `double`,
//! in which every text is marked and twice as long, and `mirrored`, in which it runs from right to left. What is not
//! marked in them does not come from a table.

/// A text of a table, in one piece or several.
#[macro_export]
macro_rules! word {
    ($($text:literal),+) => {
        if cfg!(feature = "double") {
            concat!("⟦", $($text,)+ "·", $($text,)+ "⟧")
        } else if cfg!(feature = "mirrored") {
            // Overridden to run from right to left: as long as it was, and none of it where it was.
            concat!("\u{202e}", $($text,)+ "\u{202c}")
        } else {
            concat!($($text),+)
        }
    };
}

/// A table of what can be wrong and how to mend it.
#[macro_export]
macro_rules! problems {
    ($($(#[$about:meta])* $name:ident: $what:literal => $help:literal;)*) => {
        $($(#[$about])* pub const $name: $crate::base::Wording =
            $crate::base::Wording { what: word!($what), help: word!($help) };)*
    };
}

/// A table of texts, written as plain constants.
#[macro_export]
macro_rules! table {
    ($($(#[$about:meta])* $seen:vis const $name:ident: &str = $text:literal;)*) => {
        $($(#[$about])* $seen const $name: &str = word!($text);)*
    };
}

/// The words of something that is wrong. `{0}` to `{9}` are places for what was found, see [`fill`].
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// What is wrong.
    pub what: &'static str,
    /// How to mend it.
    pub help: &'static str,
}

impl Wording {
    /// What is wrong and how to mend it, with their places filled.
    pub fn say(&self, parts: &[&str]) -> [String; 2] {
        [self.what, self.help].map(|text| fill(text, parts))
    }
}

/// The text with its places filled: `{0}` with the first of `parts`, and so on. Other braces stay.
pub fn fill(text: &str, parts: &[&str]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, place) = rest.split_at(at);
        out.push_str(before);
        let part = match place.as_bytes() {
            [_, digit @ b'0'..=b'9', b'}', ..] => parts.get(usize::from(digit - b'0')),
            _ => None,
        };
        let (said, length) = part.map_or(("{", 1), |part| (*part, 3));
        out.push_str(said);
        rest = &place[length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn places_are_filled_and_other_braces_stay() {
        let check = |text, expected| assert_eq!(fill(text, &["a{1}", "b"]), expected, "{text}");
        check("{1} or {0}: {1}", "b or a{1}: b");
        check("write { \"{0}\": {…} }", "write { \"a{1}\": {…} }");
        check("{2} {", "{2} {");
    }
}
