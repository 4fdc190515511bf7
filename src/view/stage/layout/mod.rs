//! Where everything stands: cards in columns along the flow of requests, links as curves between them.
//!
//! The flow goes from left to right, on narrow stages from top to bottom where that leaves more room. Given
//! positions are kept as far as the cards do not overlap. Cards show less where there is less room
//! ([`Detail`]) before their text becomes too small to read.

mod arrange;
mod bound;
mod columns;
mod free;
mod layers;
mod magnify;
mod pairs;
mod pin;
mod place;
mod positions;
mod route;
mod shape;

pub(in crate::view) use pairs::pairs;
pub use pin::Pin;
pub use positions::{places, positions};
pub(in crate::view::stage) use shape::heading;
pub use shape::{Joint, Layout};
