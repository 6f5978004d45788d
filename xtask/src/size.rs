//! What a release weighs, beside the budget in `xtask/budget.json`.

use std::{fmt, fs, ops::Add, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{dist, workspace::Workspace};

/// What a visitor waits for at once, under the budget's name for it: files, under the manifest's names.
const LOADS: [(&str, &[&str]); 3] =
    [("embed", &["embed"]), ("aid", &["aid"]), ("panel", &["adopting", "hands", "js", "wasm"])];

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

impl Add for Size {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>8} {:>8} {:>8}", self.raw, self.gzip, self.brotli)
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
    let named = |key: &str| -> Result<(&str, Size)> {
        let name = manifest["names"][key].as_str().with_context(|| format!("the manifest names no {key}"))?;
        Ok((name, Size::listed(&manifest, name)?))
    };
    let mut over = Vec::new();
    let mut line = |key: &str, name: &str, size: Size| -> Result<()> {
        let most = budget[key].as_u64().with_context(|| format!("the budget has no number for {key}"))?;
        let change = size.brotli.cast_signed() - most.cast_signed();
        println!("{name:<32} {size} {most:>8} {change:>+8}");
        if change > 0 {
            over.push(format!("{name} by {change} bytes"));
        }
        Ok(())
    };
    let mut all = Size::default();
    for (load, keys) in LOADS {
        let files = keys.iter().map(|key| named(key)).collect::<Result<Vec<_>>>()?;
        let size = files.iter().fold(Size::default(), |sum, (_, size)| sum + *size);
        if let [(name, _)] = files.as_slice() {
            line(load, name, size)?;
        } else {
            files.iter().for_each(|(name, size)| println!("  {name:<30} {size}"));
            line(load, load, size)?;
        }
        all = all + size;
    }
    println!("{:<32} {all}", "all of these");
    let languages = manifest["names"].as_object().into_iter().flatten();
    let languages = languages.filter(|(_, name)| name.as_str().is_some_and(|name| name.ends_with(".json")));
    let languages = languages.map(|(key, _)| named(key)).collect::<Result<Vec<_>>>()?;
    let largest = languages.into_iter().max_by_key(|(_, size)| size.brotli).context("there are no languages")?;
    line("language", largest.0, largest.1)?;
    // Only where the tag asks for these formats, or has settings to be looked at.
    for key in ["formats", "advice"] {
        let (name, size) = named(key)?;
        line(key, name, size)?;
    }
    Ok(over)
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
}
