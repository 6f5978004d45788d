//! The project's commands, each one a file of this folder: `cargo xtask demo`, `test`, `size`, …

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod browsers;
mod collector;
mod command;
mod debian;
mod demo;
mod dist;
mod docs;
mod embed;
mod esbuild;
mod fuzz;
mod glue;
mod javascript;
mod load;
mod locales;
mod npm;
mod pictures;
mod postgres;
mod printed;
mod schemathesis;
mod simulate;
mod size;
mod studio;
mod tables;
mod test;
mod toolchain;
mod torture;
mod widget;
mod workspace;

use workspace::Workspace;

/// The project's commands.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds the widget and the collector, and serves the demo page
    Demo(demo::Demo),
    /// Runs every check: format, clippy, native tests, browsers
    Test(test::Test),
    /// Builds the release into pkg/dist/
    Dist(dist::Dist),
    /// Builds the studio beside the widget's files, where the demo serves it
    Studio(studio::Studio),
    /// Builds the release, and compares its bytes with the budget
    Size,
    /// Measures what the widget costs a page, in Chromium beside an empty page
    Bench(bench::Bench),
    /// Tries the statistics of the wordings on thousands of made-up experiments, and prints how often they are wrong
    Simulate,
    /// Measures what a collector can take: posts a second, too many of them, the inbox, what counting costs
    Load(load::Load),
    /// Kills collectors and databases while many post, and looks whether all is there that was acknowledged
    Torture(torture::Torture),
    /// Tries a collector out with what /openapi.json lets it be asked, and with what it doesn't
    Schemathesis,
    /// Looks for bytes that a collector can't bear, guided by what they make it do
    Fuzz(fuzz::Fuzz),
    /// Takes the README's screenshots into www/pictures/, or with --all every screen into target/gallery/
    Pictures(pictures::Pictures),
    /// Writes what the documents take from the code: tables, and the schema of a site's file
    Docs,
    /// Writes the widget's files into a folder (Trunk's hook calls this)
    Embed(embed::Embed),
}

fn main() -> ExitCode {
    let done = Workspace::find().and_then(|workspace| match Cli::parse().task {
        Task::Demo(demo) => demo.run(&workspace),
        Task::Test(test) => test.run(&workspace),
        Task::Dist(dist) => dist.run(&workspace),
        Task::Studio(studio) => studio.run(&workspace),
        Task::Size => size::check(&workspace),
        Task::Bench(bench) => bench.run(&workspace),
        Task::Simulate => simulate::run(&workspace),
        Task::Load(load) => load.measure(&workspace),
        Task::Torture(torture) => torture.run(&workspace),
        Task::Schemathesis => schemathesis::run(&workspace),
        Task::Fuzz(fuzz) => fuzz.run(&workspace),
        Task::Pictures(pictures) => pictures.take(&workspace),
        Task::Docs => docs::write(&workspace),
        Task::Embed(embed) => embed.run(&workspace),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
