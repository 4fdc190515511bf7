//! What is done with settings and faults.

use crate::base::Json;

/// What is done with settings and faults.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingMsg {
    /// Set a parameter: its path, and the value.
    Set(String, Json),
    /// Begin again with this seed, as somebody typed it.
    Seed(String),
    /// Begin again with a seed from the browser's generator.
    NewSeed,
    /// Press the fault button that the lesson gives this number, from 0.
    Fault(usize),
    /// Press the n-th fault button that is shown, from 1.
    FaultKey(usize),
    /// Take the last change of a setting back.
    Undo,
}
