//! The word of a text that somebody is at.

use std::ops::Range;

use crate::lesson::{Counterpart, Glossary};

/// A word that somebody is at, and where its entry goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Its name in the glossary.
    pub key: String,
    /// Where in its panel, as a style.
    pub place: String,
}

/// What lights up on the stages while somebody is at a word.
pub fn meant(word: Option<&Word>, glossary: Option<&Glossary>) -> Option<Counterpart> {
    let key = &word?.key;
    // A term means what it looks like, whether the glossary has come or not.
    glossary
        .and_then(|glossary| glossary.entry(key))
        .map_or_else(|| Counterpart::named(key), |entry| entry.stage)
}

/// An entry has room below its word where so much of the screen is there, in pixels: the playback bar is a part of it.
const LEAST: f64 = 260.0;

/// Where in its panel the entry of a word goes, as a style: below the word, or above it where there is more room. All
/// in pixels from the top of the screen: from where to where the word and the panel reach, and how high the screen is.
pub fn place(word: &Range<f64>, panel: &Range<f64>, screen: f64) -> String {
    let below = screen - word.end;
    let (side, away) = if below < LEAST && word.start > below {
        ("bottom", panel.end - word.start)
    } else {
        ("top", word.end - panel.start)
    };
    [side, ":", &(away as i32).to_string(), "px"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Term;

    #[test]
    fn an_entry_goes_where_there_is_room() {
        let panel = 50.0..900.0;
        assert_eq!(place(&(100.0..120.0), &panel, 800.0), "top:70px");
        assert_eq!(place(&(700.0..720.0), &panel, 800.0), "bottom:200px", "hardly any room below");
        assert_eq!(place(&(100.0..120.0), &panel, 200.0), "bottom:800px", "more above than below");
        assert_eq!(place(&(60.0..80.0), &panel, 200.0), "top:30px", "little room, but more than above");
    }

    #[test]
    fn a_term_means_what_it_looks_like_before_the_glossary_has_come() {
        let word = |key: &str| Word { key: key.to_owned(), place: String::new() };
        assert_eq!(meant(Some(&word("request")), None), Some(Counterpart::Term(Term::Request)));
        assert_eq!(meant(Some(&word("idempotence")), None), None);
        assert_eq!(meant(None, None), None);
    }
}
