//! The top of every page: the name, the lessons, the colours.

use yew::prelude::*;

use super::msg::Msg;
use super::route::Route;
use super::theme::Choice;
use super::words;

/// The header of the page `route` in the colours of `theme`.
pub fn header(route: &Route, theme: Choice, send: &Callback<Msg>) -> Html {
    let link = |(slug, title): &(&str, &'static str)| {
        let here = matches!(route, Route::Lesson(open) if open == slug).then_some("page");
        html! { <a href={["#/lesson/", slug].concat()} aria-current={here}>{ *title }</a> }
    };
    let label = [words::THEME, ": ", theme.word()].concat();
    html! {
        <header class="top">
            <a class="skip" href="#figure">{ words::SKIP }</a>
            <a class="wordmark" href="#/">
                <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M1 14 14 2v12z" fill="currentColor" /></svg>
                { words::WORDMARK }
            </a>
            <nav aria-label={words::LESSONS}>{ for words::LESSON_LINKS.iter().map(link) }</nav>
            <button class="icon" data-testid="theme" aria-label={label.clone()} title={label}
                onclick={send.reform(|_| Msg::NextTheme)}>
                <svg viewBox="0 0 16 16" aria-hidden="true">{ sign(theme) }</svg>
            </button>
        </header>
    }
}

/// Half a disc for automatic, a sun for light, a moon for dark.
fn sign(theme: Choice) -> Html {
    let path = match theme {
        Choice::Auto => "M8 1.5a6.5 6.5 0 1 0 0 13zM8 1.5a6.5 6.5 0 0 1 0 13",
        Choice::Light => {
            "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.4 1.4M11.6 11.6 13 13M3 13l1.4-1.4M11.6 4.4 13 3"
        }
        Choice::Dark => "M13.5 10A6 6 0 0 1 6 2.500a6 6 0 1 0 7.500 7.500z",
    };
    let half = (theme == Choice::Auto)
        .then(|| html! { <path d="M8 1.5a6.5 6.5 0 1 0 0 13z" fill="currentColor" /> });
    html! { <>
        <path d={path} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" />
        { half }
    </> }
}
