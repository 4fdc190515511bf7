//! How the application begins: where in the page it stands, in which language, and what reports a crash.

use super::app::App;
use super::browser::window;
use super::crash::report_panics;
use super::words::LANGUAGE;

/// The id of the element that the application lives in.
const ROOT: &str = "app";

/// Mounts the application.
pub fn start() {
    report_panics();
    let Some(document) = window().document() else { return };
    let Some(root) = document.get_element_by_id(ROOT) else { return };
    if let Some(page) = document.document_element() {
        // Attributes of fixed names cannot be refused.
        let _ = page.set_attribute("lang", LANGUAGE.0);
        let _ = page.set_attribute("dir", LANGUAGE.1);
    }
    yew::Renderer::<App>::with_root(root).render();
}
