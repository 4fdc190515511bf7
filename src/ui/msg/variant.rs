//! What is done with the variants.

use crate::ui::model::side::Side;
use crate::view::Stretch;

/// What is done with the variants.
#[derive(Clone, Debug, PartialEq)]
pub enum VariantMsg {
    /// A second variant, equal to the only one until something is changed.
    Split,
    /// A becomes B and B becomes A.
    Swap,
    /// B becomes what A is.
    Copy,
    /// A variant goes.
    Drop(Side),
    /// Settings concern this variant; none: both.
    Target(Option<Side>),
    /// Figures are compared over this stretch.
    Over(Stretch),
    /// Compare with this scenario of the gallery.
    Against(String),
}
