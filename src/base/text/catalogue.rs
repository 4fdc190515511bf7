//! A language's texts, looked up by their keys.

use super::key::Text;
use super::language::Language;
use super::message::Message;
use crate::base::json::Json;
use crate::base::sort_by_key;

/// English: part of the program, so that the page's first message moves without another request.
const ENGLISH: &str = include_str!("../../../static/texts/en.json");

/// What English says on the fields of the scenario language: the page fetches it when it first shows one.
#[cfg(not(target_arch = "wasm32"))]
const ON_FIELDS: &str = include_str!("../../../static/texts/about.json");

/// The group of texts that a page's program may not have yet.
const LATER: &str = "about";

/// How deep groups of texts may nest.
const MAX_NESTING: u32 = 8;

/// The most complaints about a file.
const MAX_COMPLAINTS: usize = 20;

/// A language's texts. Those that its file does not have, or has in a form that cannot be read, are English.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub(super) language: Language,
    /// Every text that English has and that is there, in the order of their keys.
    texts: Vec<(Text, Message)>,
}

/// What is wrong with a language's file, for whoever writes it.
#[derive(Debug, Default)]
pub struct Complaints(Vec<String>);

impl Catalogue {
    /// English.
    ///
    /// # Panics
    ///
    /// Where its file is wrong, which a test rules out.
    pub fn english() -> Catalogue {
        // `expect` would print what was wrong, and with it bring in everything that prints a value for a programmer.
        let Ok(json) = Json::read(ENGLISH) else { panic!("static/texts/en.json is no JSON") };
        let mut wrong = |complaint: String| panic!("static/texts/en.json: {complaint}");
        let language = Language::read(json.get(FACTS).unwrap_or(&Json::Null), &mut wrong);
        let english = Catalogue { language, texts: Vec::new() }.with(&json);
        #[cfg(not(target_arch = "wasm32"))]
        let english = english.with(&Json::read(ON_FIELDS).expect("static/texts/about.json is JSON"));
        english
    }

    /// The texts of a file that completes others, and no language.
    pub(super) fn completing(file: &Json) -> Catalogue {
        Catalogue { language: Language::default(), texts: Vec::new() }.with(file)
    }

    /// With the texts of a file.
    fn with(mut self, file: &Json) -> Catalogue {
        each(file, &mut |path, key, text| match text.map(Message::read) {
            Some(Ok(message)) => self.texts.push((key, message)),
            _ => debug_assert!(false, "the English text {} cannot be read", path.join(".")),
        });
        sort_by_key(&mut self.texts, |(key, _)| *key);
        self
    }

    /// Reads a language's file. What it lacks and what is wrong with it is English; that is told beside it.
    pub fn read(file: &str) -> (Catalogue, Vec<String>) {
        let mut complaints = Complaints::default();
        let mut catalogue = Catalogue::english();
        let Ok(json) = Json::read(file) else {
            complaints.add("the file is no JSON, or longer than 1 MiB".to_owned());
            return (catalogue, complaints.0);
        };
        catalogue.language = Language::read(json.get(FACTS).unwrap_or(&Json::Null), &mut |complaint| {
            complaints.add(complaint)
        });
        let mut had = vec![false; catalogue.texts.len()];
        let mut ahead = Vec::new();
        each(&json, &mut |path, key, text| {
            let name = || path.join(".");
            let Ok(at) = catalogue.texts.binary_search_by_key(&key, |(own, _)| *own) else {
                // Its English original comes later.
                if cfg!(target_arch = "wasm32") && path[0] == LATER {
                    ahead.extend(text.and_then(|text| Some((key, Message::read(text).ok()?))));
                    return;
                }
                return complaints.add([&name(), " is not a text of this program"].concat());
            };
            had[at] = true;
            let own = &mut catalogue.texts[at].1;
            match text.map_or(Err("is no text"), Message::read) {
                Ok(message) if message.places().iter().all(|place| own.places().contains(place)) => {
                    *own = message
                }
                Ok(_) => {
                    complaints.add([&name(), " has a place that the English text does not have"].concat())
                }
                Err(problem) => complaints.add([&name(), " ", problem].concat()),
            }
        });
        let missing = had.iter().filter(|had| !**had).count();
        if missing > 0 {
            complaints.add([&missing.to_string(), " texts are missing, and in English therefore"].concat());
        }
        catalogue.texts.append(&mut ahead);
        sort_by_key(&mut catalogue.texts, |(key, _)| *key);
        (catalogue, complaints.0)
    }

    /// The facts about the language.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// A text's message.
    pub fn get(&self, text: Text) -> Option<&Message> {
        let at = self.texts.binary_search_by_key(&text, |(key, _)| *key).ok()?;
        Some(&self.texts[at].1)
    }
}

impl Complaints {
    fn add(&mut self, complaint: String) {
        match self.0.len() {
            MAX_COMPLAINTS => self.0.push("and more is wrong".to_owned()),
            length if length < MAX_COMPLAINTS => self.0.push(complaint),
            _ => {}
        }
    }
}

/// Under this name a file has the facts about its language, and under all others its texts.
const FACTS: &str = "language";

/// Gets a text of a file with the names that lead to it and its key; of what is no text, none.
type Visit<'v, 'a> = &'v mut dyn FnMut(&[&'a str], Text, Option<&'a str>);

/// Visits the texts of a file.
fn each<'a>(file: &'a Json, visit: Visit<'_, 'a>) {
    let mut path = Vec::new();
    for (name, value) in file.members().iter().filter(|(name, _)| name != FACTS) {
        path.push(name.as_str());
        inside(&mut path, Text::new(name), value, visit);
        path.pop();
    }
}

fn inside<'a>(path: &mut Vec<&'a str>, key: Text, value: &'a Json, visit: Visit<'_, 'a>) {
    if let (Json::Object(members), true) = (value, (path.len() as u32) < MAX_NESTING) {
        for (name, value) in members {
            path.push(name);
            inside(path, key.then(".").then(name), value, visit);
            path.pop();
        }
    } else {
        visit(path, key, value.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Text = Text::new("list.comma");
    const OR: Text = Text::new("list.or");

    fn comma(catalogue: &Catalogue) -> String {
        let message = catalogue.get(COMMA).expect("a text of English");
        message.around("list", "item").map_or_else(|| "other".to_owned(), |around| around.concat())
    }

    #[test]
    fn a_language_has_its_own_texts_and_english_ones_for_the_rest() {
        let (arabic, complaints) = Catalogue::read(
            r#"{"language": {"tag": "ar", "direction": "rtl", "decimal": "٫", "plural": {"two": "n = 2"}},
                "list": {"comma": "{list}، {item}"}}"#,
        );
        assert_eq!(comma(&arabic), "، ");
        assert!(arabic.get(OR).is_some_and(|or| or.around("list", "item") == Some(["", " or ", ""])));
        assert!(arabic.get(Text::new("no such text")).is_none());
        let language = arabic.language();
        assert_eq!((&*language.tag, language.leftward, &*language.decimal), ("ar", true, "٫"));
        assert!(matches!(&*complaints, [one] if one.contains("texts are missing")), "{complaints:?}");
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told_and_english() {
        for (file, complaint) in [
            ("", "the file is no JSON"),
            (r#"{"list": {"comma": "{list"}}"#, "list.comma has a {"),
            (r#"{"list": {"comma": 5}}"#, "list.comma is no text"),
            (r#"{"list": {"comma": "{list}, {other}"}}"#, "list.comma has a place"),
            (r#"{"list": {"coma": "{list}"}}"#, "list.coma is not a text"),
            (r#"{"list": "x"}"#, "list is not a text"),
            (r#"{"language": {"tag": "../en"}}"#, "language.tag"),
            (r#"{"language": {"direction": "up"}}"#, "language.direction"),
            (r#"{"language": {"plural": {"one": "n is 1"}}}"#, "no plural rule"),
            (r#"{"language": {"plural": {"several": "n = 1"}}}"#, "no form"),
        ] {
            let (catalogue, complaints) = Catalogue::read(file);
            assert_eq!(comma(&catalogue), ", ", "{file}");
            assert!(complaints[0].contains(complaint), "{file}: {complaints:?}");
        }
    }

    #[test]
    fn complaints_and_nesting_are_bounded() {
        let many = (0..1000).map(|at| format!("\"a{at}\": \"b\"")).collect::<Vec<_>>().join(",");
        let (_, complaints) = Catalogue::read(&format!("{{{many}}}"));
        assert_eq!(complaints.len(), MAX_COMPLAINTS + 1);
        let deep = [&"{\"a\": ".repeat(100), "1", &"}".repeat(100)].concat();
        let (_, complaints) = Catalogue::read(&deep);
        assert!(complaints[0].starts_with("a.a.a.a.a.a.a.a is not a text"), "{complaints:?}");
    }
}
