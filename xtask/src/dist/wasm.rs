//! The wasm of a release, as the compiler and wasm-bindgen make it.

use std::path::Path;

use anyhow::Result;

use crate::{
    command,
    glue::Glue,
    toolchain::{self, WASM},
    workspace::Workspace,
};

/// Stack and texts together fit into one page of memory, 64 KiB; adopting the panel takes 34 KiB of the stack. The
/// linker's own choice for it is 16 pages.
const STACK: &str = "-Clink-arg=-zstack-size=53248";
/// No word about a panic is left in the wasm: it traps.
const SILENT: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";
/// The standard library, built for size and without what prints panics.
const STD: &str = "-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size";

/// Which wasm is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// For visitors: as small as can be.
    Release,
    /// For finding a fault: functions keep their names, and panics their words.
    Diagnostic,
}

/// Builds the wasm into a target folder of its own, and has wasm-bindgen treat it.
///
/// # Errors
/// If a part of the build fails; cargo has then said why.
pub fn build(workspace: &Workspace, flavour: Flavour, target: &Path) -> Result<Glue> {
    toolchain::wasm(workspace)?;
    let features = if flavour == Flavour::Release { "csr" } else { "diagnostic" };
    let arguments = format!("build --profile widget --target {WASM} --features {features} --package say-so --lib");
    let mut cargo = command::cargo(&workspace.root, &arguments);
    cargo.arg("--target-dir").arg(target);
    match flavour {
        Flavour::Release => {
            toolchain::sources(workspace)?;
            cargo.args(STD.split_whitespace());
            // The flags are not stable; the pinned compiler takes them all the same.
            cargo.env("RUSTFLAGS", format!("{SILENT} {STACK}")).env("RUSTC_BOOTSTRAP", "1");
        }
        Flavour::Diagnostic => {
            cargo.env("RUSTFLAGS", STACK);
        }
    }
    cargo.env_remove("CARGO_ENCODED_RUSTFLAGS");
    command::run(cargo)?;

    let wasm = target.join(WASM).join("widget/say_so.wasm");
    Glue::bind(workspace, &wasm)
}
