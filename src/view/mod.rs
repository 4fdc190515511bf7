//! What to draw, as plain data: stages, charts, tables and words.
//!
//! **Invariant:** pure functions from a run to inert data. Nothing here has heard of a browser or a wall clock,
//! and nothing here decides what happens.

mod breaker;
mod camera;
mod card;
mod card_client;
mod card_exchange;
mod card_log;
mod card_log_lanes;
mod card_queue;
mod card_service;
mod card_store;
pub mod chart;
#[cfg(test)]
mod check;
mod compare;
mod controls;
mod density;
mod dots;
pub mod draw;
mod exhibit;
pub mod format;
mod geometry;
mod glyph;
mod highlight;
mod hit;
pub mod inspector;
#[cfg(test)]
mod kinds_tests;
pub mod layout;
mod legend;
mod links;
mod meant;
mod miniature;
pub mod name;
mod news;
mod order;
mod pills;
pub mod reading;
mod reading_messaging;
mod says;
mod stage;
mod summary;
mod svg;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod timeline;
mod topology;
mod waterfall;
pub mod words;

pub use camera::Camera;
pub use card::{Detail, State};
pub use card_client::ClientReading;
pub use card_log::{GroupReading, LogReading};
pub use card_queue::QueueReading;
pub use card_service::ServiceReading;
pub use card_store::StoreReading;
pub use chart::{
    COLUMNS, ChartId, ChartKind, Drawn, Meant, Table, apart, chart, chart_data, chart_for, chart_nodes,
    chart_picture, chart_says, chart_title, csv, explained, guess_chart, guess_place, instant, instant_at,
    mark_trace, meant_at, meant_under, nudged, offered, table,
};
pub use compare::{Comparison, Difference, compare, over_the_last};
pub use controls::{Knob, clock, digests, is_active, knobs, seed, times};
pub use density::GONE_HOP_S;
pub use dots::{DEATH_SEEN_S, MOST_DOTS, SHORT_HOP_S};
pub use draw::{Align, DrawOp, Ink, Sketch, Span, Stroke, Weight};
pub use exhibit::{exhibit, fault_label};
pub use geometry::{Curve, Point, Rect, Size};
pub use glyph::{Glyph, RING_STEPS, paint_glyph};
pub use hit::{Hit, LINK_REACH, MESSAGE_REACH, Pointer, hit};
pub use layout::Layout;
pub use legend::legend;
pub use miniature::miniature;
pub use news::{Fact, MOST_NEWS, changes, facts};
pub use reading::positions;
pub use says::describe_hit;
pub use stage::{StageOptions, stage};
pub use summary::{Headline, describe, headline, summary};
pub use svg::svg;
pub use text::{Face, text_width};
pub use theme::{Theme, Token};
pub use timeline::{TIMELINE_EDGE, marks, timeline, timeline_at, timeline_share};
pub use topology::topology;
pub use waterfall::{
    Trace, TracePlace, TraceRow, WaterfallOptions, Which, trace, trace_chrome, trace_here, trace_list,
    trace_near, trace_of_message, trace_otlp, trace_places, trace_row, trace_sample, trace_tab, waterfall,
    waterfall_fitting, waterfall_height, waterfall_moment, waterfall_row_at, waterfall_rows, waterfall_table,
    waterfall_words,
};
