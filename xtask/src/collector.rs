//! A running collector.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
};

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// A running collector; it ends when this is dropped.
pub struct Collector {
    process: Child,
    /// Where it listens, without a slash at the end.
    pub address: String,
    /// A link into its inbox, or where that is. A link works once, for ten minutes.
    pub inbox: String,
}

impl Collector {
    /// Starts the collector built for debugging as `say-so serve`, and waits until it listens.
    ///
    /// # Errors
    /// If it can't be started, or ends at once; it has then said why.
    pub fn start<A: AsRef<OsStr>>(
        workspace: &Workspace,
        arguments: impl IntoIterator<Item = A>,
        token: Option<&str>,
    ) -> Result<Self> {
        let mut command = Command::new(workspace.collector());
        command.arg("serve").args(arguments).envs(token.map(|token| ("SAY_SO_INBOX_TOKEN", token)));
        let process = command.stdout(Stdio::piped()).spawn().context("the collector can't be started")?;
        let mut collector = Self { process, address: String::new(), inbox: String::new() };
        let output = collector.process.stdout.take().context("the collector has no output")?;
        let mut lines = BufReader::new(output).lines();
        let address = lines.next().context("the collector ended before it listened")??;
        collector.address = address.trim_end_matches('/').into();
        let inbox = lines.next().context("the collector ended before it told of its inbox")??;
        inbox.trim_start_matches("Inbox: ").clone_into(&mut collector.inbox);
        // What follows has to be read, or it would wait for that one day.
        thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(collector)
    }

    /// How it has ended, if it has.
    ///
    /// # Errors
    /// If the system doesn't say.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.process.try_wait()?)
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        // Both fail only if the collector has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
