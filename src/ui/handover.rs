//! The page's two programs: how each starts, and how the light one gives way to the whole one.
//!
//! The start page begins with the light program (feature `lite`), for its first message moves sooner. What it cannot
//! do it leaves to the whole one: it asks the page's script (`static/start.js`), which loads that and then tells the
//! light program to take leave.

use web_sys::Event;

use super::app::App;
use super::browser::{Listener, window};
use super::trouble::report_panics;
use crate::base::WHOLE;

/// Asks the page's script for the whole program.
const ASK: &str = "cascade-whole";
/// The whole program is about to start.
const LEAVE: &str = "cascade-leave";
/// The whole program did not come.
pub const FAILED: &str = "cascade-failed";

/// Where the application lives in the page.
const ROOT: &str = "app";

/// Mounts the application.
pub fn start() {
    report_panics();
    let Some(document) = window().document() else { return };
    let Some(root) = document.get_element_by_id(ROOT) else { return };
    let handle = yew::Renderer::<App>::with_root(root.clone()).render();
    if WHOLE {
        return;
    }
    let mut handle = Some(handle);
    let leaving = Listener::new(&window(), LEAVE, move |_| {
        let Some(handle) = handle.take() else { return };
        handle.destroy();
        // The listeners of a root outlive what was mounted there, so the whole program gets a new one.
        if let Some(fresh) = root.clone_node().ok() {
            // The root is in the page: it can be replaced.
            let _ = root.parent_node().map(|parent| parent.replace_child(&fresh, &root));
        }
    });
    // For as long as the page lives.
    std::mem::forget(leaving);
}

/// Asks for the whole program; [`FAILED`] tells if it does not come.
pub fn ask() {
    if let Ok(event) = Event::new(ASK) {
        // An event that nobody answers is none that was refused.
        let _ = window().dispatch_event(&event);
    }
}
