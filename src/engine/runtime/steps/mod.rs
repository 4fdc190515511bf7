//! The steps of an operation, one file each.

pub mod access;
pub mod ask;
pub mod call;
pub mod parallel;
pub mod publish;
pub mod saga;
pub mod window;
