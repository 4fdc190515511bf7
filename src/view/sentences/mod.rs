//! A run in sentences: for screen readers, for news, and for what the pointer rests on.

pub mod fault;
pub mod news;
pub mod says;
pub mod status;
pub mod summary;
pub mod topology;
pub mod trouble;
