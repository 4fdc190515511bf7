//! What is done with a person's own systems.

use crate::ui::platform::files::Given;
use crate::ui::platform::vault::Trouble;

/// What is done with a person's own systems.
#[derive(Clone, Debug, PartialEq)]
pub enum MineMsg {
    /// All that the browser keeps has come, or has not.
    Listed(Result<Vec<String>, Trouble>),
    /// What was to be kept under this id is kept, or is not.
    Written(String, Result<(), Trouble>),
    /// The browser is held up.
    Trouble(Trouble),
    /// Keep the run that is open, from now on.
    Keep,
    /// Save it as a file; with an id, a kept one.
    Save(Option<String>),
    /// Begin to give a system another name, or leave it.
    Renaming(Option<String>),
    /// Call a system so.
    Rename(String, String),
    /// A second one like this.
    Duplicate(String),
    /// Delete a system.
    Delete(String),
    /// Bring back what was deleted.
    Undo,
    /// Somebody is at the button that brings it back, or has left it.
    Hold(bool),
    /// Let a person choose files.
    Choose,
    /// Files, or a text, were given to the page.
    Given(Vec<Given>),
    /// Files are held over the page, or no longer.
    Drag(bool),
    /// What was said of them has been read.
    Dismiss,
    /// The page may be gone in a moment.
    Leave,
    /// The page is seen again.
    Back,
}
