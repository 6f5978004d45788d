//! The release: the files that a web team serves, in `pkg/dist/`.

pub mod binaryen;
mod files;
mod snip;
mod wasm;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context, Result, anyhow, ensure};
use clap::Args;

use crate::{
    embed, esbuild,
    glue::{Glue, Interface, Names},
    npm, size, studio, toolchain, widget,
    workspace::Workspace,
};
use binaryen::Binaryen;
use files::Files;
use wasm::Flavour;

pub use files::{MANIFEST, brotli, compressed};

/// How `cargo xtask dist` is called.
#[derive(Args)]
pub struct Dist {
    /// Also builds into pkg/dist/diagnostic/ what names functions where it traps
    #[arg(long)]
    diagnostic: bool,
    /// Builds everything a second time from nothing, and compares (takes minutes)
    #[arg(long)]
    check: bool,
}

impl Dist {
    /// Builds the release and prints its sizes.
    ///
    /// # Errors
    /// As [`build`]; with `--check`, also if the second build differs.
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        build(workspace)?;
        let folder = workspace.release();
        if self.check {
            let again = workspace.target.join("dist-again");
            if again.exists() {
                fs::remove_dir_all(&again).with_context(|| format!("{} can't be deleted", again.display()))?;
            }
            println!("Building the release again, from nothing …");
            make(workspace, Flavour::Release, &again, &again.join("files"))?;
            studio::build(workspace, &again.join("files"))?;
            compare(&folder, &again.join("files"))?;
            println!("Both builds gave the same bytes.");
        }
        if self.diagnostic {
            println!("Building the diagnostic widget …");
            make(workspace, Flavour::Diagnostic, &workspace.target.join("diagnostic"), &folder.join("diagnostic"))?;
        }
        size::print(workspace).map(drop)
    }
}

/// Builds the release into `pkg/dist/`.
///
/// # Errors
/// If a tool can't be had or a part of the build fails.
pub fn build(workspace: &Workspace) -> Result<()> {
    println!("Building the release, and the studio beside it (the first time takes a few minutes) …");
    toolchain::wasm(workspace)?;
    // Much of either is a single thread's work: the linker's, wasm-opt's, brotli's.
    thread::scope(|scope| {
        let compiled = scope.spawn(|| studio::compile(workspace));
        make(workspace, Flavour::Release, &workspace.target.join("dist"), &workspace.release())?;
        compiled.join().map_err(|_| anyhow!("the studio's build stopped"))?
    })?;
    studio::build(workspace, &workspace.release())
}

/// Builds one flavour into a folder, with a target folder of its own.
fn make(workspace: &Workspace, flavour: Flavour, target: &Path, folder: &Path) -> Result<()> {
    let tools = workspace.root.join("xtask");
    npm::install(&tools, &["binaryen", "esbuild", "terser"])?;
    let glue = wasm::build(workspace, flavour, target)?;
    let (wasm, glue) = shrunk(&tools, flavour, &glue)?;
    let wasm = fs::read(&wasm).with_context(|| format!("{} can't be read", wasm.display()))?;
    let glue = esbuild::minified_module(&tools, &glue)?;

    let mut files = Files::new(folder)?;
    let wasm = files.add_hashed("wasm", &format!("{}_bg.wasm", widget::NAME), &wasm)?;
    let glue = files.add_hashed("js", &format!("{}.js", widget::NAME), glue.as_bytes())?;
    embed::assemble(workspace, &glue, &wasm, &mut files)?;
    files.finish()
}

/// The wasm's path and the glue, both without what is not needed.
fn shrunk(tools: &Path, flavour: Flavour, glue: &Glue) -> Result<(PathBuf, String)> {
    let binaryen = Binaryen { folder: tools };
    let wasm = glue.wasm();
    if flavour == Flavour::Release {
        let whole = fs::read(&wasm).with_context(|| format!("{} can't be read", wasm.display()))?;
        fs::write(&wasm, snip::snipped(&whole)?).with_context(|| format!("{} can't be written", wasm.display()))?;
    }
    let reachable = wasm.with_file_name("reachable.wasm");
    let mut imports = glue.interface().imports.clone();
    // Without an import, the glue may need fewer of the wasm's exports, and then the wasm fewer imports.
    loop {
        let exports = glue.used(&glue.module(&imports, &Names::default())?)?;
        binaryen.reachable(&wasm, &exports, &reachable)?;
        let left = Interface::read(&reachable)?.imports;
        if left == imports {
            break;
        }
        imports = left;
    }
    let diagnostic = flavour == Flavour::Diagnostic;
    let smallest = wasm.with_file_name("smallest.wasm");
    binaryen.smallest(&reachable, diagnostic, &smallest)?;
    let imports = Interface::read(&smallest)?.imports;
    if diagnostic {
        return Ok((smallest, glue.module(&imports, &Names::default())?));
    }
    let renamed = wasm.with_file_name("renamed.wasm");
    let names = binaryen.renamed(&smallest, &renamed)?;
    Ok((renamed, glue.module(&imports, &names)?))
}

/// Makes sure that two folders hold the same files.
fn compare(one: &Path, other: &Path) -> Result<()> {
    let (one, other) = (contents(one)?, contents(other)?);
    ensure!(one.keys().eq(other.keys()), "the builds differ: {:?} and {:?}", one.keys(), other.keys());
    let differing: Vec<_> =
        one.iter().filter(|(name, bytes)| other.get(*name) != Some(bytes)).map(|(name, _)| name).collect();
    ensure!(differing.is_empty(), "the builds differ in {differing:?}");
    Ok(())
}

fn contents(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut contents = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))? {
        let path = entry?.path();
        if path.is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            contents.insert(name, fs::read(&path)?);
        }
    }
    Ok(contents)
}
