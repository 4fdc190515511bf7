//! Everything that is written on links.

use super::layout::Layout;
use super::pill::{Pill, Placer};
use super::{breaker, density, links, policies};
use crate::session::Lane;

/// All pills of a stage. `gone` says by joint where there are no dots; `counted`: in the middle of the links stand
/// numbers, so that nothing else may.
pub(crate) fn pills(lane: &Lane, layout: &Layout, speed: f64, gone: &[bool], counted: bool) -> Vec<Pill> {
    let mut placer = Placer::new(layout);
    breaker::pills(&mut placer, lane, layout, counted);
    links::bindings(&mut placer, lane, layout);
    links::pills(&mut placer, lane, layout);
    policies::pills(&mut placer, lane, layout);
    density::pills(&mut placer, lane, layout, speed, gone);
    placer.placed()
}
