//! The language that the program speaks.

use std::sync::OnceLock;

use super::catalogue::Catalogue;

/// The one thing of this program that is global and not a constant: which language the texts are in. It is chosen once,
/// before the first text, and a page has only one; handing it to everything that says something would lengthen the
/// signature of nearly every function of `view` and tell their readers nothing.
static CURRENT: OnceLock<Catalogue> = OnceLock::new();

/// The texts of the language that the program speaks: English, where none was chosen.
pub fn texts() -> &'static Catalogue {
    CURRENT.get_or_init(Catalogue::english)
}

/// Chooses the language, before the first text; false where one was chosen or used already, which stays.
pub fn speak(catalogue: Catalogue) -> bool {
    CURRENT.set(catalogue).is_ok()
}
