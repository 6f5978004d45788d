//! The widget's build: what a visitor's browser loads, in `target/widget/`.

use std::fs;

use anyhow::{Context, Result};

use crate::{
    command, embed,
    glue::Glue,
    toolchain::{self, WASM},
    workspace::Workspace,
};

/// The name of the built files: `say-so.js` and `say-so_bg.wasm`.
pub const NAME: &str = "say-so";

/// The loader's name.
pub const EMBED: &str = "embed.js";

/// Builds the wasm, its glue and `embed.js` into `target/widget/`.
///
/// # Errors
/// If a part of the build fails; cargo has then said why.
pub fn build(workspace: &Workspace) -> Result<()> {
    toolchain::wasm(workspace)?;
    // Cargo keeps the build scripts of a profile in a folder of the profile's name, which is the name of ours.
    let target = workspace.target.join("wasm");
    let arguments =
        format!("build --profile widget --target {WASM} --features csr --package say-so --lib --target-dir");
    let mut cargo = command::cargo(&workspace.root, &arguments);
    cargo.arg(&target);
    command::run(cargo)?;
    let folder = workspace.widget();
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("{} can't be emptied", folder.display()))?;
    }
    let wasm = target.join(WASM).join("widget/say_so.wasm");
    Glue::bind(workspace, &wasm)?.write(&folder)?;
    embed::write(workspace, &folder)
}
