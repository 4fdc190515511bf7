//! How the application begins: where in the page it stands, in which language, and what reports a crash.

use crate::ui::app::App;
use crate::ui::platform::browser::window;
use crate::ui::platform::crash::report_panics;
use crate::ui::platform::language;

/// The id of the element that the application lives in.
const ROOT: &str = "app";

/// Mounts the application, once it knows the language to speak.
pub fn start() {
    report_panics();
    language::choose(|| {
        let root = window().document().and_then(|document| document.get_element_by_id(ROOT));
        if let Some(root) = root {
            yew::Renderer::<App>::with_root(root).render();
        }
    });
}
