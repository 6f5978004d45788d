//! What of Rust's own tools a build needs, added when missing.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{command, workspace::Workspace};

/// The target of the browser build.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Adds the wasm target to the toolchain if it is missing.
///
/// # Errors
/// If rustup can't add it.
pub fn wasm(workspace: &Workspace) -> Result<()> {
    let sysroot = command::output(in_root(workspace, "rustc", &["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).join("lib").is_dir() {
        return Ok(());
    }
    println!("Adding Rust's target {WASM}: `rustup target add {WASM}`");
    command::run(in_root(workspace, "rustup", &["target", "add", WASM]))
        .with_context(|| format!("the widget needs Rust's target {WASM}"))
}

/// Adds the standard library's sources to the toolchain if they are missing.
///
/// # Errors
/// If rustup can't add them.
pub fn sources(workspace: &Workspace) -> Result<()> {
    let sysroot = command::output(in_root(workspace, "rustc", &["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std").is_dir() {
        return Ok(());
    }
    println!("Adding the standard library's sources: `rustup component add rust-src`");
    command::run(in_root(workspace, "rustup", &["component", "add", "rust-src"]))
        .context("the release needs the standard library's sources")
}

/// Adds the formatter and clippy to the toolchain if they are missing.
///
/// # Errors
/// If rustup can't add them.
pub fn checkers(workspace: &Workspace) -> Result<()> {
    for (component, arguments) in [("rustfmt", "fmt --version"), ("clippy", "clippy --version")] {
        if command::output(command::cargo(&workspace.root, arguments)).is_ok() {
            continue;
        }
        println!("Adding {component}: `rustup component add {component}`");
        command::run(in_root(workspace, "rustup", &["component", "add", component]))
            .with_context(|| format!("the tests need {component}"))?;
    }
    Ok(())
}

/// Builds a program of Rust's package index into `target/tools` if it is neither there nor on the search path. These hand
/// on what others do, for which they need no optimisation; that takes most of a build.
///
/// # Errors
/// If it can't be built.
pub fn program(workspace: &Workspace, name: &str, version: &str, options: &[&str]) -> Result<()> {
    let tools = workspace.tools();
    if command::find(name).is_some() || tools.join("bin").join(name).is_file() {
        return Ok(());
    }
    println!("Building {name} {version} into {} (about two minutes)", workspace.shown(&tools));
    let mut cargo = command::cargo(&workspace.root, "install --quiet --debug --config profile.dev.debug=false");
    cargo.args(options).args([name, "--version", version, "--root"]).arg(tools);
    command::run(cargo).with_context(|| format!("{name} is missing: cargo install {name}"))
}

fn in_root(workspace: &Workspace, program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.current_dir(&workspace.root).args(arguments);
    command
}
