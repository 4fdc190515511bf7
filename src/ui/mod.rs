//! The browser application: components, the canvas painter, the frame loop, routes, storage.
//!
//! **Invariant:** computes nothing. Numbers, words and pictures come from `view`; what a person does goes through
//! the session. The rooms, lowest first; a room imports those before it:
//!
//! - `platform`: what the browser gives and may refuse: storage, addresses, files, the colour scheme, crash reports
//! - `canvas`: surfaces, the painter, the camera of a stage, the frame loop
//! - `model`: the state of the page
//! - `msg`: what can happen to it, and the keys
//! - `update`: what each message does to the model
//! - `panels`: the parts of a page, with properties in and callbacks out
//! - `pages`: the pages made of them
//! - `app`: the component that glues all this together

mod app;
mod canvas;
mod model;
mod msg;
mod pages;
mod panels;
mod platform;
mod update;

pub use app::start::start;
