//! The pages, made of panels.

pub mod callbacks;
mod figure;
mod gallery;
mod glossary;
mod mine;
pub mod page;
mod sandbox;
pub mod teacher;
pub mod title;
