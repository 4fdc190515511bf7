//! The course: all lessons as cards, by chapter, with what of each is done. The start page has it below its figure, and
//! it has a page of its own.

use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::browser::window;
use super::dom::{El, el, target};
use super::glyphs::prose;
use super::msg::Msg;
use super::progress::{self, Mark};
use super::terms::to_glossary;
use super::words;
use crate::lesson::{Course, Level, Listed};

/// The course's list as far as it is there, and what the reader does with it.
#[derive(Default)]
pub struct Shelf {
    /// The lessons, once they have come.
    pub course: Option<Course>,
    /// The list is on its way, or there.
    pub asked: bool,
    /// Why it did not come.
    pub trouble: Option<String>,
    /// What is sought.
    pub sought: String,
    /// How far the reader has come.
    pub marks: Vec<Mark>,
    /// What was forgotten just now.
    forgotten: Option<String>,
    /// When it was last looked how far below the screen the list is.
    looked: f64,
}

/// From one look to the next, in milliseconds.
const LOOK_MS: f64 = 200.0;

impl Shelf {
    /// Another page opens: what is kept is looked at anew.
    pub fn look(&mut self) {
        self.marks = progress::marks();
        self.forgotten = None;
        self.sought.clear();
    }

    /// Whether the list is about to be seen below a figure, and has to be asked for. `at`: when this is asked, in
    /// milliseconds; to look costs the page its layout, so it is done only now and then.
    pub fn is_wanted(&mut self, at: f64) -> bool {
        if self.asked || self.course.is_some() || at - self.looked < LOOK_MS {
            return false;
        }
        self.looked = at;
        is_near()
    }

    /// Forgets what is kept, or brings it back if that was done just now.
    pub fn forget(&mut self) {
        match self.forgotten.take() {
            Some(was) => progress::restore(&was),
            None => self.forgotten = progress::clear(),
        }
        self.marks = progress::marks();
    }

    /// The way back to the lesson that was begun last, unless it is done.
    pub fn again(&self) -> Option<El> {
        let mark = self.marks.last().filter(|mark| !mark.is_done())?;
        let step = [words::STEP, &(mark.at + 1).to_string(), words::OF, &mark.of.to_string()].concat();
        let link = el("a", &[("data-testid", "again")]).put("href", mark.address());
        let link = link.add(el("b", &[]).text(words::AGAIN)).add(el("span", &[]).say(mark.title.clone()));
        Some(el("p", &[("class", "again")]).add(link.add(el("small", &[]).say(step))))
    }
}

/// The id of the section.
const COURSE: &str = "course";

/// Whether the list below a figure is about to be seen: less than the height of the screen below its edge.
fn is_near() -> bool {
    let find = || {
        let document = window().document()?;
        let screen = f64::from(document.document_element()?.client_height());
        Some(document.get_element_by_id(COURSE)?.get_bounding_client_rect().y() < 2.0 * screen)
    };
    find().unwrap_or(false)
}

/// The list; `alone` where it is a page of its own.
pub fn course(shelf: &Shelf, alone: bool, send: &Callback<Msg>) -> El {
    let heads = if alone { ["h1", "h2", "h3"] } else { ["h2", "h3", "h4"] };
    let section = el("section", &[("class", "gallery course"), ("aria-labelledby", "courses")]);
    let section =
        if alone { section.put("id", "figure").put("tabindex", "-1") } else { section.put("id", COURSE) };
    let section = section
        .add(el(heads[0], &[("id", "courses")]).text(words::COURSE))
        .add(el("p", &[]).text(words::COURSE_ABOUT))
        .maybe(shelf.again().filter(|_| alone));
    let Some(course) = &shelf.course else {
        let why = |why: &String| {
            el("p", &[("role", "alert")])
                .say([why, " "].concat())
                .add(el("a", &[("href", "#/course")]).text(words::RETRY))
        };
        return section.maybe(shelf.trouble.as_ref().map(why));
    };
    let sought = lower(&shelf.sought);
    let has = |lesson: &&Listed| {
        let says = lower(&lesson.says());
        sought.split(' ').all(|word| says.contains(word))
    };
    let found: Vec<&Listed> = course.lessons.iter().filter(has).collect();
    let chapters = words::CHAPTERS.iter().zip(1..).filter_map(|(title, number)| {
        let own = || found.iter().filter(move |lesson| lesson.about.chapter == number);
        own().next()?;
        let cards = own().map(|lesson| card(lesson, shelf, heads[2]));
        Some(
            el("section", &[])
                .add(el(heads[1], &[]).text(title))
                .add(el("ul", &[("class", "cards")]).all(cards)),
        )
    });
    section
        .add(seek(&shelf.sought, found.is_empty(), send))
        .add(el("div", &[("class", "chapters")]).all(chapters))
        .maybe(kept(shelf, send))
        .add(el("p", &[]).add(to_glossary()))
}

/// In lower case, as the browser knows it: the tables for it are no part of the program.
fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// The field to seek in, and a word where nothing is found.
pub fn seek(sought: &str, nothing: bool, send: &Callback<Msg>) -> El {
    let field = el("input", &[("type", "search"), ("data-testid", "seek"), ("autocomplete", "off")])
        .value(sought.to_owned())
        .on(ListenerKind::oninput, send, 0, |event, _| {
            Some(Msg::Find(target::<HtmlInputElement>(event)?.value()))
        });
    let said = nothing.then(|| el("span", &[]).text(words::NOTHING_FOUND));
    el("div", &[])
        .add(el("label", &[("class", "seek")]).text(words::SEEK).add(field))
        .add(el("p", &[("role", "status")]).maybe(said))
}

fn card(lesson: &Listed, shelf: &Shelf, head: &'static str) -> El {
    let level = match lesson.about.level {
        Level::Beginner => words::BEGINNER,
        Level::Intermediate => words::INTERMEDIATE,
        Level::Advanced => words::ADVANCED,
    };
    let mark = shelf.marks.iter().find(|mark| mark.slug == lesson.slug);
    let minutes = [&lesson.about.minutes.to_string(), words::MINUTES].concat();
    let said =
        mark.map(|mark| {
            let some = || [&mark.done.to_string(), words::OF, &mark.of.to_string(), words::STEPS].concat();
            el("li", &[("data-testid", "progress")])
                .flag("data-done", mark.is_done())
                .say(if mark.is_done() { words::DONE.to_owned() } else { some() })
        });
    let facts = el("ul", &[("class", "shows"), ("aria-label", words::LEVEL)])
        .add(el("li", &[]).say(minutes))
        .add(el("li", &[]).text(level))
        .maybe(said);
    // Who is in the middle of it goes on there.
    let begun = mark.filter(|mark| !mark.is_done()).map(Mark::address);
    let href = begun.unwrap_or_else(|| ["#/lesson/", &lesson.slug].concat());
    let link = el("a", &[]).put("href", href).say(lesson.title.clone());
    el("li", &[("class", "card")])
        .add(picture("lessons/pictures.svg#", &lesson.slug))
        .add(el(head, &[]).add(link))
        .add(prose("p", &lesson.summary))
        .add(facts)
}

/// The picture of this name in a file of symbols, in the colours of the page.
pub fn picture(file: &str, name: &str) -> El {
    let svg = el("svg", &[("class", "picture"), ("aria-hidden", "true")]);
    svg.add(el("use", &[]).put("href", [file, name].concat()))
}

/// What is kept of all this, and how it is forgotten.
fn kept(shelf: &Shelf, send: &Callback<Msg>) -> Option<El> {
    let forgotten = shelf.forgotten.is_some();
    if shelf.marks.is_empty() && !forgotten {
        return None;
    }
    let (about, does) =
        if forgotten { (words::FORGOTTEN, words::UNFORGET) } else { (words::KEPT, words::FORGET) };
    let button = el("button", &[("data-testid", "forget")])
        .on(ListenerKind::onclick, send, 0, |_, _| Some(Msg::Forget));
    Some(
        el("p", &[("class", "kept")])
            .add(el("span", &[("role", "status")]).text(about))
            .add(button.text(does)),
    )
}
