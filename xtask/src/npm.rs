//! Tools from npm, at the versions that a folder's lock file names.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command;

/// Installs a folder's packages if one of those named is missing or of another version, and says so.
///
/// # Errors
/// If the lock file doesn't name a package, there is no npm, or npm fails.
pub fn install(folder: &Path, packages: &[&str]) -> Result<()> {
    let mut missing = Vec::new();
    for name in packages {
        let key = format!("node_modules/{name}");
        let locked = version(&folder.join("package-lock.json"), |lock| &lock["packages"][&key])
            .with_context(|| format!("{} names no version of {name}", folder.join("package-lock.json").display()))?;
        if version(&folder.join(key).join("package.json"), |package| package).as_ref() != Some(&locked) {
            missing.push(format!("{name} {locked}"));
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(" and ");
    if command::find("npm").is_none() {
        bail!("{missing} is needed: install npm, which comes with Node.js");
    }
    println!("Installing {missing} by npm");
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    command::run(npm).with_context(|| format!("{missing} can't be installed"))
}

/// Installs every package that a folder's package.json names.
///
/// # Errors
/// As [`install`], or if there is no package.json.
pub fn install_all(folder: &Path) -> Result<()> {
    let file = folder.join("package.json");
    let json = fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
    let package: Value = serde_json::from_str(&json).with_context(|| format!("{} is no JSON", file.display()))?;
    let packages = package["devDependencies"].as_object().into_iter().flatten();
    install(folder, &packages.map(|(name, _)| name.as_str()).collect::<Vec<_>>())
}

/// Where the program of an installed package is.
pub fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join("node_modules/.bin").join(name)
}

fn version(file: &Path, part: impl Fn(&Value) -> &Value) -> Option<String> {
    let json: Value = serde_json::from_str(&fs::read_to_string(file).ok()?).ok()?;
    part(&json)["version"].as_str().map(String::from)
}
