//! The course: all lessons as cards, by chapter.

use super::dom::{El, el};
use super::glyphs::prose;
use super::words;
use crate::lesson::{Course, Level, Listed};

/// The page.
pub fn course(course: &Course) -> El {
    let chapters = words::CHAPTERS.iter().zip(1..).filter_map(|(title, number)| {
        let lessons: Vec<&Listed> =
            course.lessons.iter().filter(|lesson| lesson.about.chapter == number).collect();
        (!lessons.is_empty()).then(|| chapter(title, &lessons))
    });
    el(
        "section",
        &[("class", "gallery"), ("id", "figure"), ("tabindex", "-1"), ("aria-labelledby", "course")],
    )
    .add(el("h1", &[("id", "course")]).text(words::COURSE))
    .add(el("p", &[]).text(words::COURSE_ABOUT))
    .all(chapters)
}

fn chapter(title: &'static str, lessons: &[&Listed]) -> El {
    el("section", &[])
        .add(el("h2", &[]).text(title))
        .add(el("ul", &[("class", "cards")]).all(lessons.iter().map(|lesson| card(lesson))))
}

fn card(lesson: &Listed) -> El {
    let level = match lesson.about.level {
        Level::Beginner => words::BEGINNER,
        Level::Intermediate => words::INTERMEDIATE,
        Level::Advanced => words::ADVANCED,
    };
    let minutes = [&lesson.about.minutes.to_string(), words::MINUTES].concat();
    let facts = el("ul", &[("class", "shows"), ("aria-label", words::LEVEL)])
        .add(el("li", &[]).say(minutes))
        .add(el("li", &[]).text(level));
    let link = el("a", &[]).put("href", ["#/lesson/", &lesson.slug].concat()).say(lesson.title.clone());
    el("li", &[("class", "card")]).add(el("h3", &[]).add(link)).add(prose("p", &lesson.summary)).add(facts)
}
