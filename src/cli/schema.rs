//! `cascade schema` and `cascade reference`: the scenario language, for programs and for people.

use super::output::{Problem, print};

/// Prints the schema to standard output.
pub fn print_schema() -> Result<(), Problem> {
    print(&(cascade::scenario::schema().pretty() + "\n"))
}

/// Prints the reference, in Markdown, to standard output.
pub fn print_reference() -> Result<(), Problem> {
    print(&cascade::scenario::reference())
}
