//! A run as a link: what stands behind `#/s/` in an address, and how it is written and read.
//!
//! **Invariant:** whatever an address holds, reading it ends in a run that can be opened or in sentences that say what is
//! wrong with it, in bounded time and memory. A link that was ever made is read for ever.
//!
//! | where | what it is |
//! | --- | --- |
//! | `document` | [`Link`]: what a link holds, and its JSON |
//! | `packed` | encoding 1: JSON text as raw deflate in base64url |
//! | `percent` | the open form's text: URL-encoded |
//! | `write`, `read` | from what it holds to an address, and back |
//!
//! `docs/decisions/11-links.md` says why it is written so.
//!
//! # Example
//!
//! ```
//! use cascade::link::{Link, read};
//! use cascade::scenario::Scenario;
//!
//! let text = r#"{"schema": 1, "nodes": {"web": {"kind": "client", "arrivals": {"poisson": {"rate": 1}},
//!                "operation": [{"sleep": "1s"}]}}}"#;
//! let link = Link::of_scenario(Scenario::read(text).expect("a scenario"));
//! let address = link.write().expect("it is short");
//! assert!(address.starts_with("#/s/1/"));
//! assert_eq!(read(&address).expect("it was written here"), link);
//! ```

mod document;
mod packed;
mod percent;
mod read;
mod write;

pub use document::Link;
pub use read::{Unreadable, read};
pub use write::EASY_LENGTH;
