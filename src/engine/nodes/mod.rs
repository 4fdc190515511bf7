//! The kinds of node, each in its own folder: to understand one, read its folder.

pub mod broker;
pub mod client;
pub mod exchange;
pub mod log;
pub mod queue;
pub mod removed;
pub mod service;
pub mod store;
