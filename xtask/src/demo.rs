//! The demo: a company's pages with the widget on them, and a collector that listens.

use std::{
    ffi::OsString,
    fs,
    net::TcpListener,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;

use crate::{collector::Collector, command, studio, widget, workspace::Workspace};

/// How long the collector may take to end by itself after Ctrl-C.
const FAREWELL: Duration = Duration::from_secs(3);
/// How often the demo looks whether it should end.
const GLANCE: Duration = Duration::from_millis(50);

/// How `cargo xtask demo` is called.
#[derive(Args)]
pub struct Demo {
    /// The port on 127.0.0.1 to serve the demo on
    #[arg(long, default_value_t = 8787)]
    port: u16,
}

impl Demo {
    /// Builds everything, starts the collector, says what to open, and serves until Ctrl-C.
    ///
    /// # Errors
    /// If the port is taken, a build fails, or the collector ends by itself.
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        self.check_port()?;
        println!("Building the widget (the first time takes a few minutes) …");
        widget::build(workspace)?;
        println!("Building the studio …");
        studio::build(workspace, &workspace.widget())?;
        println!("Building the collector …");
        command::run(command::cargo(&workspace.root, "build --package say-so-collector"))?;

        let ended = Arc::new(AtomicBool::new(false));
        let end = Arc::clone(&ended);
        ctrlc::set_handler(move || end.store(true, Ordering::SeqCst)).context("Ctrl-C can't be caught")?;

        let token = token()?;
        let collector = self.start(workspace, &token)?;
        welcome(&collector, &token);
        attend(collector, &ended)
    }

    /// Finds out before a long build whether the port is free.
    fn check_port(&self) -> Result<()> {
        let port = self.port;
        let listener = TcpListener::bind(("127.0.0.1", port));
        listener.map(drop).map_err(|error| {
            anyhow!(
                "port {port} can't be used ({error}). Stop what listens there, or take another port: \
                 cargo xtask demo --port {}",
                port.checked_add(1).unwrap_or(8787)
            )
        })
    }

    fn start(&self, workspace: &Workspace, token: &str) -> Result<Collector> {
        let folder = workspace.target.join("demo");
        fs::create_dir_all(&folder).with_context(|| format!("{} can't be made", folder.display()))?;
        let database = folder.join("say-so.db");
        println!("Feedback is kept in {}", workspace.shown(&database));
        let url = format!("sqlite://{}", database.display());
        let site_file = workspace.root.join("www/say-so.json");
        make_up(workspace, &url, &site_file)?;
        let arguments = [
            OsString::from("--database"),
            url.into(),
            "--site-file".into(),
            site_file.into(),
            "--listen".into(),
            format!("127.0.0.1:{}", self.port).into(),
            "--assets".into(),
            workspace.widget().into(),
            "--pages".into(),
            workspace.root.join("www").into(),
        ];
        Collector::start(workspace, arguments, Some(token))
    }
}

/// Gives the experiment of the demo's pages a made-up past, unless it has one, so that there is something to report from
/// the first minute. The pages are of the site 127.0.0.1.
fn make_up(workspace: &Workspace, database: &str, site_file: &Path) -> Result<()> {
    let mut sample = Command::new(workspace.collector());
    sample.args(["sample", "--database", database, "--site", "127.0.0.1", "--site-file"]).arg(site_file);
    for experiment in command::output(sample)?.lines() {
        println!("The past of its experiment {experiment} is made up");
    }
    Ok(())
}

/// Says what to open.
fn welcome(Collector { address, inbox, .. }: &Collector, token: &str) {
    println!(
        "
Say-so is listening. Open

  {address}/               a company's page, with the button in its corner
  {address}/inline.html    the same, with the three kinds in the page
  {address}/trigger.html   the same, with a link of its own that opens the panel
  {address}/de.html        a page in German; /ar.html is one in Arabic
  {address}/studio.html    the studio, in which the words are written and tried

and read what came in:

  {inbox}

That link works once, for ten minutes. After that, {address}/inbox asks for the token: {token}

Ctrl-C stops it."
    );
}

/// Waits for Ctrl-C, or for the collector to end by itself.
fn attend(mut collector: Collector, ended: &AtomicBool) -> Result<()> {
    while !ended.load(Ordering::SeqCst) {
        if let Some(status) = collector.ended()? {
            bail!("the collector ended ({status})");
        }
        thread::sleep(GLANCE);
    }
    // Ctrl-C in a terminal reaches the collector too, which then finishes what it is answering.
    let asked = Instant::now();
    while collector.ended()?.is_none() && asked.elapsed() < FAREWELL {
        thread::sleep(GLANCE);
    }
    Ok(())
}

/// A fresh key to the inbox: 128 random bits in hexadecimal.
fn token() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("no random numbers: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
