//! What to draw, as plain data: stages, charts, tables and words.
//!
//! **Invariant:** pure functions from a run to inert data. Nothing here has heard of a browser or a wall clock,
//! and nothing here decides what happens. What is seen of a run is its plan, its telemetry and its
//! [`Snapshot`](crate::session::Snapshot).
//!
//! The rooms, each importing only those above it (`tests/tidy/rooms.rs`):
//!
//! | room | what it is |
//! | --- | --- |
//! | `canvas` | drawing operations, geometry, glyphs, type, colours, the camera; it knows no run |
//! | `words` | what things are called, and how numbers are written |
//! | `cards` | what is read of each kind of node, and its card |
//! | `stage` | where nodes and links stand, what moves on them, what is under a pointer |
//! | `charts` | charts over time, the timeline, the comparison of two variants |
//! | `waterfall` | traces |
//! | `sentences` | a run in sentences, for screen readers and for the pointer |
//! | `inspector` | one thing with all its parameters, and what can be set and broken |
//! | `export` | SVG, CSV, traces as files, QR codes, the gallery's small pictures |
//!
//! The functions that a page calls are named here; it need not know the rooms.

mod canvas;
mod cards;
pub mod charts;
mod export;
#[cfg(test)]
mod figures_tests;
pub mod inspector;
mod sentences;
mod stage;
mod waterfall;
pub mod words;

pub use crate::base::format;
pub use canvas::camera::Camera;
pub use canvas::draw::{Align, DrawOp, Ink, Sketch, Span, Stroke, Weight};
pub use canvas::geometry::{Curve, Point, Rect, Size};
pub use canvas::glyph::{Glyph, RING_STEPS};
pub use canvas::glyph_picture::paint_glyph;
pub use canvas::theme::{Theme, Token};
pub use charts::compare::{Comparison, Difference, Stretch, Verdict, compare, over_the_last};
pub use charts::timeline::{marks, timeline, timeline_at, timeline_share};
pub use charts::{
    ChartId, ChartKind, Meant, Table, chart, chart_data, chart_for, chart_nodes, chart_picture, chart_says,
    chart_title, explained, guess_chart, guess_place, instant_at, mark_trace, meant_at, meant_under, nudged,
    offered, picture_title, table, telling,
};
pub use export::csv::csv;
pub use export::glyph::glyph_svg;
pub use export::miniature::{miniature, miniature_svg};
pub use export::qr::{QrCode, qr_code};
pub use export::svg::svg;
pub use export::traces::{trace_chrome, trace_otlp};
pub use inspector::knobs::{Knob, knobs};
pub use inspector::scenario_page::scenario_page;
pub use sentences::news::{Fact, changes, facts};
pub use sentences::says::describe_hit;
pub use sentences::status::{clock, digests, seed, times};
pub use sentences::summary::{Headline, headline, summary};
pub use sentences::topology::topology;
pub use sentences::trouble::troubles;
pub use stage::editing::{Editing, is_handle};
pub use stage::hit::Hit;
pub use stage::layout::{Layout, Pin, places, positions};
pub use stage::legend::legend;
pub use stage::options::{StageOptions, TracePlace};
pub use stage::paint::stage;
pub use stage::pointing::{Pointer, hit};
pub use waterfall::{
    Trace, TraceRow, WaterfallOptions, Which, trace, trace_here, trace_list, trace_near, trace_of_message,
    trace_places, trace_row, trace_sample, trace_tab, waterfall, waterfall_fitting, waterfall_height,
    waterfall_moment, waterfall_row_at, waterfall_rows, waterfall_table, waterfall_words,
};
pub use words::name;
