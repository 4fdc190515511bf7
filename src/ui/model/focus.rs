//! What gets the focus once the page is written, and the ids of what can.

use crate::ui::model::charts::Slot;
use crate::ui::model::side::Side;

/// What is to have the focus.
#[derive(Clone, Debug, PartialEq)]
pub enum Focus {
    /// The element with this id.
    Element(String),
    /// The heading of the open step, brought to the top: what belongs to it is below it.
    Step,
    /// The picture of a chart.
    Chart(Slot),
}

impl Focus {
    /// The element with this id.
    pub fn on(id: &str) -> Focus {
        Focus::Element(id.to_owned())
    }
}

/// The id of the figure, to which the skip link leads.
pub const FIGURE: &str = "figure";

/// The id of the open step's heading.
pub const STEP: &str = "step";

/// The id of the inspector's title.
pub const INSPECTOR: &str = "inspector-title";

/// The id of the field with the link.
pub const LINK: &str = "link";

/// The id of the waterfall.
pub const WATERFALL: &str = "waterfall";

/// The id of the line that says that a run is kept.
pub const KEPT: &str = "kept";

/// The id of the field for a kept system's name.
pub const NAME: &str = "mine-name";

/// The id of the button that brings back what was deleted.
pub const UNDELETE: &str = "mine-undo";

/// The id of what is said of files that are no systems.
pub const REFUSED: &str = "mine-refused";

/// The id of the link to a kept system.
pub fn kept(id: &str) -> String {
    ["kept-", id].concat()
}

/// The id of the button that gives a kept system another name.
pub fn rename(id: &str) -> String {
    ["rename-", id].concat()
}

/// The id of the n-th part in the list of a stage's parts.
pub fn part(side: Side, number: usize) -> String {
    ["part-", &side.at().to_string(), "-", &number.to_string()].concat()
}

/// The id of the control of an inspector's field: it gets the focus when what had it is gone.
pub fn control(field: &str) -> String {
    ["control-", field].concat()
}
