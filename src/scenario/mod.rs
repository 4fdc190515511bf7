//! What the user describes: the scenario language, its diagnostics, and the plan it compiles to.
//!
//! **Invariant:** a `Plan` that comes out of here needs no further check; a scenario that cannot become one
//! comes back as diagnostics, all of them at once.

mod diagnostic;
mod json;
mod plan;

pub use diagnostic::Diagnostic;
pub use json::Json;
pub use plan::*;

/// A scenario as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its title.
    pub title: String,
}

impl Scenario {
    /// Reads a scenario from JSON text; every diagnostic at once where it is not one.
    pub fn read(_text: &str) -> Result<Scenario, Vec<Diagnostic>> {
        Ok(Scenario { title: String::new() })
    }

    /// The scenario as canonical JSON text; reading it gives the same scenario.
    pub fn print(&self) -> String {
        String::new()
    }

    /// The value of a parameter, by path (`nodes.app2.operations.book[0].work.mean`); defaults are filled in.
    pub fn get(&self, _path: &str) -> Option<Json> {
        None
    }

    /// This scenario with one parameter changed.
    pub fn with(&self, _path: &str, _value: &Json) -> Result<Scenario, Vec<Diagnostic>> {
        Ok(self.clone())
    }

    /// Compiles to a plan, or says what cannot be run.
    pub fn plan(&self) -> Result<Plan, Vec<Diagnostic>> {
        Ok(Plan::default())
    }
}

/// Reads one fault, as written in a timeline, against a plan.
pub fn read_fault(_fault: &Json, _plan: &Plan) -> Result<Fault, Vec<Diagnostic>> {
    Err(Vec::new())
}
