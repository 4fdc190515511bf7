//! Light, dark, for a projector, or as the system: chosen, remembered, applied.

use super::browser::{matches, remember, remembered, window};
use super::words;
use crate::view::Theme;

/// Where the choice is remembered.
const KEY: &str = "cascade.theme";

/// What the reader chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// As the system.
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// For a wall.
    Projector,
}

impl Choice {
    /// The choice of an earlier visit.
    pub fn remembered() -> Choice {
        match remembered(KEY).as_deref() {
            Some("light") => Choice::Light,
            Some("dark") => Choice::Dark,
            Some("projector") => Choice::Projector,
            _ => Choice::Auto,
        }
    }

    /// Applies the choice to the page, and remembers it.
    pub fn apply(self) {
        let root = window().document().and_then(|document| document.document_element());
        if let Some(root) = root {
            // An attribute of a fixed name and value cannot be refused.
            let _ = root.set_attribute("data-theme", self.key());
        }
        remember(KEY, self.key());
    }

    /// The next choice in turn.
    pub fn next(self) -> Choice {
        match self {
            Choice::Auto => Choice::Light,
            Choice::Light => Choice::Dark,
            Choice::Dark => Choice::Projector,
            Choice::Projector => Choice::Auto,
        }
    }

    /// The colours that it means now.
    pub fn theme(self) -> Theme {
        match self {
            Choice::Light => Theme::Light,
            Choice::Dark => Theme::Dark,
            Choice::Projector => Theme::Projector,
            Choice::Auto if matches(DARK) => Theme::Dark,
            Choice::Auto => Theme::Light,
        }
    }

    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Choice::Auto => words::THEME_AUTO,
            Choice::Light => words::THEME_LIGHT,
            Choice::Dark => words::THEME_DARK,
            Choice::Projector => words::THEME_PROJECTOR,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Choice::Auto => "auto",
            Choice::Light => "light",
            Choice::Dark => "dark",
            Choice::Projector => "projector",
        }
    }
}

/// The media query of the system's dark colours.
pub const DARK: &str = "(prefers-color-scheme: dark)";
