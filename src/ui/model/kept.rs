//! How far the reader has come in each lesson: kept in this browser, and nowhere else.

use crate::lesson::player::{Bookmark, Kept, Player};
use crate::ui::platform::storage::{forget, remember, remembered};

/// Where it is kept.
const KEY: &str = "cascade.progress";

/// What is kept of all lessons.
fn kept() -> Kept {
    remembered(KEY).map_or_else(Kept::default, |text| Kept::read(&text))
}

/// All lessons that were begun, the last one at the end.
pub fn bookmarks() -> Vec<Bookmark> {
    kept().bookmarks()
}

/// Where to go on with a lesson: at the step that was open last.
pub fn address(bookmark: &Bookmark) -> String {
    step_address(&bookmark.slug, bookmark.at)
}

/// The address of a lesson's step; `step` counts from 0.
pub fn step_address(slug: &str, step: usize) -> String {
    ["#/lesson/", slug, "/", &(step + 1).to_string()].concat()
}

/// Takes a lesson up where it was left.
pub fn resume(slug: &str, player: &mut Player) {
    kept().resume(slug, player);
}

/// Keeps how far the reader has come in a lesson.
pub fn keep(slug: &str, player: &Player) {
    let mut kept = kept();
    kept.keep(slug, player);
    remember(KEY, &kept.text());
}

/// Forgets it all. What was there, to bring it back.
pub fn clear() -> Option<String> {
    let was = remembered(KEY);
    forget(KEY);
    was
}

/// Brings back what was forgotten.
pub fn restore(was: &str) {
    remember(KEY, was);
}
