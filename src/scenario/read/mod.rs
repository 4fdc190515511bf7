//! What follows from the tables of the language: reading, paths, parameters, the JSON Schema and the reference.

#[cfg(test)]
mod about_tests;
mod document;
mod expect;
pub mod parameter;
pub mod path;
mod reader;
pub mod reference;
mod sample;
pub mod schema;

pub use document::{read_document, read_fault, read_part};
