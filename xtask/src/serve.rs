//! `cargo xtask serve`: the page on this machine, built again on every change.

use crate::problem::{Problem, Result};
use crate::{pages, project, run::Run, tools};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};

/// Options of `cargo xtask serve`.
#[derive(clap::Args)]
pub struct Options {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Do not open a browser.
    #[arg(long)]
    no_open: bool,
    /// Build exactly as for publishing: slower to build, fastest to run.
    #[arg(long)]
    release: bool,
}

/// Gets the tools, builds, serves and watches until interrupted.
pub fn serve(options: &Options) -> Result {
    port_is_free(options.port)?;
    tools::for_the_site()?;
    pages::render()?;
    let dist = project::root().join("target/serve");
    std::fs::create_dir_all(&dist).map_err(|error| {
        Problem::new("cannot create target/serve", error.to_string(), "free the disk or its permissions")
    })?;
    println!("Building; then the page is at http://127.0.0.1:{}/ (Ctrl-C ends it).", options.port);
    let profile = if options.release { "release" } else { "serve" };
    Run::line("trunk serve --address 127.0.0.1 --disable-address-lookup true --release --dist target/serve --cargo-profile")
        .arg(profile)
        .args(&["--port", &options.port.to_string()])
        .args(if options.no_open { &[] } else { &["--open"] })
        .without_env("NO_COLOR")
        .mend("mend what the compiler says above and try again")
        .run_instead()
}

/// Looks before the build starts, not after a minute of compiling.
fn port_is_free(port: u16) -> Result {
    let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) else { return Ok(()) };
    let other = port.checked_add(1).unwrap_or(8080);
    let (why, mend) = match error.kind() {
        ErrorKind::AddrInUse => (
            format!("another program listens on 127.0.0.1:{port}"),
            format!("end it, or: cargo xtask serve --port {other}"),
        ),
        ErrorKind::PermissionDenied => {
            (error.to_string(), "take a port of 1024 or above: cargo xtask serve --port 8080".to_owned())
        }
        _ => (error.to_string(), format!("try another port: cargo xtask serve --port {other}")),
    };
    Err(Problem::new(format!("cannot serve on port {port}"), why, mend))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_another_to_try() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
        let port = taken.local_addr().expect("bound").port();
        let problem = port_is_free(port).unwrap_err().to_string();
        assert!(problem.contains(&format!("127.0.0.1:{port}")), "{problem}");
        assert!(problem.contains("cargo xtask serve --port"), "{problem}");
        drop(taken);
        // A process that another test begins at this moment has the port until it is a program of its own.
        let becomes_free = (0..100).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(10));
            port_is_free(port).is_ok()
        });
        assert!(becomes_free);
    }
}
