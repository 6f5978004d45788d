//! What a release never runs, though the compiler can't know it: such functions trap at once, and all that only they
//! reach goes with them. A diagnostic build keeps it.
//!
//! The guard around the wasm catches a trap (`src/browser/guard.js`), and first aid goes on. Even so, nothing that a
//! visitor or a page can bring about may reach what is named here.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use wasm_encoder::{
    CodeSection, Function, Module,
    reencode::{Error, Reencode, RoundtripReencoder},
};
use wasmparser::{FunctionBody, KnownCustom, Name, Parser, Payload, TypeRef};

/// The functions by their names in the wasm, without the hashes; and why none of them is missed.
const SNIPPED: &[(&str, &str)] = &[
    (
        "<tachys::renderer::dom::Dom>::add_event_listener_delegated",
        "is only called with tachys's feature `delegation`, which is off; brings a set of names and its hashes",
    ),
    ("<tachys::renderer::dom::Dom>::add_event_listener_delegated::{closure#0}::{closure#0}", "the same"),
    ("<serde_wasm_bindgen::de::Deserializer>::invalid_type_", HAND_OVER),
    ("<serde_wasm_bindgen::error::Error as serde_core::de::Error>::invalid_type", HAND_OVER),
    ("<serde_wasm_bindgen::error::Error as serde_core::de::Error>::invalid_value", HAND_OVER),
    ("<serde_wasm_bindgen::error::Error as serde_core::de::Error>::duplicate_field", HAND_OVER),
    ("<serde_wasm_bindgen::error::Error>::new::<core::fmt::Arguments>", HAND_OVER),
    ("<serde_core::de::Unexpected as core::fmt::Display>::fmt", HAND_OVER),
    ("<serde_core::de::WithDecimalPoint as core::fmt::Display>::fmt", HAND_OVER),
    ("<f64 as core::fmt::Display>::fmt", HAND_OVER),
];
/// Why serde's texts about what can't be read are not missed.
const HAND_OVER: &str = "is only called where first aid and the wasm are not of one version: all that serde reads is \
    what first aid hands over (`src/browser/hand_over.rs`); brings what prints floats";

/// The wasm with those functions cut short.
///
/// # Errors
/// If one of them is not in it any more, or the bytes are no wasm.
pub fn snipped(wasm: &[u8]) -> Result<Vec<u8>> {
    cut(wasm, &SNIPPED.iter().map(|(name, _)| *name).collect())
}

fn cut(wasm: &[u8], names: &BTreeSet<&str>) -> Result<Vec<u8>> {
    let Functions { imported, named } = Functions::read(wasm)?;
    for name in names {
        ensure!(named.values().any(|it| it == name), "the wasm has no function {name}: snip.rs need not name it");
    }
    let bodies = named.iter().filter(|(_, name)| names.contains(name.as_str())).map(|(index, _)| index);
    // The bodies stand in the order of the functions, without those that are imported.
    let bodies = bodies.map(|index| index.checked_sub(imported).context("what is imported can't be snipped"));
    let mut scissors = Scissors { bodies: bodies.collect::<Result<_>>()?, next: 0 };
    let mut module = Module::new();
    scissors.parse_core_module(&mut module, Parser::new(0), wasm)?;
    Ok(module.finish())
}

/// The functions of a wasm.
#[derive(Default)]
struct Functions {
    /// How many are imported; they come first.
    imported: u32,
    /// Their names, by index.
    named: BTreeMap<u32, String>,
}

impl Functions {
    fn read(wasm: &[u8]) -> Result<Self> {
        let mut functions = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        functions.imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                    }
                }
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(subsections) = section.as_known() else { continue };
                    for subsection in subsections {
                        let Name::Function(names) = subsection? else { continue };
                        for naming in names {
                            let naming = naming?;
                            functions.named.insert(naming.index, unhashed(naming.name));
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(functions)
    }
}

/// A name without the hashes behind its crates, such as `core[15266d276e3a2055]`.
fn unhashed(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() > 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => plain += rest,
            _ => plain.extend(["[", part]),
        }
    }
    plain
}

/// Writes a wasm anew, with `unreachable` for these bodies.
struct Scissors {
    bodies: BTreeSet<u32>,
    /// How many bodies have been written.
    next: u32,
}

impl Reencode for Scissors {
    type Error = std::convert::Infallible;

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result<(), Error> {
        let index = self.next;
        self.next += 1;
        if !self.bodies.contains(&index) {
            return RoundtripReencoder.parse_function_body(code, body);
        }
        let mut function = Function::new([]);
        function.instructions().unreachable().end();
        code.function(&function);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(module (import "m" "f" (func $i)) (func $a (call $i)) (func $g (call $i)))`; what `$a` and `$g` are is below.
    const WASM: &[u8] = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x07\x01\x01m\x01f\0\0\x03\x03\x02\0\0\
        \x0a\x0b\x02\x04\0\x10\0\x0b\x04\0\x10\0\x0b\
        \0\x2a\x04name\x01\x23\x03\0\x01i\x01\x17a[0123456789abcdef0]::f\x02\x04g[1]";

    fn bodies(wasm: &[u8]) -> Vec<Vec<u8>> {
        let bodies = Parser::new(0).parse_all(wasm).filter_map(|payload| match payload.unwrap() {
            Payload::CodeSectionEntry(body) => Some(body.as_bytes().to_vec()),
            _ => None,
        });
        bodies.collect()
    }

    #[test]
    fn a_named_function_traps_and_all_others_stay() {
        let cut = cut(WASM, &["a::f"].into()).unwrap();
        assert_eq!(bodies(&cut), [b"\0\0\x0b".to_vec(), b"\0\x10\0\x0b".to_vec()]);
        assert_eq!(Functions::read(&cut).unwrap().named, Functions::read(WASM).unwrap().named);
    }

    #[test]
    fn without_a_name_nothing_changes() {
        assert_eq!(cut(WASM, &BTreeSet::new()).unwrap(), WASM);
    }

    #[test]
    fn what_is_not_there_or_not_a_body_is_an_error() {
        assert!(cut(WASM, &["a::f", "a::g"].into()).is_err());
        assert!(cut(WASM, &["i"].into()).is_err());
        assert!(cut(&WASM[..WASM.len() - 2], &["a::f"].into()).is_err());
    }

    #[test]
    fn only_hashes_are_left_out_of_a_name() {
        assert_eq!(unhashed("<&a[0123456789abcdef]::B as c[ade330e5db25e69]::D>::e"), "<&a::B as c::D>::e");
        for name in ["f::<[u32; 2usize]>", "f[1]", "<[char; 3usize] as g>::h", "["] {
            assert_eq!(unhashed(name), name);
        }
    }
}
