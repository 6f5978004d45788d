//! The glue that wasm-bindgen writes between JavaScript and wasm, and what of it is needed.
//!
//! wasm-bindgen writes an entry for each function that any crate might call; once the wasm is as small
//! as can be, much of that is dead. The glue's layout is that of the locked version; where it differs,
//! reading it fails.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};

/// What the imports' object starts with.
const START: &str = "    const import0 = {\n        __proto__: null,\n";
/// What follows its last entry.
const END: &str = "    };\n    return {\n        __proto__: null,\n        \"";
/// The variable that holds the wasm's exports.
const EXPORTS: &str = "wasm.";
/// What the glue exports, instead of what wasm-bindgen would.
const BOOT: &str = include_str!("boot.js");

/// The glue in parts.
pub struct Glue {
    /// All before the first import.
    head: String,
    /// The functions that the wasm imports, by name: all after the name.
    imports: BTreeMap<String, String>,
    /// The name of the module that the wasm imports from.
    module: String,
    /// All after that name.
    tail: String,
}

impl Glue {
    /// Reads what wasm-bindgen has written.
    ///
    /// # Errors
    /// If it isn't laid out as expected.
    pub fn parse(text: &str) -> Result<Self> {
        let parts = || {
            let (head, rest) = text.split_once(START)?;
            let (entries, rest) = rest.split_once(END)?;
            let (module, tail) = rest.split_once('"')?;
            let (tail, _) = tail.rsplit_once("export {")?;
            Some((head, entries, module, tail))
        };
        let (head, entries, module, tail) = parts().context("wasm-bindgen's glue has an unknown layout")?;
        let mut imports = BTreeMap::new();
        let mut last = None;
        for line in entries.split_inclusive('\n') {
            if let Some((name, rest)) = entry(line) {
                imports.insert(name.to_owned(), rest.to_owned());
                last = imports.get_mut(name);
            } else if let Some(body) = &mut last {
                body.push_str(line);
            } else {
                bail!("wasm-bindgen's glue has no import at {line:?}");
            }
        }
        Ok(Self { head: head.into(), imports, module: module.into(), tail: tail.into() })
    }

    /// The module that the wasm imports from.
    pub fn module(&self) -> &str {
        &self.module
    }

    /// The functions that the wasm may import.
    pub fn imports(&self) -> impl Iterator<Item = &str> {
        self.imports.keys().map(String::as_str)
    }

    /// Leaves out the functions that the wasm doesn't import; answers whether there were any.
    pub fn keep(&mut self, imports: &BTreeSet<String>) -> bool {
        let before = self.imports.len();
        self.imports.retain(|name, _| imports.contains(name));
        self.imports.len() < before
    }

    /// The glue as a module.
    pub fn text(&self) -> String {
        self.renamed(&Names::default())
    }

    /// The glue as a module, with other names for what stands between it and the wasm.
    pub fn renamed(&self, names: &Names) -> String {
        let mut text = self.head.clone();
        text.push_str("    const import0 = {\n        __proto__: null,\n");
        for (name, rest) in &self.imports {
            text.push_str(names.imports.get(name).unwrap_or(name));
            text.push_str(rest);
        }
        text.push_str(END);
        text.push_str(names.module.as_ref().unwrap_or(&self.module));
        text.push('"');
        text.push_str(&self.tail);
        text.push_str(BOOT);
        let mut renamed = String::with_capacity(text.len());
        let mut rest = text.as_str();
        for (at, name) in exports(&text) {
            let done = text.len() - rest.len();
            renamed.push_str(&text[done..at]);
            renamed.push_str(names.exports.get(name).map_or(name, String::as_str));
            rest = &text[at + name.len()..];
        }
        renamed + rest
    }
}

/// Shorter names for what stands between glue and wasm.
#[derive(Default)]
pub struct Names {
    /// The module that is imported from, if it has another name.
    pub module: Option<String>,
    /// What the wasm imports.
    pub imports: BTreeMap<String, String>,
    /// What it exports.
    pub exports: BTreeMap<String, String>,
}

/// The names of the wasm's exports that a module uses.
pub fn used(module: &str) -> BTreeSet<String> {
    exports(module).map(|(_, name)| name.to_owned()).collect()
}

/// Where the module names the wasm's exports.
fn exports(module: &str) -> impl Iterator<Item = (usize, &str)> {
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    module.match_indices(EXPORTS).filter_map(move |(at, _)| {
        let start = at + EXPORTS.len();
        let rest = &module[start..];
        let name = &rest[..rest.find(|c| !in_name(c)).unwrap_or(rest.len())];
        (!module[..at].ends_with(|c| in_name(c) || c == '.') && !name.is_empty()).then_some((start, name))
    })
}

/// The name and the rest of a line that starts an import.
fn entry(line: &str) -> Option<(&str, &str)> {
    let name = line.strip_prefix("        ")?;
    let at = name.find(": function(")?;
    (!name.starts_with(' ')).then(|| name.split_at(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = r#"export function mount() {
    wasm.mount();
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_focus_1: function(arg0) {
            arg0.focus();
        },
        __wbg_then_2: function() { return handleError(function (arg0) {
            wasm_bindgen__invoke(arg0, wasm.memory);
        }, arguments); },
    };
    return {
        __proto__: null,
        "./say-so_bg.js": import0,
    };
}
let wasm;
export { initSync, __wbg_init as default };
"#;

    fn names(names: &[(&str, &str)]) -> BTreeMap<String, String> {
        names.iter().map(|(from, to)| ((*from).into(), (*to).into())).collect()
    }

    #[test]
    fn nothing_is_lost_on_the_way() {
        let text = Glue::parse(GLUE).unwrap().text();
        let expected = GLUE.replace("        __wbg", "__wbg");
        let (expected, _) = expected.rsplit_once("export {").unwrap();
        assert_eq!(text, expected.to_owned() + BOOT);
    }

    #[test]
    fn imports_that_the_wasm_has_not_are_left_out() {
        let mut glue = Glue::parse(GLUE).unwrap();
        let kept = BTreeSet::from(["__wbg_then_2".into()]);
        assert!(glue.keep(&kept));
        assert!(!glue.keep(&kept));
        assert!(!glue.text().contains("focus") && glue.text().contains("__wbg_then_2: function"));
    }

    #[test]
    fn exports_are_found_and_named_anew() {
        let glue = Glue::parse(GLUE).unwrap();
        let found: Vec<_> = used(&glue.text()).into_iter().collect();
        assert_eq!(found, ["__wbindgen_start", "memory", "mount"]);
        let names = Names {
            module: Some("a".into()),
            imports: names(&[("__wbg_focus_1", "b")]),
            exports: names(&[("memory", "c"), ("mount", "d")]),
        };
        let text = glue.renamed(&names);
        for part in ["\"a\": import0", "\nb: function(arg0)", "invoke(arg0, wasm.c)", "wasm.d();", "function mount()"] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }

    #[test]
    fn an_unknown_layout_is_an_error() {
        assert!(Glue::parse(&GLUE.replace("import0 =", "imports =")).is_err());
    }
}
