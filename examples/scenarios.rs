//! Writes random scenarios over the whole language into a folder, one file a seed.
//!
//! `cargo xtask compare` runs two engines on them. The generator is the one of `tests/swarm.rs`.

#[path = "../tests/support/generate.rs"]
mod generate;

use std::path::Path;
use std::process::ExitCode;

/// `scenarios FOLDER FIRST COUNT`: the scenarios of the seeds from `FIRST` on, as `FOLDER/SEED.json`.
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<u64> = arguments.iter().skip(1).filter_map(|text| text.parse().ok()).collect();
    let ([folder, _, _], [first, count]) = (&arguments[..], &numbers[..]) else {
        eprintln!("usage: scenarios FOLDER FIRST COUNT");
        return ExitCode::FAILURE;
    };
    match write(Path::new(folder), *first, *count) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write into {folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path, first: u64, count: u64) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for seed in first..first + count {
        std::fs::write(folder.join(format!("{seed}.json")), generate::scenario(seed).to_string())?;
    }
    Ok(())
}
