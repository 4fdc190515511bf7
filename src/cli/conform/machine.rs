//! What every component gives.

use serde_json::Value;

/// A state machine of the engine: takes an input and gives what can be seen after it, or what is wrong with the input.
pub type Machine = Box<dyn FnMut(&Value) -> Result<Value, String>>;
