//! esbuild and terser, which make the JavaScript smaller: terser by a little more, so its word is the last.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{command, npm};

/// The JavaScript that every browser with what the wasm needs understands.
const TARGET: &str = "--target=es2021";

/// A module and what it imports from `sources`, as one module without what nothing in it uses. What the file `globals`
/// exports takes the place of the page's globals of the same names.
///
/// # Errors
/// If esbuild fails.
pub fn joined(folder: &Path, sources: &Path, module: &str, globals: &str) -> Result<String> {
    let mut esbuild = esbuild(folder);
    esbuild.current_dir(sources).args(["--bundle", "--format=esm"]).arg(format!("--inject:./{globals}"));
    pipe(esbuild, module)
}

/// What a module in `sources` exports.
///
/// # Errors
/// If esbuild fails.
pub fn exports(folder: &Path, sources: &Path, name: &str) -> Result<BTreeSet<String>> {
    let told = "exports.json";
    let mut esbuild = esbuild(folder);
    esbuild.current_dir(sources).arg(name).args(["--format=esm", "--outfile=exports.js"]);
    esbuild.arg(format!("--metafile={told}"));
    command::run(esbuild)?;
    let told: Value = serde_json::from_str(&fs::read_to_string(sources.join(told))?)?;
    let exports = told["outputs"]["exports.js"]["exports"].as_array().context("esbuild told of no exports")?;
    Ok(exports.iter().filter_map(Value::as_str).map(String::from).collect())
}

/// Those of the names by which a module names a property of anything.
///
/// # Errors
/// If esbuild fails.
pub fn properties(folder: &Path, scratch: &Path, module: &str, names: &BTreeSet<String>) -> Result<BTreeSet<String>> {
    let (_, seen) = mangled(folder, scratch, module, names.iter(), json!({}))?;
    Ok(seen.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect())
}

/// A module in which properties have other names, whatever they are properties of. A name in quotes stays.
///
/// # Errors
/// If esbuild fails.
pub fn renamed(folder: &Path, scratch: &Path, module: &str, names: &BTreeMap<String, String>) -> Result<String> {
    Ok(mangled(folder, scratch, module, names.keys(), json!(names))?.0)
}

/// A module with other names for properties, and those names. With a file in `scratch` esbuild is told of names,
/// and tells what others it has found and renamed.
fn mangled<'a>(
    folder: &Path,
    scratch: &Path,
    module: &str,
    properties: impl Iterator<Item = &'a String>,
    names: Value,
) -> Result<(String, Value)> {
    let cache = scratch.join("properties.json");
    fs::write(&cache, names.to_string()).with_context(|| format!("{} can't be written", cache.display()))?;
    let properties: Vec<_> = properties.map(|name| name.replace('$', r"\$")).collect();
    let mut esbuild = esbuild(folder);
    // It only takes the file where it also bundles.
    esbuild.args(["--bundle", "--format=esm"]).arg(format!("--mangle-props=^({})$", properties.join("|")));
    esbuild.arg(format!("--mangle-cache={}", cache.display()));
    let module = pipe(esbuild, module)?;
    Ok((module, serde_json::from_str(&fs::read_to_string(&cache)?)?))
}

/// With it, a browser reads a script as UTF-8 whatever the encoding of the page and the server's headers; letters as they
/// are take fewer bytes than their escapes.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Names that a minified script may do without: with another set of names, the same script compresses better or worse by
/// a few bytes, and which is best can only be tried.
const SPARED: [&str; 8] = ["", "a", "e", "h", "i", "n", "o", "t"];

/// A script in as few bytes as can be once `compressed` tells how many those are.
///
/// # Errors
/// If terser fails, or the script can't be compressed.
pub fn minified(folder: &Path, script: &str, compressed: impl Fn(&[u8]) -> Result<usize>) -> Result<String> {
    let mut best = None;
    for spared in SPARED {
        let mut terser = Command::new(npm::program(folder, "terser"));
        terser.args(["--ecma=2021", "--compress=passes=2,ecma=2021", "--format=ecma=2021"]);
        terser.arg(format!("--mangle=reserved=[{spared}]"));
        let script = [BYTE_ORDER_MARK, &pipe(terser, script)?].concat();
        let size = compressed(script.as_bytes())?;
        if best.as_ref().is_none_or(|(least, _)| size < *least) {
            best = Some((size, script));
        }
    }
    Ok(best.context("there is no way to minify it")?.1)
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

/// A file and all that it imports, as one text.
///
/// `format` is esbuild's: `iife` for a script, `esm` for a module. Each of `values` takes the place of a name.
///
/// # Errors
/// If esbuild fails.
pub fn bundled(folder: &Path, file: &Path, format: &str, values: &[(&str, Value)]) -> Result<String> {
    let mut esbuild = esbuild(folder);
    esbuild.arg(file).args(["--bundle", "--minify-syntax"]).arg(format!("--format={format}"));
    esbuild.args(values.iter().map(|(name, value)| format!("--define:{name}={value}")));
    // Nothing of ours is read in another way without it.
    Ok(pipe(esbuild, "")?.replacen("\"use strict\";\n", "", 1))
}

/// A style sheet in as few characters as can be.
///
/// # Errors
/// If esbuild fails.
pub fn minified_style(folder: &Path, sheet: &str) -> Result<String> {
    let mut esbuild = Command::new(npm::program(folder, "esbuild"));
    esbuild.args(["--loader=css", "--minify", "--charset=utf8", "--log-level=warning"]);
    // In a custom property it keeps the spaces; nowhere else is there one after a colon or a comma.
    Ok(pipe(esbuild, sheet)?.trim_end().replace(": ", ":").replace(", ", ","))
}

fn esbuild(folder: &Path) -> Command {
    let mut esbuild = Command::new(npm::program(folder, "esbuild"));
    esbuild.args([TARGET, "--log-level=warning"]);
    esbuild
}

fn pipe(tool: Command, input: &str) -> Result<String> {
    let name = tool.get_program().to_string_lossy().into_owned();
    String::from_utf8(command::piped(tool, input.as_bytes())?).with_context(|| format!("{name} did not print UTF-8"))
}
