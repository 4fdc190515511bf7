//! What the page asks of the browser: done by the application after each message, in order.

use crate::ui::platform::route::Route;
use crate::view::{Size, Sketch};

/// Something that only the browser can do.
#[derive(Debug)]
pub enum Effect {
    /// Fetch the file of a page.
    Fetch(Route),
    /// Fetch what the language's descriptions of fields are.
    FetchDescriptions,
    /// Go to another page of the site.
    GoTo(String),
    /// Show the top of the page.
    ToTop,
    /// Show the colours that are chosen now.
    ShowColours,
    /// Draw a seed, and begin again with it.
    DrawSeed,
    /// Put a text on the clipboard.
    Clip(String),
    /// Ask what is kept of a person's own systems.
    ListKept,
    /// Keep a text under an id.
    Keep {
        /// The id.
        id: String,
        /// The text.
        text: String,
    },
    /// Forget what is kept under an id.
    Forget(String),
    /// Let a person choose files.
    ChooseFiles,
    /// Copy a text for the reader.
    Copy(String),
    /// Save a file for the reader.
    Save(File),
    /// Write for tests and curious people how far the run is; with the work of the last frames or without.
    Publish {
        /// With it.
        work: bool,
    },
    /// Mark in the browser's performance timeline that the first message is under way.
    MarkFirstMessage,
}

/// A file for the reader.
#[derive(Debug)]
pub enum File {
    /// A text.
    Text {
        /// The file's name.
        name: String,
        /// What kind of text, as MIME calls it.
        kind: &'static str,
        /// The text.
        text: String,
    },
    /// A picture, saved as PNG.
    Picture {
        /// The file's name.
        name: String,
        /// The picture.
        sketch: Sketch,
        /// Its size.
        size: Size,
    },
}
