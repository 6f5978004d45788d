//! The widget's own JavaScript: `embed.js`, `aid.js`, `adopting.js`, `advice.js`, and the files of the languages.
//!
//! They are put together in one way for the demo, for Trunk and for the release; a [`Store`] says where they go.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use clap::Args;
use serde_json::{Value, json};

use crate::{dist, esbuild, locales::Locales, npm, tables, widget, workspace::Workspace};

/// The folder `cargo xtask embed` writes to.
#[derive(Args)]
pub struct Embed {
    /// The folder to write embed.js into
    #[arg(long, env = "TRUNK_STAGING_DIR")]
    out: PathBuf,
}

impl Embed {
    /// Writes `embed.js` and what it asks for into the folder.
    ///
    /// # Errors
    /// As [`write`].
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        write(workspace, &self.out)
    }
}

/// A built file: its name, and its integrity as `fetch` checks it (empty for none).
pub type File = (String, String);

/// Where built files go.
pub trait Store {
    /// Whether they are to be as small as can be.
    const SMALL: bool;

    /// Keeps a file that others ask for; answers the name and the integrity by which they do.
    ///
    /// # Errors
    /// If it can't be written.
    fn keep(&mut self, key: &str, name: &str, text: &str) -> Result<File>;

    /// Keeps the files of the languages; answers what follows the language in their names.
    ///
    /// # Errors
    /// If one can't be written.
    fn keep_languages(&mut self, locales: &Locales) -> Result<String>;

    /// Keeps the file that the tag names.
    ///
    /// # Errors
    /// If it can't be written.
    fn keep_embed(&mut self, name: &str, text: &str) -> Result<()>;
}

/// Puts the JavaScript together that brings this glue and this wasm.
///
/// # Errors
/// If a source can't be read, a tool fails, or a file can't be written.
pub fn assemble<S: Store>(workspace: &Workspace, glue: &File, wasm: &File, store: &mut S) -> Result<()> {
    let tools = workspace.root.join("xtask");
    npm::install(&tools, &["esbuild", "terser"])?;
    let locales = Locales::read(workspace)?;
    tables::write(workspace, &locales)?;
    let bundled = |file: &str, script: bool, values: &[(&str, Value)]| {
        let file = workspace.root.join("src").join(file);
        let text = esbuild::bundled(&tools, &file, if script { "iife" } else { "esm" }, values)?;
        match (S::SMALL, script) {
            (false, _) => Ok(text),
            (true, true) => esbuild::minified(&tools, &text, |bytes| Ok(dist::brotli(bytes)?.len())),
            (true, false) => esbuild::minified_module(&tools, &text),
        }
    };

    let languages = store.keep_languages(&locales)?;
    let advice = store.keep("advice", "advice.js", &bundled("advice.js", false, &[])?)?;
    let formats = store.keep("formats", "formats.js", &bundled("aid/formats.js", false, &[])?)?;
    let hands = store.keep("hands", "hands.js", &bundled("hands/main.js", false, &[])?)?;
    let adopting = store.keep(
        "adopting",
        "adopting.js",
        &bundled("browser/adopting.js", false, &[("ADVICE_FILE", json!(advice.0))])?,
    )?;
    let files = [
        ("ADOPTING_FILE", json!(adopting.0)),
        ("ADVICE_FILE", json!(advice.0)),
        ("FORMATS_FILE", json!(formats.0)),
        ("GLUE_FILE", json!(glue)),
        ("HANDS_FILE", json!(hands.0)),
        ("WASM_FILE", json!(wasm)),
    ];
    let aid = store.keep("aid", "aid.js", &bundled("aid/main.js", false, &files)?)?;
    let files = [("AID_FILE", json!(aid.0)), ("LANGUAGES", json!(languages))];
    store.keep_embed(widget::EMBED, &bundled("embed/main.js", true, &files)?)
}

/// A folder for who develops: names without hashes, texts as they are.
struct Plain<'a>(&'a Path);

impl Store for Plain<'_> {
    const SMALL: bool = false;

    fn keep(&mut self, _: &str, name: &str, text: &str) -> Result<File> {
        self.keep_embed(name, text)?;
        Ok((name.into(), String::new()))
    }

    fn keep_languages(&mut self, locales: &Locales) -> Result<String> {
        let ending = ".json";
        for (name, text) in locales.files(ending) {
            self.keep_embed(&name, &text)?;
        }
        Ok(ending.into())
    }

    fn keep_embed(&mut self, name: &str, text: &str) -> Result<()> {
        let path = self.0.join(name);
        fs::write(&path, text).with_context(|| format!("{} can't be written", path.display()))
    }
}

/// Writes the JavaScript into a folder that the glue and the wasm stand in.
///
/// # Errors
/// As [`assemble`].
pub fn write(workspace: &Workspace, folder: &Path) -> Result<()> {
    let unchecked = |name: String| (name, String::new());
    let glue = unchecked(format!("{}.js", widget::NAME));
    let wasm = unchecked(format!("{}_bg.wasm", widget::NAME));
    assemble(workspace, &glue, &wasm, &mut Plain(folder))
}
