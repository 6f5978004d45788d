//! The glue: the JavaScript between a page and the wasm.
//!
//! wasm-bindgen writes a module with a function for each thing that any crate might want of a browser. The
//! module written here names those that the wasm imports, and hands them to `src/browser/start.js`; esbuild
//! puts the three together and leaves out what nothing names.

mod interface;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use wasm_bindgen_cli_support::Bindgen;

use crate::{esbuild, npm, widget, workspace::Workspace};
pub use interface::Interface;

/// The sources that belong to the glue, in `src/browser/`.
const SOURCES: [&str; 3] = ["guard.js", "start.js", GLOBALS];
/// What stands in the glue in place of the page's globals.
const GLOBALS: &str = "globals.js";

/// What wasm-bindgen has made of a wasm, of which the glue is put together.
pub struct Glue {
    /// Where all that the glue is made of stands.
    folder: PathBuf,
    /// Where npm has installed the tools.
    tools: PathBuf,
    /// What the wasm imports and exports, as wasm-bindgen left it.
    interface: Interface,
    /// The crate's functions that are `#[wasm_bindgen]`.
    public: BTreeSet<String>,
}

/// Other names for what a wasm imports and exports.
#[derive(Default)]
pub struct Names {
    /// The module that is imported from, if it has another name.
    pub module: Option<String>,
    /// What the wasm imports, by wasm-bindgen's name.
    pub imports: BTreeMap<String, String>,
    /// What it exports, by wasm-bindgen's name.
    pub exports: BTreeMap<String, String>,
}

impl Glue {
    /// Has wasm-bindgen treat a wasm of the compiler's, into a folder beside it.
    ///
    /// # Errors
    /// If it fails, esbuild can't be had or fails, or the wasm imports what is not from wasm-bindgen.
    pub fn bind(workspace: &Workspace, wasm: &Path) -> Result<Self> {
        let tools = workspace.root.join("xtask");
        npm::install(&tools, &["esbuild"])?;
        let folder = wasm.with_file_name("bindgen");
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("{} can't be emptied", folder.display()))?;
        }
        let mut bindgen = Bindgen::new();
        bindgen.input_path(wasm).out_name(widget::NAME).typescript(false);
        bindgen.remove_producers_section(true).bundler(true)?;
        bindgen.generate(&folder).with_context(|| format!("wasm-bindgen failed on {}", wasm.display()))?;
        for name in SOURCES {
            let source = workspace.root.join("src/browser").join(name);
            fs::copy(&source, folder.join(name)).with_context(|| format!("{} can't be copied", source.display()))?;
        }
        let interface = Interface::read(&folder.join(wasm_name()))?;
        let functions = esbuild::exports(&tools, &folder, &format!("{}_bg.js", widget::NAME))?;
        let missing: Vec<_> = interface.imports.difference(&functions).collect();
        ensure!(missing.is_empty(), "the wasm imports what wasm-bindgen has not written: {missing:?}");
        // A class and its methods have other names in the wasm.
        let public = functions.intersection(&interface.exports).cloned().collect();
        Ok(Self { folder, tools, interface, public })
    }

    /// Where the wasm is that wasm-bindgen wrote.
    pub fn wasm(&self) -> PathBuf {
        self.folder.join(wasm_name())
    }

    /// What that wasm imports and exports.
    pub fn interface(&self) -> &Interface {
        &self.interface
    }

    /// The glue as one module, for a wasm with such imports and names. Its default export is described
    /// in `start.js`.
    ///
    /// # Errors
    /// If esbuild fails.
    pub fn module(&self, imports: &BTreeSet<String>, names: &Names) -> Result<String> {
        let module = esbuild::joined(&self.tools, &self.folder, &entry(imports, &self.public, names), GLOBALS)?;
        let (reserved, _) = split(&names.exports);
        if reserved.is_empty() { Ok(module) } else { esbuild::renamed(&self.tools, &self.folder, &module, &reserved) }
    }

    /// The names of the wasm's exports that a module of the glue uses.
    ///
    /// # Errors
    /// If esbuild fails.
    pub fn used(&self, module: &str) -> Result<BTreeSet<String>> {
        esbuild::properties(&self.tools, &self.folder, module, &self.interface.exports)
    }

    /// Writes the glue and the wasm into a folder as they are: `say-so.js` and `say-so_bg.wasm`.
    ///
    /// # Errors
    /// As [`Self::module`], or if they can't be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let module = self.module(&self.interface.imports, &Names::default())?;
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(folder.join(widget::NAME).with_extension("js"), module))
            .and_then(|()| fs::copy(self.wasm(), folder.join(wasm_name())))
            .map(drop)
            .with_context(|| format!("the glue can't be written into {}", folder.display()))
    }
}

fn wasm_name() -> String {
    format!("{}_bg.wasm", widget::NAME)
}

/// The module that names what the wasm imports, and what the panel's functions are.
fn entry(imports: &BTreeSet<String>, public: &BTreeSet<String>, names: &Names) -> String {
    // A quoted name is one that esbuild leaves alone.
    let member = |key: &str, name: &str| format!("  {}: glue.{name},\n", json!(key));
    let given: String = imports.iter().map(|name| member(names.imports.get(name).unwrap_or(name), name)).collect();
    let panel: String = public.iter().map(|name| member(name, name)).collect();
    let (_, others) = split(&names.exports);
    let others: String = others.iter().map(|(name, short)| format!(" {}: exports.{short},", json!(name))).collect();
    let bind = match &*others {
        "" => "glue.__wbg_set_wasm".into(),
        others => format!("(exports) => glue.__wbg_set_wasm({{ ...exports,{others} }})"),
    };
    let bindings = format!("./{}_bg.js", widget::NAME);
    let module = names.module.as_ref().unwrap_or(&bindings);
    format!(
        "import * as glue from {bindings};\n\
         import {{ starter }} from './start.js';\n\n\
         export default starter({module}, {{\n{given}}}, {bind}, {{\n{panel}}});\n",
        bindings = json!(bindings),
        module = json!(module),
    )
}

/// The exports' names that can be replaced wherever a property is named so, for no browser has such properties,
/// and the others.
fn split(exports: &BTreeMap<String, String>) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    exports.clone().into_iter().partition(|(name, _)| name.contains("__"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).into()).collect()
    }

    fn map(names: &[(&str, &str)]) -> BTreeMap<String, String> {
        names.iter().map(|(from, to)| ((*from).into(), (*to).into())).collect()
    }

    #[test]
    fn the_wasm_gets_what_it_imports_and_the_page_what_is_public() {
        let entry = entry(&set(&["__wbg_focus_1", "__wbg_then_2"]), &set(&["mount"]), &Names::default());
        let expected = r#"import * as glue from "./say-so_bg.js";
import { starter } from './start.js';

export default starter("./say-so_bg.js", {
  "__wbg_focus_1": glue.__wbg_focus_1,
  "__wbg_then_2": glue.__wbg_then_2,
}, glue.__wbg_set_wasm, {
  "mount": glue.mount,
});
"#;
        assert_eq!(entry, expected);
    }

    #[test]
    fn other_names_are_told_on_both_sides() {
        let names = Names {
            module: Some("a".into()),
            imports: map(&[("__wbg_focus_1", "b")]),
            exports: map(&[("memory", "c"), ("mount", "d"), ("__wbindgen_malloc", "e")]),
        };
        let entry = entry(&set(&["__wbg_focus_1"]), &set(&["mount"]), &names);
        let bind = r#"(exports) => glue.__wbg_set_wasm({ ...exports, "memory": exports.c, "mount": exports.d, })"#;
        for part in [r#"starter("a", {"#, r#""b": glue.__wbg_focus_1"#, bind, r#""mount": glue.mount"#] {
            assert!(entry.contains(part), "{part} is missing in {entry}");
        }
    }

    #[test]
    fn only_what_no_browser_has_is_named_anew_everywhere() {
        // `wasm.focus` is the wasm's; but the glue also says `element.focus`.
        let (reserved, others) = split(&map(&[("focus", "a"), ("memory", "b"), ("__wbindgen_malloc", "c")]));
        assert_eq!(reserved, map(&[("__wbindgen_malloc", "c")]));
        assert_eq!(others, map(&[("focus", "a"), ("memory", "b")]));
    }
}
