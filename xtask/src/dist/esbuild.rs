//! esbuild and terser, which make the JavaScript smaller: terser by a little more, so its word is the last.

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

/// A module without the functions and variables that nothing in it uses.
///
/// # Errors
/// If esbuild fails.
pub fn shaken(folder: &Path, module: &str) -> Result<String> {
    run(folder, module, &["--format=esm", "--tree-shaking=true"])
}

/// A script in as few characters as can be.
///
/// # Errors
/// If terser fails.
pub fn minified(folder: &Path, script: &str) -> Result<String> {
    let mut terser = Command::new(npm::program(folder, "terser"));
    // What no page's encoding changes is ASCII.
    terser.args(["--ecma=2021", "--compress=passes=2,ecma=2021", "--mangle", "--format=ascii_only=true,ecma=2021"]);
    pipe(terser, script)
}

/// A module in as few characters as can be.
///
/// # Errors
/// If a tool fails.
pub fn minified_module(folder: &Path, module: &str) -> Result<String> {
    let mut terser = Command::new(npm::program(folder, "terser"));
    terser.args(["--module", "--ecma=2021", "--compress=passes=2,ecma=2021", "--mangle"]);
    terser.arg("--format=ascii_only=true,ecma=2021");
    pipe(terser, module)
}

/// A module and what it imports from `sources`, in as few characters as can be.
///
/// # Errors
/// If a tool fails.
pub fn bundled(folder: &Path, sources: &Path, module: &str) -> Result<String> {
    let mut esbuild = esbuild(folder);
    esbuild.current_dir(sources).args(["--bundle", "--format=esm"]);
    minified_module(folder, &pipe(esbuild, module)?)
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

fn pipe(mut tool: Command, input: &str) -> Result<String> {
    let name = tool.get_program().to_string_lossy().into_owned();
    let child = tool.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("{name} can't be started"))?;
    let mut stdin = child.stdin.take().context("a started tool has an input")?;
    let input = input.to_owned();
    // Written from a thread of its own, since a tool may write before it has read everything.
    let writer = thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("{name} failed ({})", output.status);
    }
    writer.join().ok().context("the input broke off")??;
    String::from_utf8(output.stdout).with_context(|| format!("{name} did not print UTF-8"))
}
