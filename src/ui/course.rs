//! The course: all lessons as cards, by chapter, with what of each is done. The start page has it below its figure, and
//! it has a page of its own.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::browser::window;
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
    pub fn again(&self) -> Option<Html> {
        let mark = self.marks.last().filter(|mark| !mark.is_done())?;
        let step = [words::STEP, &(mark.at + 1).to_string(), words::OF, &mark.of.to_string()].concat();
        Some(html! {
            <p class="again">
                <a data-testid="again" href={mark.address()}>
                    <b>{words::AGAIN}</b>
                    <span>{&mark.title}</span>
                    <small>{step}</small>
                </a>
            </p>
        })
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
pub fn course(shelf: &Shelf, alone: bool, send: &Callback<Msg>) -> Html {
    let heads = if alone { ["h1", "h2", "h3"] } else { ["h2", "h3", "h4"] };
    let id = if alone { "figure" } else { COURSE };
    let again = shelf.again().filter(|_| alone);
    let content = match &shelf.course {
        Some(course) => lessons(course, shelf, [heads[1], heads[2]], send),
        None => shelf.trouble.as_deref().map(trouble).unwrap_or_default(),
    };
    html! {
        <section
            class="gallery course"
            aria-labelledby="courses"
            {id}
            tabindex={alone.then_some("-1")}
        >
            <@{heads[0]} id="courses">{words::COURSE}</@>
            <p>{words::COURSE_ABOUT}</p>
            if let Some(again) = again {
                {again}
            }
            {content}
        </section>
    }
}

/// Why the list did not come.
fn trouble(why: &str) -> Html {
    html! {
        <p role="alert">{[why, " "].concat()}<a href="#/course">{words::RETRY}</a></p>
    }
}

/// The lessons that are found, by chapter. `heads`: the headings of a chapter and of a lesson.
fn lessons(course: &Course, shelf: &Shelf, heads: [&'static str; 2], send: &Callback<Msg>) -> Html {
    let sought = lower(&shelf.sought);
    let has = |lesson: &&Listed| {
        let says = lower(&lesson.says());
        sought.split(' ').all(|word| says.contains(word))
    };
    let found: Vec<&Listed> = course.lessons.iter().filter(has).collect();
    let chapters = words::CHAPTERS.iter().zip(1..).filter_map(|(title, number)| {
        let own = || found.iter().filter(move |lesson| lesson.about.chapter == number);
        own().next()?;
        Some(html! {
            <section>
                <@{heads[0]}>{*title}</@>
                <ul class="cards">{for own().map(|lesson| card(lesson, shelf, heads[1]))}</ul>
            </section>
        })
    });
    let forgotten = shelf.forgotten.is_some();
    html! {
        <>
            {seek(&shelf.sought, found.is_empty(), send)}
            <div class="chapters">{for chapters}</div>
            if forgotten || !shelf.marks.is_empty() {
                <Kept {forgotten} on_forget={send.reform(|()| Msg::Forget)} />
            }
            <p>{to_glossary()}</p>
        </>
    }
}

/// In lower case, as the browser knows it: the tables for it are no part of the program.
fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// What the field to seek in gets.
#[derive(Properties, PartialEq)]
pub struct SeekProps {
    /// What is sought.
    pub sought: AttrValue,
    /// Nothing is found.
    pub nothing: bool,
    /// Something else is sought.
    pub on_seek: Callback<String>,
}

/// The field to seek in, and a word where nothing is found.
#[component]
pub fn Seek(props: &SeekProps) -> Html {
    let on_seek = props.on_seek.clone();
    let oninput = move |event: InputEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            on_seek.emit(field.value());
        }
    };
    html! {
        <div>
            <label class="seek">
                {words::SEEK}
                <input type="search" data-testid="seek" autocomplete="off" value={&props.sought} {oninput} />
            </label>
            <p role="status">
                if props.nothing {
                    <span>{words::NOTHING_FOUND}</span>
                }
            </p>
        </div>
    }
}

/// The same with the page's messages.
pub fn seek(sought: &str, nothing: bool, send: &Callback<Msg>) -> Html {
    html! { <Seek sought={sought.to_owned()} {nothing} on_seek={send.reform(Msg::Find)} /> }
}

fn card(lesson: &Listed, shelf: &Shelf, head: &'static str) -> Html {
    let level = match lesson.about.level {
        Level::Beginner => words::BEGINNER,
        Level::Intermediate => words::INTERMEDIATE,
        Level::Advanced => words::ADVANCED,
    };
    let mark = shelf.marks.iter().find(|mark| mark.slug == lesson.slug);
    let minutes = [&lesson.about.minutes.to_string(), words::MINUTES].concat();
    // Who is in the middle of it goes on there.
    let begun = mark.filter(|mark| !mark.is_done()).map(Mark::address);
    let href = begun.unwrap_or_else(|| ["#/lesson/", &lesson.slug].concat());
    html! {
        <li class="card">
            {picture("lessons/pictures.svg#", &lesson.slug)}
            <@{head}><a {href}>{&lesson.title}</a></@>
            <p>{prose(&lesson.summary)}</p>
            <ul class="shows" aria-label={words::LEVEL}>
                <li>{minutes}</li>
                <li>{level}</li>
                if let Some(mark) = mark {
                    <li data-testid="progress" data-done={mark.is_done().then_some("")}>{reached(mark)}</li>
                }
            </ul>
        </li>
    }
}

/// How far the reader has come in a lesson, in words.
fn reached(mark: &Mark) -> String {
    if mark.is_done() {
        words::DONE.to_owned()
    } else {
        [&mark.done.to_string(), words::OF, &mark.of.to_string(), words::STEPS].concat()
    }
}

/// The picture of this name in a file of symbols, in the colours of the page.
pub fn picture(file: &str, name: &str) -> Html {
    html! { <svg class="picture" aria-hidden="true"><use href={[file, name].concat()} /></svg> }
}

/// What the line on what is kept gets.
#[derive(Properties, PartialEq)]
struct KeptProps {
    /// It was forgotten just now.
    forgotten: bool,
    /// It is to be forgotten, or to be brought back.
    on_forget: Callback<()>,
}

/// What is kept of all this, and how it is forgotten.
#[component]
fn Kept(props: &KeptProps) -> Html {
    let (about, does) =
        if props.forgotten { (words::FORGOTTEN, words::UNFORGET) } else { (words::KEPT, words::FORGET) };
    let onclick = props.on_forget.reform(|_: MouseEvent| ());
    html! {
        <p class="kept">
            <span role="status">{about}</span>
            <button data-testid="forget" {onclick}>{does}</button>
        </p>
    }
}
