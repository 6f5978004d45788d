//! A collector as a process of its own.

use std::{
    fs::{self, OpenOptions},
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use super::Result;

/// How long it may take to start and to stop.
const PATIENCE: Duration = Duration::from_secs(60);
/// Nothing holds up who posts as fast as it can from one address.
const UNLIMITED: [&str; 12] = [
    "--rate-limit",
    "0",
    "--site-rate-limit",
    "0",
    "--connections",
    "0",
    "--connections-per-address",
    "0",
    "--site-posts-per-day",
    "0",
    "--site-megabytes-per-day",
    "0",
];

/// A running collector. It ends when this is dropped.
pub struct Process {
    child: Child,
    pub address: String,
}

impl Process {
    /// Starts a program on a database, with the log in a folder.
    pub async fn start(program: &Path, database: &str, folder: &Path) -> Result<Self> {
        Self::start_with(program, database, folder, &[]).await
    }

    /// The same, with more options.
    pub async fn start_with(program: &Path, database: &str, folder: &Path, options: &[&str]) -> Result<Self> {
        let log = OpenOptions::new().create(true).append(true).open(log(folder))?;
        let mut command = Command::new(program);
        command.args(["serve", "--listen", "127.0.0.1:0", "--database", database]).args(UNLIMITED).args(options);
        command.env("SAY_SO_INBOX_TOKEN", TOKEN).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.current_dir(folder).kill_on_drop(true).spawn()?;
        let output = child.stdout.take().ok_or("the collector has no output")?;
        let mut lines = BufReader::new(output).lines();
        let first = timeout(PATIENCE, lines.next_line()).await??;
        let Some(first) = first else { return Err(format!("the collector ended:\n{}", last_lines(folder)).into()) };
        let address = first.strip_prefix("http://").ok_or("the collector says no address")?.to_owned();
        Ok(Self { child, address })
    }

    /// Ends it as a loss of power does, as far as a process can be.
    pub async fn kill(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }

    /// Asks it to stop, and waits until it has.
    pub async fn stop(mut self) -> Result<ExitStatus> {
        Command::new("kill").args(["-TERM", &self.id()?.to_string()]).status().await?;
        Ok(timeout(PATIENCE, self.child.wait()).await??)
    }

    /// How much of the machine's memory it has, in KiB.
    pub fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id()?))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("its memory is not said")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    fn id(&self) -> Result<u32> {
        Ok(self.child.id().ok_or("it has ended")?)
    }
}

/// The token of its inbox.
pub const TOKEN: &str = "a-token-for-measuring";

fn log(folder: &Path) -> PathBuf {
    folder.join("log")
}

/// What the collectors of a folder said last.
pub fn last_lines(folder: &Path) -> String {
    let log = fs::read_to_string(log(folder)).unwrap_or_default();
    let lines: Vec<&str> = log.lines().rev().take(20).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
