//! Reads the glossary.

use crate::base::{Cursor, Diagnostic, Json};
use crate::lesson::glossary::{Counterpart, Explained, Glossary};

use super::Reader;

/// At most so many entries.
const MOST: usize = 500;

impl Glossary {
    /// Reads a glossary; all problems at once.
    pub fn read(text: &str) -> Result<Glossary, Vec<Diagnostic>> {
        let json = Json::parse(text).map_err(|problem| vec![problem])?;
        let root = Cursor::root(&json);
        let mut reader = Reader::new(&[], &[]);
        let places = root.items(MOST, &mut reader.problems);
        let entries = places.iter().map(|here| reader.explained(here)).collect();
        reader.problems.or(Glossary { entries })
    }
}

impl Reader<'_> {
    fn explained(&mut self, here: &Cursor) -> Explained {
        here.only(&["word", "text", "stage"], &mut self.problems);
        let word = self.required(here, "word");
        let named = here.get("stage").map(|stage| (stage.path.clone(), self.string(&stage)));
        let stage = match &named {
            Some((path, name)) => {
                let read = Counterpart::read(name);
                read.map_err(|wrong| self.problems.push(Diagnostic { path: path.clone(), ..wrong })).ok()
            }
            // A term is seen as what it is.
            None => Counterpart::named(&word).filter(|own| matches!(own, Counterpart::Term(_))),
        };
        Explained { word, text: self.must_spans(here, "text"), stage }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Term;

    #[test]
    fn entries_know_where_they_are_seen() {
        let text = r#"[{"word": "request", "text": ["A call."]}, {"word": "offset", "text": ["A number."], "stage": "log"},
            {"word": "idempotent", "text": ["Twice as once."]}]"#;
        let glossary = Glossary::read(text).expect("a glossary");
        let stage = |word: &str| glossary.entry(word).and_then(|entry| entry.stage);
        assert_eq!(stage("request"), Some(Counterpart::Term(Term::Request)));
        assert_eq!(
            (stage("offset"), stage("idempotent"), stage("none")),
            (Some(Counterpart::Log), None, None)
        );
        let wrong = Glossary::read(&text.replace("\"log\"", "\"dog\"")).expect_err("a mistake");
        assert_eq!(wrong[0].path, "[1].stage");
    }
}
