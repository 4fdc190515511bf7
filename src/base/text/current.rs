//! The language that the program speaks.

use std::sync::OnceLock;

use super::catalogue::Catalogue;
use super::key::Text;
use super::message::Message;
use crate::base::json::Json;

/// The one thing of this program that is global and not a constant: which language the texts are in. It is chosen once,
/// before the first text, and a page has only one; handing it to everything that says something would lengthen the
/// signature of nearly every function of `view` and tell their readers nothing.
static CURRENT: OnceLock<Catalogue> = OnceLock::new();

/// English texts that came after the program; they complete any language.
static LATER: OnceLock<Catalogue> = OnceLock::new();

/// The texts of the language that the program speaks: English, where none was chosen.
pub fn texts() -> &'static Catalogue {
    CURRENT.get_or_init(Catalogue::english)
}

/// Chooses the language, before the first text; false where one was chosen or used already, which stays.
pub fn speak(catalogue: Catalogue) -> bool {
    CURRENT.set(catalogue).is_ok()
}

/// Takes in English texts that are no part of the program: what is in a file that the site fetches when it is needed.
/// Of a file that cannot be read, and of a second one, nothing.
pub fn complete(file: &str) {
    if let Ok(json) = Json::read(file) {
        let _ = LATER.set(Catalogue::completing(&json));
    }
}

/// A text's message.
pub(super) fn message(text: Text) -> Option<&'static Message> {
    texts().get(text).or_else(|| LATER.get()?.get(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_later_is_found_too() {
        let late = Text::new("about.Late.text");
        assert!(message(late).is_none());
        complete("no JSON");
        complete(r#"{"about": {"Late": {"text": "It came."}}}"#);
        complete(r#"{"about": {"Late": {"text": "It came twice."}}}"#);
        assert_eq!(message(late).and_then(Message::plain), Some("It came."));
    }
}
