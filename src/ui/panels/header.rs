//! The top of every page: the name, the pages, the colours.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::ui::model::focus::FIGURE;
use crate::ui::model::theme::Choice;
use crate::ui::panels::dom::icon;
use crate::ui::platform::address;
use crate::ui::platform::browser::window;
use crate::ui::platform::route::Route;

/// What the header shows, and whom it tells.
#[derive(Properties, PartialEq)]
pub struct HeaderProps {
    /// The page below it.
    pub route: Route,
    /// The colours that were chosen.
    pub theme: Choice,
    /// Where something runs that can be sent: hears at which address of the site it is to be opened.
    pub on_send: Option<Callback<String>>,
    /// Somebody wants the next colours.
    pub on_theme: Callback<()>,
}

/// The header of every page.
#[component(Header)]
pub fn header(props: &HeaderProps) -> Html {
    let HeaderProps { route, theme, on_send, on_theme } = props;
    let lesson =
        route.lesson().is_some() || matches!(route, Route::Course | Route::Glossary | Route::Teacher(_));
    let gallery = matches!(route, Route::Gallery | Route::Scenario(..));
    let label = AttrValue::from(say!("theme.title", theme = theme.word()));
    html! {
        <header class="top">
            <a class="skip" href="#/" onclick={to_figure}>{text!("page.skip")}</a>
            <a class="wordmark" href="#/">
                {icon("<path d=\"M1 14 14 2v12z\" fill=\"currentColor\"/>")}
                {text!("page.wordmark")}
            </a>
            <nav aria-label={text!("page.pages")}>
                {link("#/course", text!("page.course"), lesson)}
                {link("#/gallery", text!("page.gallery"), gallery)}
                {link("#/sandbox", text!("page.sandbox"), route.is_sandbox())}
                {link("#/mine", text!("page.mine"), matches!(route, Route::Mine | Route::Kept(_)))}
                {link("#/model", text!("page.model"), *route == Route::Model)}
            </nav>
            if let Some(on_send) = on_send {
                <button
                    class="to-send"
                    data-testid="send"
                    title={text!("send.title")}
                    aria-haspopup="dialog"
                    onclick={on_send.reform(|_: MouseEvent| address::site())}
                >
                    {icon(concat!(
                        r#"<path d="M1.500 7 15 1 10 15 7.500 9zM7.500 9 15 1" fill="none" stroke="currentColor" "#,
                        r#"stroke-width="1.4" stroke-linejoin="round"/>"#
                    ))}
                    <span>{text!("send.send")}</span>
                </button>
            }
            <button
                class="icon"
                data-testid="theme"
                title={&label}
                aria-label={&label}
                onclick={on_theme.reform(|_: MouseEvent| ())}
            >
                {icon(sign(*theme))}
            </button>
        </header>
    }
}

/// A link to one of the pages, which may be the one that is open.
fn link(href: &'static str, name: &'static str, here: bool) -> Html {
    html! { <a {href} aria-current={here.then_some("page")}>{name}</a> }
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
fn to_figure(event: MouseEvent) {
    event.prevent_default();
    let find = || window().document()?.get_element_by_id(FIGURE)?.dyn_into::<HtmlElement>().ok();
    if let Some(figure) = find() {
        // An element that cannot take the focus leaves it where it is.
        let _ = figure.focus();
    }
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
