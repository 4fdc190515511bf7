//! `cargo xtask circles`: the circles of files in `src`, and which arrow to cut.
//!
//! `cargo test --test tidy` fails on new ones; this command also shows those that are left, here or in another checkout.

#[path = "../../tests/tidy/circles.rs"]
mod found;
#[path = "../../tests/tidy/imports.rs"]
mod imports;
#[allow(dead_code, reason = "the other rules of the house need more of it")]
#[path = "../../tests/tidy/source.rs"]
mod source;

use crate::project;
use found::{circles, describe, files_by_room};
use std::path::PathBuf;

/// Options of `cargo xtask circles`.
#[derive(clap::Args)]
pub struct Options {
    /// The top directory of another checkout.
    #[arg(value_name = "DIR")]
    root: Option<PathBuf>,
}

/// Prints every circle, the largest first, and how many files of each room are in one.
pub fn print(options: &Options) {
    let root = options.root.clone().unwrap_or_else(project::root);
    let circles = circles(&imports::Imports::of(&source::files_of(&root)));
    for circle in &circles {
        println!("{}\n", describe(circle));
    }
    for (room, files) in files_by_room(&circles) {
        println!("{room}: {files} files in circles");
    }
    println!("{} circles", circles.len());
}
