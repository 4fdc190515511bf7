//! Sending what runs.

/// What is done to send what runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendMsg {
    /// Show its link, to the page at this address.
    Open(String),
    /// Close the dialog.
    Close,
    /// Copy the link.
    Copy,
    /// It was copied, or the browser has refused.
    Copied(bool),
}
