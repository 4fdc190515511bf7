//! Programs beside the whole one that trunk builds: the light one, and those that speak another language.

use crate::problem::{Problem, Result};
use crate::{pack, policy, project, run::Run, site};
use std::path::{Path, PathBuf};

/// Builds a program of these features as the whole one is built, and puts it packed into a site. Gives the name of its
/// script without the ending, which differs with its contents; the program's begins with the same.
pub fn build(dist: &Path, name: &str, feature: &str) -> Result<String> {
    site::FOR_SIZE
        .iter()
        .fold(
            Run::line("cargo build --profile site --bin web --target wasm32-unknown-unknown --features")
                .arg(feature),
            |run, (name, value)| run.env(name, value),
        )
        .mend("mend what the compiler says above")
        .run()?;
    let out = project::root().join("target/programs").join(name);
    Run::line("wasm-bindgen --target web --no-typescript --out-name program --out-dir")
        .arg(&out)
        .arg(target().join("wasm32-unknown-unknown/site/web.wasm"))
        .run()?;
    if out.join("snippets").exists() {
        return Err(Problem::new(
            format!("the program {name} comes with further scripts"),
            "a dependency brings JavaScript of its own",
            "copy the snippets of target/programs into the site as well: xtask/src/programs.rs",
        ));
    }
    let program = project::read_bytes(&out.join("program_bg.wasm"))?;
    let name = format!("{name}-{}", short(&policy::sha384(&program)));
    project::write(&dist.join(format!("{name}_bg.wasm")), program)?;
    project::write(&dist.join(format!("{name}.js")), project::read_bytes(&out.join("program.js"))?)?;
    pack::pack(dist, &name)?;
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
