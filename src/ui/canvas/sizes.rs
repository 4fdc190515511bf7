//! How large the canvases of the page are.

use crate::view::{ChartKind, Size};

/// So many stages are shown beside each other.
pub const STAGES: usize = 2;

/// So many charts of single nodes are shown at a time.
const OF_NODES: usize = 3;

/// So many charts have a canvas: one for each kind of the whole system, then those of single nodes.
pub const CHARTS: usize = ChartKind::ALL.len() + OF_NODES;

/// The sizes in pixels of the pictures; none for a canvas that the page has not got, or hides.
#[derive(Clone, Debug, PartialEq)]
pub struct Sizes {
    /// Those of the stages, A first.
    pub stages: [Option<Size>; STAGES],
    /// Those of the charts.
    pub charts: [Option<Size>; CHARTS],
    /// That of the line of time.
    pub timeline: Option<Size>,
    /// That of the chosen trace.
    pub waterfall: Option<Size>,
    /// That of the curve that is guessed.
    pub curve: Option<Size>,
    /// How many pixels of the page one of a picture is: more than one where everything is drawn larger.
    pub larger: f32,
}

impl Default for Sizes {
    /// No canvas yet.
    fn default() -> Sizes {
        Sizes {
            stages: [None; STAGES],
            charts: [None; CHARTS],
            timeline: None,
            waterfall: None,
            curve: None,
            larger: 1.0,
        }
    }
}
