//! What of a run can be looked at closely and changed: one thing with all its parameters, settings, faults.
//!
//! **Invariant:** no hidden defaults. The fields follow the tables of the language, whatever is added to it.

mod faults;
mod fields;
mod figures;
mod inspection;
pub mod knobs;
mod refusal;
pub mod scenario_page;
mod switches;

pub use crate::observation::BreakerState;
pub use crate::view::stage::subject::{Subject, subjects, title};
pub use faults::{Amount, FaultControl};
pub use fields::{Field, Section, form_label};
pub use figures::Figure;
pub use inspection::{Inspection, inspect, sentence};
pub use refusal::refusal;
pub use switches::{BY_HAND, BreakerSwitch, MOST_REPLICAS, Replica};
