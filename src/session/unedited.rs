//! What was before an edit, for one that follows at the same instant.

use super::VariantRun;
use crate::base::SimTime;

/// The variants as they stood before the edit that was done last.
#[derive(Clone, Debug)]
pub(super) struct Unedited {
    pub at: SimTime,
    /// The place of the edit in the log.
    pub place: usize,
    pub variants: Vec<VariantRun>,
}
