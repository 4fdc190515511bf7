//! The colours of the page: those of the system, and those that were chosen.

use crate::ui::platform::browser::{matches, window};

/// The media query of the system's dark colours.
pub const DARK: &str = "(prefers-color-scheme: dark)";

/// Whether the system is dark.
pub fn is_dark() -> bool {
    matches(DARK)
}

/// Gives the page the colours of this name.
pub fn show(name: &str) {
    let root = window().document().and_then(|document| document.document_element());
    if let Some(root) = root {
        // An attribute of a fixed name and value cannot be refused.
        let _ = root.set_attribute("data-theme", name);
    }
}
