//! A collector that runs as a process, the connections to it, and the databases it is started on: for the torture and for
//! the measurements.

pub mod connection;
pub mod database;
#[path = "../../../xtask/src/postgres.rs"]
#[allow(dead_code, reason = "who measures crashes nothing, and nobody here looks for its programs")]
pub mod postgres;
pub mod process;

use std::process::ExitCode;

/// Prints what went wrong, if something did, and says so to whoever started the program.
pub fn ended(outcome: Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// What goes wrong is only ever printed.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
