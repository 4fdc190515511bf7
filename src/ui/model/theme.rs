//! Light, dark, for a projector, or as the system: what the reader chose.

use crate::ui::platform::storage::{remember, remembered};
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
        Choice::of(remembered(KEY).as_deref())
    }

    /// Remembers the choice.
    pub fn remember(self) {
        remember(KEY, self.name());
    }

    fn of(name: Option<&str>) -> Choice {
        match name {
            Some("light") => Choice::Light,
            Some("dark") => Choice::Dark,
            Some("projector") => Choice::Projector,
            _ => Choice::Auto,
        }
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

    /// The colours that it means, where the system is dark or light.
    pub fn theme(self, dark: bool) -> Theme {
        match self {
            Choice::Light => Theme::Light,
            Choice::Dark => Theme::Dark,
            Choice::Projector => Theme::Projector,
            Choice::Auto if dark => Theme::Dark,
            Choice::Auto => Theme::Light,
        }
    }

    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Choice::Auto => text!("theme.auto"),
            Choice::Light => text!("theme.light"),
            Choice::Dark => text!("theme.dark"),
            Choice::Projector => text!("theme.projector"),
        }
    }

    /// Its name in the page and in storage.
    pub fn name(self) -> &'static str {
        match self {
            Choice::Auto => "auto",
            Choice::Light => "light",
            Choice::Dark => "dark",
            Choice::Projector => "projector",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_in_turn_and_are_remembered() {
        assert_eq!(Choice::remembered(), Choice::Auto, "nothing was chosen");
        let mut choice = Choice::Auto;
        for next in [Choice::Light, Choice::Dark, Choice::Projector, Choice::Auto] {
            choice = choice.next();
            choice.remember();
            assert_eq!((choice, Choice::remembered()), (next, next));
        }
        assert_eq!(Choice::of(Some("plaid")), Choice::Auto, "what cannot be read was not chosen");
    }

    #[test]
    fn the_system_decides_where_nobody_chose() {
        assert_eq!([false, true].map(|dark| Choice::Auto.theme(dark)), [Theme::Light, Theme::Dark]);
        for (choice, theme) in [
            (Choice::Light, Theme::Light),
            (Choice::Dark, Theme::Dark),
            (Choice::Projector, Theme::Projector),
        ] {
            assert_eq!([false, true].map(|dark| choice.theme(dark)), [theme; 2]);
        }
    }
}
