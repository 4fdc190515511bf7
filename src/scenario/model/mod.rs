//! The language as written: one type for each of its parts, and one row for each field: its name, meaning, unit,
//! bounds, default and example.
//!
//! These declarations are the only place that knows the language. Reading, defaults, paths, the JSON Schema and the
//! reference follow the tables made from them (`shape`, by the macros of `table`).

#[macro_use]
mod table;

pub mod broker;
mod check;
pub mod client;
pub mod decode;
pub mod dist;
pub mod document;
pub mod fault;
pub mod health;
pub mod keys;
pub mod kinds;
pub mod node;
pub mod policy;
pub mod service;
pub mod shape;
pub mod step;
pub mod store;
pub mod view;
