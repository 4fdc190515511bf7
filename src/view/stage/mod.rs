//! The stage of a figure: where nodes and links lie, what moves on them, and what is under the pointer.

pub mod breaker;
pub mod counterpart;
pub mod density;
pub mod dots;
pub mod editing;
pub mod highlight;
pub mod hit;
#[cfg(test)]
pub(crate) mod kinds_tests;
pub mod layout;
pub mod legend;
pub mod links;
mod look;
mod moments;
pub mod options;
pub mod paint;
pub mod pill;
pub mod pills;
pub mod pointing;
pub mod policies;
mod repeats;
pub mod subject;
pub mod switch;
#[cfg(test)]
pub(crate) mod tests;
