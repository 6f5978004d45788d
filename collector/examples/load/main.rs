//! What a collector can take: `cargo xtask load`.
//!
//! It says nothing of how fast one is on another machine: whoever posts takes its share of this one.

use std::{fs, path::PathBuf, process::ExitCode};

use clap::{Parser, ValueEnum};

use crate::running::{
    Result,
    database::{Kind, Place},
    process::last_lines,
};

mod counting;
mod inbox;
mod message;
mod posting;
mod rates;
#[path = "../running/mod.rs"]
#[allow(dead_code, reason = "the torture uses more of it")]
mod running;

/// How many files may be open: more than post at once.
const FILES: u64 = 8_192;

#[derive(Parser)]
struct Asked {
    /// The collector's program
    program: PathBuf,
    /// Only on one of the databases
    #[arg(long)]
    only: Option<Kind>,
    /// Only one part
    #[arg(long)]
    part: Option<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Posts a second, too many of them, and memory
    Rates,
    /// The inbox with more and more messages
    Inbox,
    /// What counting costs posting
    Counting,
}

// One thread: the collector needs the others.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    running::ended(run(&Asked::parse()).await)
}

async fn run(asked: &Asked) -> Result<()> {
    rlimit::increase_nofile_limit(FILES)?;
    let program = fs::canonicalize(&asked.program)?;
    for kind in Kind::ALL.into_iter().filter(|kind| asked.only.is_none_or(|only| only == *kind)) {
        println!("\n### {}", kind.name());
        let place = Place::new(kind)?;
        for part in Part::value_variants().iter().filter(|part| asked.part.is_none_or(|only| only == **part)) {
            let measured = match part {
                Part::Rates => rates::measure(&program, &place).await,
                Part::Inbox => inbox::measure(&program, &place, kind).await,
                Part::Counting => counting::measure(&program, &place).await,
            };
            measured.map_err(|fault| format!("{fault}\n{}", last_lines(place.folder.path())))?;
        }
    }
    Ok(())
}
