//! The browser application: components, the canvas painter, the frame loop, routes, storage.
//!
//! **Invariant:** computes nothing. Numbers, words and pictures come from `view`; what a person does goes through
//! the session. One component, `App`, owns everything that changes; the others get properties and call back.

mod app;
mod browser;
mod camera;
mod charts;
mod controls;
mod course;
mod crash;
mod curve;
mod dom;
mod download;
mod fetch;
mod figure;
mod frame;
mod gallery;
mod glyphs;
mod guess;
mod header;
mod help;
mod inspector;
mod keys;
mod lanes;
mod lesson;
mod msg;
mod painter;
mod pictures;
mod progress;
mod publish;
mod route;
mod run;
mod sprites;
mod start;
mod study;
mod surface;
mod terms;
mod theme;
mod traces;
mod transport;
mod trouble;
mod update;
mod words;

pub use start::start;
