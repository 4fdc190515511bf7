//! A page with a figure and no steps: the opening page, a ready scenario, or two of them to be compared.

use super::Span;
use crate::session::{FaultButton, Variant};

/// What such a page says and runs.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioPage {
    /// Its title.
    pub title: String,
    /// What there is to see.
    pub summary: Vec<Span>,
    /// One or two variants of a system, A first.
    pub variants: Vec<Variant>,
    /// Buttons that break something.
    pub faults: Vec<FaultButton>,
}
