//! The studio's build: a page of its own beside the widget's files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use clap::Args;
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    command,
    dist::{self, binaryen::Binaryen},
    esbuild, npm,
    toolchain::{self, WASM},
    widget,
    workspace::Workspace,
};

/// The page, in the widget's folder.
pub const PAGE: &str = "studio.html";

/// The folder of everything else, beside it.
const FOLDER: &str = "studio";

/// What goes there as it is.
const FILES: [&str; 6] = ["start.js", "offline.js", "preview.html", "preview.css", "preview.js", "mark.svg"];

/// The style sheets, which become one, in this order.
const STYLES: [&str; 7] = ["page", "way", "rooms", "fields", "buttons", "findings", "visitors"];

/// How `cargo xtask studio` is called.
#[derive(Args)]
pub struct Studio {
    /// Compiles quickly, and leaves the wasm as large as it is
    #[arg(long)]
    quick: bool,
    /// The folder with the widget's files
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Studio {
    /// Builds the studio beside a widget that is built, by default the demo's.
    ///
    /// # Errors
    /// As [`build`].
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        let folder = self.out.clone().unwrap_or_else(|| workspace.widget());
        if !folder.join(widget::EMBED).is_file() {
            widget::build(workspace)?;
        }
        make(workspace, &folder, !self.quick)
    }
}

/// Builds the studio into a folder that the widget's files stand in.
///
/// # Errors
/// If a part of the build fails; cargo has then said why.
pub fn build(workspace: &Workspace, folder: &Path) -> Result<()> {
    make(workspace, folder, true)
}

/// Compiles what [`build`] builds of, into a target folder of its own.
///
/// # Errors
/// If cargo can't; it has then said why.
pub fn compile(workspace: &Workspace) -> Result<()> {
    wasm(workspace, true).map(drop)
}

/// The compiled studio.
fn wasm(workspace: &Workspace, small: bool) -> Result<PathBuf> {
    let target = workspace.target.join("wasm");
    let profile = if small { "widget" } else { "trunk" };
    let arguments = format!("build --profile {profile} --target {WASM} --package say-so-studio --target-dir");
    let mut cargo = command::cargo(&workspace.root, &arguments);
    cargo.arg(&target);
    command::run(cargo)?;
    Ok(target.join(WASM).join(profile).join("say-so-studio.wasm"))
}

fn make(workspace: &Workspace, folder: &Path, small: bool) -> Result<()> {
    toolchain::wasm(workspace)?;
    let wasm = wasm(workspace, small)?;
    let (source, out) = (workspace.root.join("studio"), folder.join(FOLDER));
    if out.exists() {
        fs::remove_dir_all(&out).with_context(|| format!("{} can't be emptied", out.display()))?;
    }
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(&wasm)
        .out_name(FOLDER)
        .typescript(false)
        .remove_producers_section(true)
        .omit_default_module_path(false)
        .web(true)?;
    bindgen.generate(&out).with_context(|| format!("wasm-bindgen failed on {}", wasm.display()))?;
    if small {
        let tools = workspace.root.join("xtask");
        npm::install(&tools, &["binaryen"])?;
        let (wasm, smaller) = (out.join("studio_bg.wasm"), out.join("smaller.wasm"));
        Binaryen { folder: &tools }.small(&wasm, &smaller)?;
        fs::rename(&smaller, &wasm).with_context(|| format!("{} can't be replaced", wasm.display()))?;
    }
    copy(&source.join(PAGE), &folder.join(PAGE))?;
    for name in FILES {
        copy(&source.join(name), &out.join(name))?;
    }
    style(workspace, &out)?;
    let locales = workspace.root.join("src/wording/locales");
    for entry in fs::read_dir(&locales).with_context(|| format!("{} can't be read", locales.display()))? {
        let path = entry?.path();
        copy(&path, &out.join(path.file_name().unwrap_or_default()))?;
    }
    if small { weigh(&out) } else { Ok(()) }
}

/// Writes the style sheets as one.
fn style(workspace: &Workspace, folder: &Path) -> Result<()> {
    let tools = workspace.root.join("xtask");
    npm::install(&tools, &["esbuild"])?;
    let mut sheet = String::new();
    for name in STYLES {
        let path = workspace.root.join("studio/styles").join(name).with_extension("css");
        sheet += &fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
    }
    let path = folder.join("studio.css");
    fs::write(&path, esbuild::minified_style(&tools, &sheet)?)
        .with_context(|| format!("{} can't be written", path.display()))
}

/// Compresses what is large, and prints what the first load weighs.
fn weigh(folder: &Path) -> Result<()> {
    let mut all = [0, 0, 0];
    for name in ["studio_bg.wasm", "studio.js", "studio.css", "en.json"] {
        let path = folder.join(name);
        let bytes = fs::read(&path).with_context(|| format!("{} can't be read", path.display()))?;
        let (gzip, brotli) = dist::compressed(&path, &bytes)?;
        println!("{:<32} {:>8} {gzip:>8} {brotli:>8}", format!("{FOLDER}/{name}"), bytes.len());
        all = [all[0] + bytes.len(), all[1] + gzip, all[2] + brotli];
    }
    println!("{:<32} {:>8} {:>8} {:>8}", "the studio", all[0], all[1], all[2]);
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).map(drop).with_context(|| format!("{} can't be copied to {}", from.display(), to.display()))
}
