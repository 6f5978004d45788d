//! What a wasm takes and gives, by name.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};
use wasmparser::{Parser, Payload};

/// The names of a wasm's imports, whatever module they come from, and of its exports.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Interface {
    /// What it imports.
    pub imports: BTreeSet<String>,
    /// What it exports.
    pub exports: BTreeSet<String>,
}

impl Interface {
    /// The interface of the wasm in a file.
    ///
    /// # Errors
    /// If it can't be read, or is no wasm.
    pub fn read(wasm: &Path) -> Result<Self> {
        let bytes = fs::read(wasm).with_context(|| format!("{} can't be read", wasm.display()))?;
        Self::parse(&bytes).with_context(|| format!("{} is no wasm", wasm.display()))
    }

    fn parse(bytes: &[u8]) -> Result<Self> {
        let mut interface = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        interface.imports.insert(import?.name.into());
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        interface.exports.insert(export?.name.into());
                    }
                }
                _ => {}
            }
        }
        Ok(interface)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(module (import "m" "f" (func)) (import "m" "g" (func)) (memory (export "memory") 1) (export "e" (func 0)))`
    const WASM: &[u8] = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x0d\x02\x01m\x01f\0\0\x01m\x01g\0\0\
        \x05\x03\x01\0\x01\x07\x0e\x02\x06memory\x02\0\x01e\0\0";

    #[test]
    fn imports_and_exports_are_read() {
        let interface = Interface::parse(WASM).unwrap();
        assert!(interface.imports.iter().eq(["f", "g"]));
        assert!(interface.exports.iter().eq(["e", "memory"]));
    }

    #[test]
    fn what_is_cut_short_is_an_error() {
        assert!(Interface::parse(&WASM[..WASM.len() - 2]).is_err());
    }
}
