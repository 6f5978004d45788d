//! Libraries that pages of companies have: what stands in `tests/libraries/`, and the packages it takes from npm.

use std::{
    collections::HashMap,
    path::Path,
    process::Command,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, Result, ensure};

/// The bundles of this run by their names.
static BUNDLES: Mutex<Option<HashMap<String, Vec<u8>>>> = Mutex::new(None);

/// How esbuild makes a classic script of a module and all that it imports, as for a page in production.
const OPTIONS: [&str; 7] = [
    "--bundle",
    "--format=iife",
    "--target=es2022",
    "--define:process.env.NODE_ENV=\"production\"",
    "--loader:.css=text",
    "--external:util",
    "--log-level=error",
];

/// The classic script that `tests/libraries/<name>.js` becomes, made once a run.
///
/// # Errors
/// If there is no such file, or npm's packages or esbuild are not installed.
pub(crate) fn bundle(name: &str) -> Result<Vec<u8>> {
    let mut bundles = BUNDLES.lock().unwrap_or_else(PoisonError::into_inner);
    let bundles = bundles.get_or_insert_default();
    if let Some(bundle) = bundles.get(name) {
        return Ok(bundle.clone());
    }
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut esbuild = Command::new(tests.join("../xtask/node_modules/.bin/esbuild"));
    esbuild.current_dir(tests).args(OPTIONS).arg(format!("libraries/{name}.js"));
    let made = esbuild.output().context("esbuild is missing: cargo xtask test --only set-up")?;
    ensure!(made.status.success(), "{name} can't be bundled: {}", String::from_utf8_lossy(&made.stderr));
    bundles.insert(name.to_owned(), made.stdout.clone());
    Ok(made.stdout)
}
