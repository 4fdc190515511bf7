//! `cascade schema`: the scenario language as a JSON Schema.

use super::output::{Problem, print};

/// Prints the schema to standard output.
pub fn print_schema() -> Result<(), Problem> {
    print(&(cascade::scenario::schema().pretty() + "\n"))
}
