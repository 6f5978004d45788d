//! Binaryen, which makes the wasm smaller: `wasm-metadce` and `wasm-opt`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{command, glue::Names, npm};

/// What browsers understand, by name: with `--all-features` Binaryen writes types that none accepts.
const FEATURES: &str = "--mvp-features --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int \
    --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue \
    --enable-call-indirect-overlong";
/// What gave the fewest bytes, compressed by brotli; docs/size.md has the others.
///
/// Brotli makes use of what is alike. So what the compiler made of one generic function stays in
/// functions of its own, instead of being inlined where it is called once, and they stand side by side.
const SMALLEST: &str = "--flatten --rereloop -Oz -Oz --flatten --rereloop -Oz -Oz \
    --one-caller-inline-max-function-size=20 --always-inline-max-function-size=4 --skip-pass=local-cse \
    --reorder-functions-by-name";

/// Binaryen's programs, in the folder that npm installed them in.
pub struct Binaryen<'a> {
    /// The folder of `package.json`.
    pub folder: &'a Path,
}

impl Binaryen<'_> {
    /// Writes the wasm without what can't be reached from these exports.
    ///
    /// # Errors
    /// If `wasm-metadce` fails.
    pub fn reachable(&self, wasm: &Path, exports: &BTreeSet<String>, out: &Path) -> Result<()> {
        let root = json!({ "name": "glue", "root": true, "reaches": exports });
        let exports = exports.iter().map(|name| json!({ "name": name, "export": name }));
        let graph: Value = [root].into_iter().chain(exports).collect();
        let file = out.with_extension("json");
        fs::write(&file, graph.to_string())?;
        let mut metadce = self.program("wasm-metadce");
        metadce.arg(wasm).arg("--graph-file").arg(file).arg("--output").arg(out).arg("-g");
        // It prints what it leaves out.
        command::output(metadce).map(drop)
    }

    /// Writes the wasm as small as it can be; the names in it stay if asked to.
    ///
    /// # Errors
    /// If `wasm-opt` fails.
    pub fn smallest(&self, wasm: &Path, names: bool, out: &Path) -> Result<()> {
        let mut opt = self.program("wasm-opt");
        opt.arg(wasm).args(SMALLEST.split_whitespace());
        opt.arg(if names { "-g" } else { "--strip-debug" }).args(["--strip-producers", "--strip-target-features"]);
        opt.arg("--output").arg(out);
        command::run(opt)
    }

    /// Writes the wasm smaller, in seconds: for what no visitor waits for.
    ///
    /// # Errors
    /// If `wasm-opt` fails.
    pub fn small(&self, wasm: &Path, out: &Path) -> Result<()> {
        let mut opt = self.program("wasm-opt");
        opt.arg(wasm).args(["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"]);
        opt.arg("--output").arg(out);
        command::run(opt)
    }

    /// Writes the wasm with short names for its imports and exports, and answers them.
    ///
    /// # Errors
    /// If `wasm-opt` fails or names them in an unknown way.
    pub fn renamed(&self, wasm: &Path, out: &Path) -> Result<Names> {
        let mut opt = self.program("wasm-opt");
        opt.arg(wasm).arg("--minify-imports-and-exports-and-modules").arg("--output").arg(out);
        let said: Value = serde_json::from_str(&command::output(opt)?).context("wasm-opt printed no names")?;
        let names = |list: &str, old: usize| {
            let names = said[list].as_array().into_iter().flatten();
            names
                .map(|name| Some((name[old].as_str()?.to_owned(), name[old + 1].as_str()?.to_owned())))
                .collect::<Option<BTreeMap<_, _>>>()
                .with_context(|| format!("wasm-opt printed other {list} than expected"))
        };
        Ok(Names { module: Some("a".into()), imports: names("imports", 1)?, exports: names("exports", 0)? })
    }

    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(npm::program(self.folder, name));
        command.args(FEATURES.split_whitespace());
        command
    }
}
