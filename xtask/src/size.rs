//! What a release weighs, beside the budget in `xtask/budget.json`.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{dist, workspace::Workspace};

/// The files that a visitor's browser loads, under the manifest's names for them.
const FILES: [&str; 4] = ["embed", "shell", "js", "wasm"];

/// The bytes of a file, plain and compressed as hard as can be.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    /// The size of a file that the manifest lists.
    fn listed(manifest: &Value, name: &str) -> Result<Self> {
        let bytes = &manifest["files"][name]["bytes"];
        let number = |kind: &str| bytes[kind].as_u64().with_context(|| format!("the manifest has no size of {name}"));
        Ok(Self { raw: number("raw")?, gzip: number("gzip")?, brotli: number("brotli")? })
    }
}

/// Builds the release, prints what it weighs, and compares it with the budget.
///
/// # Errors
/// If the build fails, or a file is over its budget.
pub fn check(workspace: &Workspace) -> Result<()> {
    dist::build(workspace)?;
    let over = print(workspace)?;
    if over.is_empty() {
        return Ok(());
    }
    bail!("over the budget in xtask/budget.json: {}", over.join(", "))
}

/// Prints what the release weighs; answers what is over its budget, and by how much.
///
/// # Errors
/// If the manifest or the budget can't be read.
pub fn print(workspace: &Workspace) -> Result<Vec<String>> {
    let manifest = read(&workspace.release().join(dist::MANIFEST))?;
    let budget = read(&workspace.root.join("xtask/budget.json"))?;
    println!("{:<32} {:>8} {:>8} {:>8} {:>8} {:>8}", "bytes", "raw", "gzip", "brotli", "budget", "change");
    let mut over = Vec::new();
    let mut line = |key: &str, name: &str, size: Size| -> Result<()> {
        let most = budget[key].as_u64().with_context(|| format!("the budget has no number for {key}"))?;
        let change = size.brotli.cast_signed() - most.cast_signed();
        println!("{name:<32} {:>8} {:>8} {:>8} {most:>8} {change:>+8}", size.raw, size.gzip, size.brotli);
        if change > 0 {
            over.push(format!("{name} by {change} bytes"));
        }
        Ok(())
    };
    let mut all = Size::default();
    for key in FILES {
        let name = manifest["names"][key].as_str().with_context(|| format!("the manifest names no {key}"))?;
        let size = Size::listed(&manifest, name)?;
        line(key, name, size)?;
        all = Size { raw: all.raw + size.raw, gzip: all.gzip + size.gzip, brotli: all.brotli + size.brotli };
    }
    line("all", "all", all)?;
    // What only some visitors load besides: where a site has a file of its own, and in other languages.
    let size = |name: &str| Size::listed(&manifest, name);
    let site = manifest["names"]["site"].as_str().context("the manifest names no site")?;
    line("site", site, size(site)?)?;
    let names = manifest["names"].as_object().into_iter().flatten().filter_map(|(_, name)| name.as_str());
    let languages = names.filter(|name| name.ends_with(".json")).map(|name| Ok((name, size(name)?)));
    let languages = languages.collect::<Result<Vec<_>>>()?;
    let largest = languages.into_iter().max_by_key(|(_, size)| size.brotli).context("there are no languages")?;
    line("language", largest.0, largest.1)?;
    Ok(over)
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
}
