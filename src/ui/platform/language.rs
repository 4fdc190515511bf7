//! Which language the page speaks: the one that its address asks for, that was chosen before, or that the browser is set
//! to; English where none of them is to be had.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;

use crate::base::{Catalogue, is_tag, speak, texts};
use crate::ui::platform::browser::window;
use crate::ui::platform::fetch::fetch;
use crate::ui::platform::storage::{remember, remembered};

/// The languages that this site has beside English: a JSON list of tags.
const SHIPPED: &str = include_str!("../../../static/texts/index.json");

/// The language that is part of the program.
const ENGLISH: &str = "en";

/// Under this name the choice is kept.
const KEPT: &str = "cascade.language";

/// A page waits so long for its language, in milliseconds; then it is in English.
const PATIENCE_MS: u32 = 4000;

/// Chooses the language, then begins. English begins at once.
pub fn choose(begin: impl FnOnce() + 'static) {
    let search = window().location().search().unwrap_or_default();
    let wanted =
        window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect::<Vec<_>>();
    let asked = asked(&search);
    let tag = chosen(asked, remembered(KEPT).as_deref(), &wanted, &shipped());
    if asked.is_some() {
        remember(KEPT, &tag);
    }
    if tag == ENGLISH {
        return show(begin);
    }
    // Whichever comes first, the file or the end of patience.
    let begin = Rc::new(RefCell::new(Some(begin)));
    let other = Rc::clone(&begin);
    let waiting = Timeout::new(PATIENCE_MS, move || begin_once(&other));
    fetch(["texts/", &tag, ".json"].concat(), move |text| {
        // What came too late is not read: the page is there.
        let file = text.ok().filter(|_| begin.borrow().is_some());
        if let Some(file) = file {
            let (catalogue, complaints) = Catalogue::read(&file);
            speak(catalogue);
            if !complaints.is_empty() {
                let all = ["texts/", &tag, ".json: ", &complaints.join("; ")].concat();
                web_sys::console::warn_1(&JsValue::from(all));
            }
        }
        drop(waiting);
        begin_once(&begin);
    });
}

fn begin_once<F: FnOnce()>(begin: &RefCell<Option<F>>) {
    let begin = begin.borrow_mut().take();
    if let Some(begin) = begin {
        show(begin);
    }
}

/// Says in the page which language it is in, then begins.
fn show(begin: impl FnOnce()) {
    if let Some(document) = window().document() {
        let language = texts().language();
        if let Some(page) = document.document_element() {
            // Attributes of fixed names cannot be refused.
            let _ = page.set_attribute("lang", &language.tag);
            let _ = page.set_attribute("dir", if language.leftward { "rtl" } else { "ltr" });
        }
        document.set_title(text!("page.title"));
    }
    begin();
}

/// A file of the course, or the page on the model, in the language that the page speaks: `lesson.de.json` beside
/// `lesson.json`. The site's build makes it for every language that is shipped. All else is not translated.
pub fn localized(file: &str) -> String {
    of_language(file, &texts().language().tag, &shipped())
}

fn of_language(file: &str, tag: &str, shipped: &[&str]) -> String {
    if !shipped.contains(&tag) {
        return file.to_owned();
    }
    match file.rsplit_once('.') {
        Some(("model", ending)) => ["lessons/model.", tag, ".", ending].concat(),
        Some((name, ending)) if name.starts_with("lessons/") => [name, ".", tag, ".", ending].concat(),
        _ => file.to_owned(),
    }
}

/// The tags of the languages beside English.
fn shipped() -> Vec<&'static str> {
    // A test sees to it that every second piece between quotation marks is a tag.
    SHIPPED.split('"').skip(1).step_by(2).collect()
}

/// The language that an address asks for: `?lang=de`. It need not be one that is shipped: so one can be tried.
fn asked(search: &str) -> Option<&str> {
    let pairs = search.trim_start_matches('?').split('&');
    pairs.filter_map(|pair| pair.strip_prefix("lang=")).find(|tag| is_tag(tag))
}

/// The language of the page. `wanted`: what the browser is set to, the dearest first.
fn chosen(asked: Option<&str>, kept: Option<&str>, wanted: &[String], shipped: &[&str]) -> String {
    if let Some(asked) = asked {
        return asked.to_owned();
    }
    let known = |tag: &str| {
        let first = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let all = || shipped.iter().copied().chain([ENGLISH]);
        let same = all().find(|own| own.eq_ignore_ascii_case(tag));
        // Austrian is German, where there is no more than that.
        same.or_else(|| all().find(|own| first(own) == first(tag)))
    };
    let found = kept.and_then(known).or_else(|| wanted.iter().find_map(|tag| known(tag)));
    found.unwrap_or(ENGLISH).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Json;

    #[test]
    fn an_address_asks_for_a_language() {
        assert_eq!(asked("?lang=de"), Some("de"));
        assert_eq!(asked("?a=b&lang=pt-BR&c"), Some("pt-BR"));
        for none in ["", "?", "?lang=", "?lang=../x", "?long=de", "?lang=de/", "lang"] {
            assert_eq!(asked(none), None, "{none}");
        }
    }

    #[test]
    fn a_language_is_chosen_among_those_that_are_there() {
        let wanted = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
        let of = |asked, kept, tags: &[&str]| chosen(asked, kept, &wanted(tags), &["de", "pt-BR"]);
        assert_eq!(of(Some("x-double"), Some("de"), &["de"]), "x-double");
        assert_eq!(of(None, Some("de"), &["pt-BR"]), "de");
        assert_eq!(of(None, Some("fr"), &["pt-BR"]), "pt-BR");
        assert_eq!(of(None, None, &["fr", "de-AT", "en"]), "de");
        assert_eq!(of(None, None, &["PT-br"]), "pt-BR");
        assert_eq!(of(None, None, &["en-GB", "de"]), "en");
        assert_eq!(of(None, None, &["fr"]), "en");
    }

    #[test]
    fn content_of_another_language_is_a_file_beside_the_english_one() {
        let of = |tag| of_language("lessons/the-log/lesson.json", tag, &["de"]);
        assert_eq!([of("en"), of("x-double")], ["lessons/the-log/lesson.json"; 2]);
        assert_eq!(of("de"), "lessons/the-log/lesson.de.json");
        assert_eq!(of_language("model.html", "de", &["de"]), "lessons/model.de.html");
        assert_eq!(of_language("gallery.json", "de", &["de"]), "gallery.json");
    }

    #[test]
    fn the_list_of_languages_is_right() {
        let list = Json::parse(SHIPPED).expect("a list");
        let tags: Vec<&str> = list.items().iter().filter_map(Json::as_str).collect();
        assert_eq!(tags, shipped());
        for tag in tags {
            let file = format!("{}/static/texts/{tag}.json", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(&file).expect(&file);
            let (catalogue, complaints) = Catalogue::read(&text);
            assert_eq!((catalogue.language().tag.as_str(), complaints), (tag, Vec::new()), "{file}");
        }
    }
}
