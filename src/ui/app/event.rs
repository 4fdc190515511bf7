//! What reaches the application.

use web_sys::KeyboardEvent;

use crate::ui::msg::Msg;

/// What reaches the application.
pub enum Event {
    /// The display wants a frame, at this many milliseconds.
    Frame(f64),
    /// Canvases have other sizes, or the display another resolution.
    Resized,
    /// A key was pressed.
    Key(KeyboardEvent),
    /// Something happened to the page.
    Page(Msg),
}
