//! The command line: runs a scenario without a screen.

fn main() {}
