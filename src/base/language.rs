//! How a table of words is written, and the languages that nobody speaks.
//!
//! A text of the page stands in a table (`view::words`, `ui::words`, and for the documentation of the scenario language
//! the tables of that language) and nowhere else; another language is another table. Two features make tables for tests
//! out of the English one: `double`, in which every text is marked and twice as long, and `mirrored`, in which it runs
//! from right to left. What is not marked in them does not come from a table.

/// A text of a table, in one piece or several.
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

/// A table of texts, written as plain constants.
macro_rules! table {
    ($($(#[$about:meta])* pub const $name:ident: &str = $text:literal;)*) => {
        $($(#[$about])* pub const $name: &str = word!($text);)*
    };
}
