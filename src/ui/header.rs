//! The top of every page: the name, the pages, the colours.

use web_sys::HtmlElement;
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::browser::window;
use super::dom::{El, el, icon};
use super::msg::Msg;
use super::route::Route;
use super::theme::Choice;
use super::words;

/// The header of the page `route` in the colours of `theme`.
pub fn header(route: &Route, theme: Choice, send: &Callback<Msg>) -> El {
    let page = |href: &'static str, name: &'static str, here: bool| {
        let link = el("a", &[]).put("href", href).text(name);
        if here { link.put("aria-current", "page") } else { link }
    };
    let lesson = route.lesson().is_some();
    let lesson = lesson || matches!(route, Route::Course | Route::Glossary | Route::Teacher(_));
    let course = page("#/course", words::COURSE, lesson);
    let gallery = page("#/gallery", words::GALLERY, matches!(route, Route::Gallery | Route::Exhibit(..)));
    let model = page("#/model", words::MODEL, *route == Route::Model);
    let label = [words::THEME, ": ", theme.word()].concat();
    let skip = el("a", &[("class", "skip"), ("href", "#/")]).text(words::SKIP);
    let wordmark = el("a", &[("class", "wordmark"), ("href", "#/")]);
    let button = el("button", &[("class", "icon"), ("data-testid", "theme")]);
    el("header", &[("class", "top")])
        .add(skip.on(ListenerKind::onclick, send, 0, to_figure))
        .add(wordmark.html(icon("<path d=\"M1 14 14 2v12z\" fill=\"currentColor\"/>")).text(words::WORDMARK))
        .add(el("nav", &[("aria-label", words::PAGES)]).add(course).add(gallery).add(model))
        .add(
            button
                .put("title", label.clone())
                .put("aria-label", label)
                .on(ListenerKind::onclick, send, 0, |_, _| Some(Msg::NextTheme))
                .html(icon(sign(theme))),
        )
}

/// Where the header is too narrow for all its links, it is scrolled to the one of this page.
pub fn show_here() {
    let find = || {
        let link = window().document()?.query_selector(".top [aria-current]").ok()??;
        let nav = link.parent_element()?;
        Some((link.get_bounding_client_rect(), nav.get_bounding_client_rect(), nav))
    };
    if let Some((link, seen, nav)) = find() {
        let by = link.x() + link.width() / 2.0 - seen.x() - seen.width() / 2.0;
        nav.set_scroll_left(nav.scroll_left() + by as i32);
    }
}

/// The skip link moves the focus and leaves the address, which says which page it is, alone.
fn to_figure(event: &web_sys::Event, _: usize) -> Option<Msg> {
    use wasm_bindgen::JsCast;
    event.prevent_default();
    let figure = window().document()?.get_element_by_id("figure")?.dyn_into::<HtmlElement>().ok()?;
    // An element that cannot take the focus leaves it where it is.
    let _ = figure.focus();
    None
}

/// Half a disc for automatic, a sun for light, a moon for dark, a screen on its stand for a projector.
fn sign(theme: Choice) -> &'static str {
    match theme {
        Choice::Auto => concat!(
            r#"<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.5"/>"#,
            r#"<path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor"/>"#
        ),
        Choice::Light => concat!(
            r#"<circle cx="8" cy="8" r="3" fill="none" stroke="currentColor" stroke-width="1.5"/>"#,
            r#"<path d="M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.4 1.4M11.6 11.6 13 13M3 13l1.4-1.4M11.6 4.4 13 3" "#,
            r#"stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/>"#
        ),
        Choice::Dark => {
            r#"<path d="M13.5 10A6 6 0 0 1 6 2.500a6 6 0 1 0 7.500 7.500z" fill="currentColor"/>"#
        }
        Choice::Projector => {
            r#"<path d="M1 3h14M2 3v7h12V3M8 10v2l-3 2M8 12l3 2" fill="none" stroke="currentColor" stroke-width="1.5"/>"#
        }
    }
}
