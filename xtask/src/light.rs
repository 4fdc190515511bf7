//! The light program: what the start page begins with, built beside the whole one that trunk builds.

use crate::problem::{Problem, Result};
use crate::{policy, project, run::Run};
use std::path::{Path, PathBuf};

/// Where wasm-bindgen leaves it, below the project's top directory.
const OUT: &str = "target/light";

/// Builds it with the profile and the variables of the whole one, and puts it into the site. Gives the name of its
/// script, which differs with its contents; the program's is the same with `_bg.wasm`.
pub fn build(dist: &Path, variables: &[(&str, &str)]) -> Result<String> {
    variables
        .iter()
        .fold(
            Run::line("cargo build --profile site --bin web --features lite --target wasm32-unknown-unknown"),
            |run, (name, value)| run.env(name, value),
        )
        .mend("mend what the compiler says above")
        .run()?;
    let out = project::root().join(OUT);
    Run::line("wasm-bindgen --target web --no-typescript --out-name light --out-dir")
        .arg(&out)
        .arg(target().join("wasm32-unknown-unknown/site/web.wasm"))
        .run()?;
    let program = project::read_bytes(&out.join("light_bg.wasm"))?;
    let name = format!("light-{}", short(&policy::sha384(&program)));
    project::write(&dist.join(format!("{name}_bg.wasm")), program)?;
    project::write(&dist.join(format!("{name}.js")), project::read_bytes(&out.join("light.js"))?)?;
    if out.join("snippets").exists() {
        return Err(Problem::new(
            "the light program comes with further scripts",
            "a dependency brings JavaScript of its own",
            "copy target/light/snippets into the site as well: xtask/src/light.rs",
        ));
    }
    Ok(name)
}

/// Where cargo builds.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| project::root().join("target"), PathBuf::from)
}

/// The first letters and digits of a hash: enough to tell builds apart, and fit for a file's name.
fn short(hash: &str) -> String {
    hash.chars().skip("sha384-".len()).filter(char::is_ascii_alphanumeric).take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_with_what_is_hashed_and_are_fit_for_files() {
        let name = |bytes: &[u8]| short(&policy::sha384(bytes));
        assert_ne!(name(b"one"), name(b"two"));
        assert!(name(b"one").len() == 16 && name(b"one").chars().all(|c| c.is_ascii_alphanumeric()));
    }
}
