//! The real collector, with a database of its own.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use sqlx::{Row, SqlitePool, sqlite::SqliteConnectOptions};
use tempfile::TempDir;

use crate::{origin, process::Process, until};

/// What opens the inbox.
pub const TOKEN: &str = "token-of-the-browser-tests";

/// A collector on a port of its own.
pub struct Collector {
    folder: TempDir,
    arguments: Vec<String>,
    address: String,
    process: Mutex<Option<Process>>,
    /// The link into the inbox that it printed last. It works once.
    inbox: Mutex<String>,
}

/// A message as the collector keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The site it is for.
    pub site: String,
    /// The message's own name.
    pub id: String,
    /// What the visitor can quote.
    pub reference: String,
    /// The highest revision.
    pub revision: i64,
    /// The kind of the highest revision.
    pub kind: String,
}

/// A revision as the collector keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Which one it is.
    pub revision: i64,
    /// The visitor's words.
    pub message: Option<String>,
    /// The posted body, to the byte.
    pub text: String,
    /// The posted body.
    pub body: Value,
}

impl Collector {
    /// Starts a collector that serves the widget and the pages of a folder, and takes feedback
    /// from pages of the origin.
    ///
    /// # Errors
    /// If it doesn't start.
    pub fn start(pages: &Path, origin: &str) -> Result<Self> {
        Self::start_with(pages, &["--allow-origin", origin])
    }

    /// The same with options that say from whom it takes feedback.
    pub(crate) fn start_with(pages: &Path, options: &[&str]) -> Result<Self> {
        let folder = TempDir::new()?;
        let path = |path: &Path| path.to_string_lossy().into_owned();
        let arguments = [
            "--database".into(),
            format!("sqlite://{}", path(&folder.path().join("say-so.db"))),
            "--assets".into(),
            path(&widget()?),
            "--pages".into(),
            path(pages),
            // As the demo has it: the report takes from it what the wordings say.
            "--site-file".into(),
            path(&pages.join("say-so.json")),
            // One test may post more than a visitor would.
            "--rate-limit".into(),
            "3000".into(),
        ];
        let arguments = arguments.into_iter().chain(options.iter().map(|option| (*option).to_owned())).collect();
        let mut collector =
            Self { folder, arguments, address: String::new(), process: Mutex::default(), inbox: Mutex::default() };
        loop {
            collector.address = collector.listen("127.0.0.1:0")?;
            let port = collector.address.rsplit(':').next().unwrap_or_default();
            if origin::is_new(port.parse().with_context(|| format!("{} has no port", collector.address))?) {
                return Ok(collector);
            }
        }
    }

    /// Where it listens, such as `http://127.0.0.1:40123`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where feedback is posted to.
    pub fn endpoint(&self) -> String {
        format!("{}/v1/feedback", self.address)
    }

    /// A link into the inbox. It works once, in the ten minutes after the start.
    pub fn inbox(&self) -> String {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives the experiments of the pages' site file a made-up past, as the demo does.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn sample(&self) -> Result<()> {
        let after = |option: &str| self.arguments.iter().skip_while(|argument| *argument != option).nth(1);
        let mut command = Command::new(beside("say-so")?);
        command.arg("sample");
        for option in ["--database", "--site-file"] {
            command.args([option, after(option).with_context(|| format!("the collector has no {option}"))?]);
        }
        let output = command.output()?;
        ensure!(output.status.success(), "no past: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    /// Stops it, so that nothing listens at its address.
    pub fn stop(&self) {
        *self.process() = None;
    }

    /// Starts it again at the same address, with what it kept.
    ///
    /// # Errors
    /// If it doesn't start.
    pub fn start_again(&self) -> Result<()> {
        let address = self.listen(self.address.trim_start_matches("http://"))?;
        ensure!(address == self.address, "the collector listens at {address}, not at {}", self.address);
        Ok(())
    }

    fn process(&self) -> MutexGuard<'_, Option<Process>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn listen(&self, listen: &str) -> Result<String> {
        let log = File::options().create(true).append(true).open(self.folder.path().join("log"))?;
        let mut command = Command::new(beside("say-so")?);
        command.arg("serve").args(["--listen", listen]).args(&self.arguments).env("SAY_SO_INBOX_TOKEN", TOKEN);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut process = Process::start(&mut command)?;
        let output = process.child().stdout.take().context("the collector has no output")?;
        let mut lines = BufReader::new(output).lines();
        let address = lines.next().with_context(|| format!("the collector ended: {}", self.log()))??;
        ensure!(address.starts_with("http://"), "the collector's first line is no address: {address}");
        let link = lines.next().context("the collector ended before it told of its inbox")??;
        let link = link.strip_prefix("Inbox: ").with_context(|| format!("that is no link into the inbox: {link}"))?;
        link.clone_into(&mut *self.inbox.lock().unwrap_or_else(PoisonError::into_inner));
        // Somebody has to read what follows, or the collector would wait for it one day.
        std::thread::spawn(move || lines.for_each(drop));
        *self.process() = Some(process);
        Ok(address.trim_end_matches('/').to_owned())
    }

    /// What it has written to its log.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Every message in its database, the oldest first.
    ///
    /// # Errors
    /// If the database can't be read.
    pub async fn messages(&self) -> Result<Vec<Message>> {
        let rows = sqlx::query("select site, id, reference, revision, kind from message order by created, rowid");
        rows.fetch_all(&self.database().await?)
            .await?
            .into_iter()
            .map(|row| {
                Ok(Message {
                    site: row.try_get("site")?,
                    id: row.try_get("id")?,
                    reference: row.try_get("reference")?,
                    revision: row.try_get("revision")?,
                    kind: row.try_get("kind")?,
                })
            })
            .collect()
    }

    /// Every revision in its database, in the order of their arrival.
    ///
    /// # Errors
    /// If the database can't be read.
    pub async fn revisions(&self) -> Result<Vec<Revision>> {
        let rows = sqlx::query(
            "select body.revision, body.text as body from body join message using (site, id) order by body.rowid",
        );
        rows.fetch_all(&self.database().await?)
            .await?
            .into_iter()
            .map(|row| {
                let text: String = row.try_get("body")?;
                let body: Value = serde_json::from_str(&text)?;
                let message = body["message"].as_str().map(str::to_owned);
                Ok(Revision { revision: row.try_get("revision")?, message, text, body })
            })
            .collect()
    }

    /// The revision of that number, once it has arrived.
    ///
    /// # Errors
    /// If it doesn't arrive.
    pub async fn revision(&self, number: i64) -> Result<Revision> {
        until(&format!("revision {number} in the database"), async || {
            Ok(self.revisions().await?.into_iter().find(|revision| revision.revision == number))
        })
        .await
    }

    /// Every counter in its database, by its variant and step, such as `blunt opened`.
    ///
    /// # Errors
    /// If the database can't be read.
    pub async fn counters(&self) -> Result<BTreeMap<String, i64>> {
        let rows = sqlx::query_as::<_, (String, i64)>(
            "select variant || ' ' || step, sum(count) from counter group by variant, step",
        );
        Ok(rows.fetch_all(&self.database().await?).await?.into_iter().collect())
    }

    async fn database(&self) -> Result<SqlitePool> {
        let options = SqliteConnectOptions::new().filename(self.folder.path().join("say-so.db")).read_only(true);
        Ok(SqlitePool::connect_with(options).await?)
    }
}

/// The folder of the release; `SAY_SO_WIDGET` names another one, such as `target/widget`.
pub fn widget() -> Result<PathBuf> {
    let named = std::env::var_os("SAY_SO_WIDGET").unwrap_or_else(|| "pkg/dist".into());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(named);
    ensure!(folder.join("embed.js").is_file(), "the widget isn't built: `cargo xtask dist` builds it");
    Ok(folder)
}

/// Cargo's target folder, in which these tests were built.
pub fn target() -> Result<PathBuf> {
    let tests = std::env::current_exe()?;
    Ok(tests.ancestors().nth(3).context("the tests stand in no target folder")?.to_owned())
}

/// A program of the workspace's, built beside these tests.
fn beside(name: &str) -> Result<PathBuf> {
    let tests = std::env::current_exe()?;
    let folder = tests.ancestors().nth(2).context("the tests stand in no target folder")?;
    Ok(folder.join(name))
}
