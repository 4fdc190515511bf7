//! How the application starts in the page.

use super::app::App;
use super::browser::window;
use super::crash::report_panics;
use super::words::LANGUAGE;

/// Where the application lives in the page.
const ROOT: &str = "app";

/// Mounts the application.
pub fn start() {
    report_panics();
    let Some(document) = window().document() else { return };
    let Some(root) = document.get_element_by_id(ROOT) else { return };
    if let Some(whole) = document.document_element() {
        // Attributes of fixed names cannot be refused.
        let _ = whole.set_attribute("lang", LANGUAGE.0);
        let _ = whole.set_attribute("dir", LANGUAGE.1);
    }
    yew::Renderer::<App>::with_root(root).render();
}
