//! Bytes that nobody has thought of, looked for by what they make the code do.

use anyhow::Result;
use clap::Args;

use crate::{command, toolchain, workspace::Workspace};

/// The version of cargo-bolero that is built when there is none; the library's is in `fuzz/Cargo.toml`.
const BOLERO: &str = "0.13.4";
/// The tests that take anything: the functions of `fuzz/posted.rs`.
const TARGETS: [&str; 4] = [
    "any_bytes_are_a_submission_or_refused",
    "any_bytes_are_a_withdrawal_or_refused",
    "any_bytes_are_a_step_or_refused",
    "any_text_is_judged",
];
/// How long an input may be, in bytes: more than it takes to reach every rule, and little enough to be quick.
const LENGTH_MAX: &str = "4096";

/// For how long is looked, and at what.
#[derive(Args)]
pub struct Fuzz {
    /// For how many seconds each is tried
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Only those whose names contain this
    #[arg(long)]
    only: Option<String>,
}

impl Fuzz {
    /// Has libFuzzer look for inputs of what strangers post that fail. What it keeps, and what fails, is put into
    /// `__fuzz__` beside the tests, which read it again each time.
    ///
    /// # Errors
    /// If something fails, or can't be built.
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        toolchain::program(workspace, "cargo-bolero", BOLERO, &["--locked"])?;
        let path = command::path_with(&workspace.tools().join("bin"))?;
        for target in TARGETS.iter().filter(|target| self.only.as_ref().is_none_or(|only| target.contains(only))) {
            println!("── {target}");
            let mut cargo = command::cargo(&workspace.root, "bolero test --package say-so-fuzz --profile dev");
            // What guides it are flags of the compiler's that only nightly takes.
            cargo.args(["--rustc-bootstrap", "--sanitizer", "NONE", "--max-input-length", LENGTH_MAX]);
            cargo.args(["-T", &format!("{}s", self.seconds), target]);
            // In a folder of their own: these builds are made with other flags.
            cargo.env("PATH", &path).env("CARGO_TARGET_DIR", workspace.root.join("target/fuzz"));
            command::run(cargo)?;
        }
        Ok(())
    }
}
