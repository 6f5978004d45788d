//! esbuild, which makes the JavaScript smaller.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Result, bail};

use crate::npm;

/// The JavaScript that every browser with what the wasm needs understands. What no page's encoding changes
/// is ASCII, which is esbuild's own choice.
const TARGET: &str = "--target=es2021";
/// Comments about licences stand in the package's own files.
const SHORT: [&str; 2] = ["--minify", "--legal-comments=none"];

/// A module without the functions and variables that nothing in it uses.
///
/// # Errors
/// If esbuild fails.
pub fn shaken(folder: &Path, module: &str) -> Result<String> {
    run(folder, module, &["--format=esm", "--tree-shaking=true"])
}

/// A script or module in as few characters as can be.
///
/// # Errors
/// If esbuild fails.
pub fn minified(folder: &Path, script: &str) -> Result<String> {
    run(folder, script, &SHORT)
}

/// A module and what it imports from `sources`, in as few characters as can be.
///
/// # Errors
/// If esbuild fails.
pub fn bundled(folder: &Path, sources: &Path, module: &str) -> Result<String> {
    let mut esbuild = esbuild(folder);
    esbuild.current_dir(sources).args(SHORT).args(["--bundle", "--format=esm"]);
    pipe(esbuild, module)
}

fn run(folder: &Path, input: &str, arguments: &[&str]) -> Result<String> {
    let mut esbuild = esbuild(folder);
    esbuild.args(arguments);
    pipe(esbuild, input)
}

fn esbuild(folder: &Path) -> Command {
    let mut esbuild = Command::new(npm::program(folder, "esbuild"));
    esbuild.args([TARGET, "--log-level=warning"]);
    esbuild
}

fn pipe(mut esbuild: Command, input: &str) -> Result<String> {
    let mut child = esbuild.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("esbuild can't be started")?;
    let mut stdin = child.stdin.take().context("esbuild has no input")?;
    let input = input.to_owned();
    // Written from a thread of its own, since esbuild may write before it has read everything.
    let writer = thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("esbuild failed ({})", output.status);
    }
    writer.join().ok().context("esbuild's input broke off")??;
    String::from_utf8(output.stdout).context("esbuild did not print UTF-8")
}
