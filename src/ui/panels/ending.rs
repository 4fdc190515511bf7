//! The end of a lesson: what the reader found out, something to try, and the next lesson.

use yew::prelude::*;

use crate::lesson::player::Player;
use crate::lesson::{Course, Listed};
use crate::ui::msg::lesson::LessonMsg;
use crate::ui::panels::glyphs::block;
use crate::ui::panels::outcome::verdict;

/// The end of the last step. `slug`: the lesson; `course`: all lessons, once they have come.
pub fn ending(
    player: &Player,
    slug: Option<&str>,
    course: Option<&Course>,
    on_lesson: &Callback<LessonMsg>,
) -> Html {
    html! {
        <>
            {recap(player, on_lesson)}
            if !player.step().challenge.is_empty() {
                <div class="box" role="group" aria-label={text!("ending.challenge")} data-testid="challenge">
                    <h3>{text!("ending.challenge")}</h3>
                    {for player.step().challenge.iter().map(block)}
                </div>
            }
            {onward(slug.and_then(|slug| next(course?, slug)))}
        </>
    }
}

/// What came of guesses, tasks and questions in the reader's own runs.
fn recap(player: &Player, on_lesson: &Callback<LessonMsg>) -> Html {
    let recap = player.recap();
    let heading = |at: usize| player.lesson().steps.get(at).map_or("", |step| step.heading.as_str());
    let guess = |(at, right): &(usize, Option<bool>)| {
        html! {
            <li>
                <span>{say!("ending.guess", heading = heading(*at))}</span>
                {right.map(verdict).unwrap_or_else(|| html! { <span class="hint">{text!("ending.no-guess")}</span> })}
            </li>
        }
    };
    let on_open = |at: usize| on_lesson.reform(move |_: MouseEvent| LessonMsg::Step(at));
    html! {
        <div class="box" role="group" aria-label={text!("ending.recap")} data-testid="recap">
            <h3>{text!("ending.recap")}</h3>
            <ul class="recap">
                {for recap.guesses.iter().map(guess)}
                <li>{say!("ending.tasks", done = recap.tasks.count, count = recap.tasks.of)}</li>
                <li>{say!("ending.answers", right = recap.answers.count, count = recap.answers.of)}</li>
            </ul>
            if let Some(at) = recap.open.filter(|at| *at != player.at()) {
                <button onclick={on_open(at)}>{say!("ending.open", heading = heading(at))}</button>
            }
        </div>
    }
}

/// The lesson after this one, by its number in the course.
fn next<'a>(course: &'a Course, slug: &str) -> Option<&'a Listed> {
    let number = course.lessons.iter().find(|lesson| lesson.slug == slug)?.about.number;
    let later = course.lessons.iter().filter(|lesson| lesson.about.number > number);
    later.min_by_key(|lesson| lesson.about.number)
}

/// The way to the next lesson; to all of them where there is none, or the list has not come.
fn onward(next: Option<&Listed>) -> Html {
    let (href, says) = match next {
        Some(lesson) => (["#/lesson/", &lesson.slug].concat(), say!("ending.next", lesson = &lesson.title)),
        None => ("#/course".to_owned(), text!("ending.course").to_owned()),
    };
    html! { <p class="again"><a data-testid="onward" {href}>{says}</a></p> }
}
