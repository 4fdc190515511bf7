//! Everything that is written on links.

use super::layout::Layout;
use super::pill::{Pill, Placer};
use super::{breaker, density, links, policies, repeats};
use crate::session::VariantRun;

/// All pills of a stage. `gone` says by joint where there are no dots; `counted`: in the middle of the links stand
/// numbers, so that nothing else may.
pub(crate) fn pills(
    variant: &VariantRun,
    layout: &Layout,
    speed: f64,
    gone: &[bool],
    counted: bool,
) -> Vec<Pill> {
    let mut placer = Placer::new(layout);
    breaker::pills(&mut placer, variant, layout, counted);
    links::bindings(&mut placer, variant, layout);
    links::pills(&mut placer, variant, layout);
    policies::pills(&mut placer, variant, layout);
    repeats::pills(&mut placer, variant, layout);
    density::pills(&mut placer, variant, layout, speed, gone);
    placer.placed()
}
