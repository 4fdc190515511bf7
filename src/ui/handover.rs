//! The page's two programs: how each starts, and how the light one gives way to the whole one.
//!
//! The start page begins with the light program (feature `lite`), for its first message moves sooner. What it cannot
//! do it leaves to the whole one: it asks the page's script (`static/start.js`), which loads that and then tells the
//! light program to take leave.

use js_sys::Reflect;
use web_sys::Event;

use super::app::App;
use super::browser::{Listener, window};
use super::crash::report_panics;
use super::run::Run;
use super::words::{LANGUAGE, LOAD_OFFLINE};
use crate::base::{SimTime, WHOLE};
use crate::scenario::Json;
use crate::session::{Record, Session};

/// Asks the page's script for the whole program; [`FAILED`] tells if it does not come.
pub const ASK: &str = "cascade-whole";
/// The whole program is about to start.
const LEAVE: &str = "cascade-leave";
/// The whole program did not come.
pub const FAILED: &str = "cascade-failed";

/// Asks the page's script for the list of all lessons: the light program has no way of its own to fetch anything.
pub const ASK_LIST: &str = "cascade-list";
/// The list came, or did not.
pub const LISTED: &str = "cascade-listed";
/// The window's property with the list; nothing where it did not come.
const LIST: &str = "cascadeList";

/// The window's property with the record of the run that the light program left.
const RUN: &str = "cascadeRun";

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
    let handle = yew::Renderer::<App>::with_root(root).render();
    if WHOLE {
        return;
    }
    let mut handle = Some(handle);
    let leaving = Listener::new(&window(), LEAVE, move |_| {
        if let Some(handle) = handle.take() {
            handle.destroy();
        }
    });
    // For as long as the page lives.
    std::mem::forget(leaving);
}

/// Leaves a run behind for the whole program, at the moment that was asked for.
pub fn leave(session: &Session, to: Option<SimTime>) {
    let mut record = session.record();
    if let Some(to) = to {
        (record.now, record.playing) = (to, false);
    }
    // A window takes any property.
    let _ = Reflect::set(&window(), &RUN.into(), &record.to_json().to_string().into());
}

/// Goes on with the run that the light program left, if it left one; with `begun` otherwise.
pub fn resume(mut begun: Run) -> Run {
    let left = Reflect::get(&window(), &RUN.into()).ok().and_then(|text| text.as_string());
    let Some(left) = left else { return begun };
    // Only once: whoever comes back to the start page later finds it at its beginning.
    let _ = Reflect::delete_property(&window(), &RUN.into());
    let record = Json::parse(&left).ok().and_then(|json| Record::from_json(&json).ok());
    if let Some(session) = record.and_then(|record| Session::open(record).ok()) {
        begun.session = session;
    }
    begun
}

/// What came as the list of all lessons; the error is a sentence for the reader.
pub fn list() -> Result<String, String> {
    let list = Reflect::get(&window(), &LIST.into()).ok().and_then(|text| text.as_string());
    list.ok_or_else(|| LOAD_OFFLINE.to_owned())
}

/// Asks the page's script for something.
pub fn ask(what: &str) {
    if let Ok(event) = Event::new(what) {
        // An event that nobody answers is none that was refused.
        let _ = window().dispatch_event(&event);
    }
}
