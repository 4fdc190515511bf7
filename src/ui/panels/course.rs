//! The course: all lessons as cards, by chapter, with what of each is done. The start page has it below its figure, and
//! it has a page of its own.

use crate::base::Text;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::lesson::player::Bookmark;
use crate::lesson::{Course, Level, Listed};
use crate::ui::model::focus::FIGURE;
use crate::ui::model::kept::address;
use crate::ui::model::shelf::Shelf;
use crate::ui::panels::glyphs::prose;
use crate::ui::panels::terms::to_glossary;
use crate::ui::platform::browser::window;

/// The chapters of the course, in order.
const CHAPTERS: [Text; 6] = [
    Text::new("course.chapter.1"),
    Text::new("course.chapter.2"),
    Text::new("course.chapter.3"),
    Text::new("course.chapter.4"),
    Text::new("course.chapter.5"),
    Text::new("course.chapter.6"),
];

/// The id of the section.
const COURSE: &str = "course";

/// The way back to the lesson that was begun last, unless it is done.
pub fn again(mark: &Bookmark) -> Html {
    let step = say!("study.step-of", step = mark.at + 1, steps = mark.of);
    html! {
        <p class="again">
            <a data-testid="again" href={address(mark)}>
                <b>{text!("course.go-on")}</b>{" "}
                <span>{&mark.title}</span>
                <small>{step}</small>
            </a>
        </p>
    }
}

/// Whether the list below a figure is about to be seen: less than the height of the screen below its edge.
pub fn is_near() -> bool {
    let find = || {
        let document = window().document()?;
        let screen = f64::from(document.document_element()?.client_height());
        Some(document.get_element_by_id(COURSE)?.get_bounding_client_rect().y() < 2.0 * screen)
    };
    find().unwrap_or(false)
}

/// The list; `alone` where it is a page of its own.
pub fn course(shelf: &Shelf, alone: bool, on_find: &Callback<String>, on_forget: &Callback<()>) -> Html {
    let heads = if alone { ["h1", "h2", "h3"] } else { ["h2", "h3", "h4"] };
    let id = if alone { FIGURE } else { COURSE };
    let begun = shelf.last().filter(|_| alone);
    let content = match &shelf.course {
        Some(course) => lessons(course, shelf, [heads[1], heads[2]], on_find, on_forget),
        None => shelf.trouble.as_deref().map(trouble).unwrap_or_default(),
    };
    html! {
        <section
            class="gallery course"
            aria-labelledby="courses"
            {id}
            tabindex={alone.then_some("-1")}
        >
            <@{heads[0]} id="courses">{text!("page.course")}</@>
            <p>{text!("course.about")}</p>
            if let Some(mark) = begun {
                {again(mark)}
            }
            {content}
        </section>
    }
}

/// Why the list did not come.
fn trouble(why: &str) -> Html {
    html! {
        <p role="alert">{why}{" "}<a href="#/course">{text!("load.retry")}</a></p>
    }
}

/// The lessons that are found, by chapter. `heads`: the headings of a chapter and of a lesson.
fn lessons(
    course: &Course,
    shelf: &Shelf,
    heads: [&'static str; 2],
    on_find: &Callback<String>,
    on_forget: &Callback<()>,
) -> Html {
    let sought = lower(&shelf.sought);
    let has = |lesson: &&Listed| {
        let says = lower(&lesson.says());
        sought.split(' ').all(|word| says.contains(word))
    };
    let found: Vec<&Listed> = course.lessons.iter().filter(has).collect();
    let chapters = CHAPTERS.iter().zip(1..).filter_map(|(title, number)| {
        let own = || found.iter().filter(move |lesson| lesson.about.chapter == number);
        own().next()?;
        Some(html! {
            <section>
                <@{heads[0]}>{title.plain()}</@>
                <ul class="cards">{for own().map(|lesson| card(lesson, shelf, heads[1]))}</ul>
            </section>
        })
    });
    let forgotten = shelf.is_forgotten();
    html! {
        <>
            <Seek sought={shelf.sought.clone()} nothing={found.is_empty()} {on_find} />
            <div class="chapters">{for chapters}</div>
            if forgotten || !shelf.bookmarks.is_empty() {
                <Kept {forgotten} {on_forget} />
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
    pub on_find: Callback<String>,
}

/// The field to seek in, and a word where nothing is found.
#[component]
pub fn Seek(props: &SeekProps) -> Html {
    let on_find = props.on_find.clone();
    let oninput = move |event: InputEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            on_find.emit(field.value());
        }
    };
    html! {
        <div>
            <label class="seek">
                {text!("gallery.seek")}
                <input type="search" data-testid="seek" autocomplete="off" value={&props.sought} {oninput} />
            </label>
            <p role="status">
                if props.nothing {
                    <span>{say!("gallery.nothing-found", sought = props.sought.trim())}</span>
                }
            </p>
        </div>
    }
}

fn card(lesson: &Listed, shelf: &Shelf, head: &'static str) -> Html {
    let level = match lesson.about.level {
        Level::Beginner => text!("course.beginner"),
        Level::Intermediate => text!("course.intermediate"),
        Level::Advanced => text!("course.advanced"),
    };
    let mark = shelf.bookmarks.iter().find(|mark| mark.slug == lesson.slug);
    let minutes = say!("course.minutes", count = lesson.about.minutes);
    // Who is in the middle of it goes on there.
    let begun = mark.filter(|mark| !mark.is_done()).map(address);
    let href = begun.unwrap_or_else(|| ["#/lesson/", &lesson.slug].concat());
    html! {
        <li class="card">
            {picture("lessons/pictures.svg#", &lesson.slug)}
            <@{head}><a {href}>{&lesson.title}</a></@>
            <p>{prose(&lesson.summary)}</p>
            <ul class="shows" aria-label={text!("course.level")}>
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
fn reached(mark: &Bookmark) -> String {
    if mark.is_done() {
        text!("study.done").to_owned()
    } else {
        say!("course.steps-done", done = mark.done, all = mark.of)
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
    let (about, does) = if props.forgotten {
        (text!("course.forgotten"), text!("course.unforget"))
    } else {
        (text!("course.kept"), text!("course.forget"))
    };
    let onclick = props.on_forget.reform(|_: MouseEvent| ());
    html! {
        <p class="kept">
            <span role="status">{about}</span>
            <button data-testid="forget" {onclick}>{does}</button>
        </p>
    }
}
