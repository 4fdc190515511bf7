//! The steps of an operation, one file each: how a task begins it, and what ends its wait.

pub mod access;
pub mod ask;
pub mod call;
pub mod choose;
pub mod parallel;
pub mod publish;
pub mod repeat;
pub mod republish;
pub mod respond;
pub mod saga;
pub mod sleep;
pub mod window;
pub mod work;
