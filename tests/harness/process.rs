//! A program that runs beside the tests and ends with them.

use std::{
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

/// How long a program may take to end when asked to.
const FAREWELL: Duration = Duration::from_secs(5);

/// A running program; dropping it ends it.
pub struct Process(Child);

impl Process {
    /// Starts a program.
    ///
    /// # Errors
    /// If there is no such program.
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().with_context(|| {
            format!("{name} can't be started; `cargo xtask test --only browsers` installs and builds what is needed")
        })?;
        Ok(Self(child))
    }

    /// The program's child process, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }

    /// Asks the program to end, and makes it end after 5 s.
    fn end(&mut self) {
        let asked = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw);
        let asked = asked.is_some_and(|pid| kill_process(pid, Signal::TERM).is_ok());
        let start = Instant::now();
        while asked && start.elapsed() < FAREWELL {
            match self.0.try_wait() {
                Ok(None) => thread::sleep(Duration::from_millis(5)),
                _ => return,
            }
        }
        // Both fail only if it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}
