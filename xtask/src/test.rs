//! Every check there is, one step after another.

use std::time::Instant;

use anyhow::{Context, Error, Result, bail, ensure};
use clap::Args;

use crate::{
    browsers, command, debian, docs, javascript, postgres::Server, size, toolchain, torture, workspace::Workspace,
};

/// Which checks `cargo xtask test` runs.
#[derive(Args)]
pub struct Test {
    /// Only the steps whose names contain this
    #[arg(long)]
    only: Option<String>,
    /// Handed on to the browser tests, such as a part of a test's name
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// What a step does.
enum Work {
    /// A command of cargo's.
    Cargo(&'static str),
    /// Something of our own.
    Ours(fn(&Workspace) -> Result<()>),
    /// The browser tests, which take arguments.
    Browsers,
}

/// The steps, the quickest first.
const STEPS: [(&str, Work); 34] = [
    ("set-up: rust", Work::Ours(rust)),
    ("format", Work::Cargo("fmt --all --check")),
    ("tree: no server in the widget", Work::Ours(tree)),
    ("clippy: say-so", Work::Cargo("clippy --quiet --package say-so --all-targets -- --deny warnings")),
    (
        "clippy: say-so, ssr and schema",
        Work::Cargo("clippy --quiet --package say-so --all-targets --features ssr,schema -- --deny warnings"),
    ),
    (
        "clippy: say-so, csr",
        Work::Cargo(
            "clippy --quiet --package say-so --lib --features csr --target wasm32-unknown-unknown -- --deny warnings",
        ),
    ),
    ("clippy: say-so-voice", Work::Cargo("clippy --quiet --package say-so-voice --all-targets -- --deny warnings")),
    (
        "clippy: say-so-collector",
        Work::Cargo("clippy --quiet --package say-so-collector --all-targets -- --deny warnings"),
    ),
    (
        "clippy: say-so-studio",
        Work::Cargo(
            "clippy --quiet --package say-so-studio --all-targets --target wasm32-unknown-unknown -- --deny warnings",
        ),
    ),
    ("clippy: say-so-fuzz", Work::Cargo("clippy --quiet --package say-so-fuzz --all-targets -- --deny warnings")),
    ("clippy: xtask", Work::Cargo("clippy --quiet --package xtask --all-targets -- --deny warnings")),
    ("clippy: say-so-print", Work::Cargo("clippy --quiet --package say-so-print --all-targets -- --deny warnings")),
    ("clippy: say-so-tests", Work::Cargo("clippy --quiet --package say-so-tests --all-targets -- --deny warnings")),
    ("docs: say-so", Work::Cargo("rustdoc --quiet --package say-so --lib -- --deny warnings")),
    ("docs: say-so, ssr", Work::Cargo("rustdoc --quiet --package say-so --lib --features ssr -- --deny warnings")),
    ("docs: say-so-voice", Work::Cargo("rustdoc --quiet --package say-so-voice --lib -- --deny warnings")),
    ("docs: say-so-collector", Work::Cargo("rustdoc --quiet --package say-so-collector --lib -- --deny warnings")),
    ("javascript: types", Work::Ours(javascript::types)),
    ("javascript: tests", Work::Ours(javascript::tests)),
    ("tests: say-so", Work::Cargo("test --quiet --package say-so")),
    ("tests: say-so, ssr", Work::Cargo("test --quiet --package say-so --features ssr")),
    ("tests: say-so-voice", Work::Cargo("test --quiet --package say-so-voice")),
    ("tests: say-so-collector", Work::Cargo("test --quiet --package say-so-collector")),
    ("tests: say-so-fuzz", Work::Cargo("test --quiet --package say-so-fuzz")),
    ("postgresql: set-up", Work::Ours(|_| debian::postgresql())),
    ("tests: say-so-collector, on PostgreSQL", Work::Ours(on_postgresql)),
    ("torture, a few rounds", Work::Ours(torture::a_little)),
    ("tests: say-so-studio", Work::Cargo("test --quiet --package say-so-studio")),
    ("documents: what they take from the code", Work::Ours(docs::check)),
    ("tests: xtask", Work::Cargo("test --quiet --package xtask")),
    ("browsers: set-up", Work::Ours(browsers::set_up)),
    ("browsers: collector", Work::Ours(browsers::build)),
    ("browsers: release and its size", Work::Ours(size::check)),
    ("browsers", Work::Browsers),
];

impl Test {
    /// Runs the steps in order, up to the first that fails.
    ///
    /// # Errors
    /// The step that failed, by name.
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        let only = self.only.as_deref().unwrap_or_default();
        let mut steps = STEPS.iter().filter(|(name, _)| name.contains(only)).peekable();
        if steps.peek().is_none() {
            let names: Vec<_> = STEPS.iter().map(|(name, _)| *name).collect();
            bail!("no step's name contains “{only}”; the steps are\n  {}", names.join("\n  "));
        }
        let start = Instant::now();
        for (name, work) in steps {
            println!("── {name}");
            let start = Instant::now();
            self.work(workspace, work).with_context(|| format!("the step “{name}” failed"))?;
            println!("── {name}: {:.1} s", start.elapsed().as_secs_f32());
        }
        println!("── all steps passed in {:.0} s", start.elapsed().as_secs_f32());
        Ok(())
    }

    fn work(&self, workspace: &Workspace, work: &Work) -> Result<()> {
        match work {
            Work::Cargo(arguments) => command::run(command::cargo(&workspace.root, arguments)),
            Work::Ours(step) => step(workspace),
            Work::Browsers => {
                browsers::run(workspace, "test --package say-so-tests --test browsers --", &self.arguments)
            }
        }
    }
}

fn rust(workspace: &Workspace) -> Result<()> {
    toolchain::checkers(workspace)?;
    toolchain::wasm(workspace)
}

/// Runs the collector's tests once more, each on a database of its own on a server that is started for them.
fn on_postgresql(workspace: &Workspace) -> Result<()> {
    let mut server = Server::start(false).map_err(Error::from_boxed)?;
    let mut tests = command::cargo(&workspace.root, "test --quiet --package say-so-collector --lib --test collector");
    tests.env("SAY_SO_TEST_POSTGRES", server.address());
    let tested = command::run(tests);
    if server.has_ended().map_err(Error::from_boxed)? {
        let log = server.log();
        let lines: Vec<_> = log.lines().collect();
        bail!(
            "PostgreSQL ended while it was asked; it said last\n{}",
            lines[lines.len().saturating_sub(20)..].join("\n")
        );
    }
    tested
}

/// Makes sure that nothing of the server's has come into the visitor's browser through a feature, and that the widget itself
/// names the crates that draw, post and hand over.
fn tree(workspace: &Workspace) -> Result<()> {
    let arguments = format!(
        "tree --quiet --package say-so --features csr --target {} --edges normal --prefix none --format {{p}}",
        toolchain::WASM
    );
    let tree = command::output(command::cargo(&workspace.root, &arguments))?;
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    let strays: Vec<_> = names.filter(|name| ["axum", "hyper", "sqlx", "tokio"].contains(name)).collect();
    if !strays.is_empty() {
        bail!("the widget's dependencies contain {}", strays.join(", "));
    }
    let own = command::output(command::cargo(&workspace.root, &format!("{arguments} --depth 1")))?;
    for name in ["leptos", "gloo-net", "serde-wasm-bindgen"] {
        ensure!(own.lines().any(|line| line.split(' ').next() == Some(name)), "the widget does not depend on {name}");
    }
    Ok(())
}
