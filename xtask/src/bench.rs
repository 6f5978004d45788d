//! What the widget costs a page, measured in real Chromium beside an empty page.
//!
//! The figures are those of one machine, and only as steady as it is idle; no test depends on them.

mod figures;

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};
use clap::Args;

use crate::{browsers, collector::Collector, command, dist, npm, workspace::Workspace};
use figures::Figures;

/// The packages of the script that visits the pages, which drives Chromium over its DevTools protocol.
const PACKAGES: [&str; 1] = ["playwright-core"];

/// How `cargo xtask bench` is called.
#[derive(Args)]
pub struct Bench {
    /// How often everything is measured
    #[arg(long, default_value_t = 15)]
    runs: u16,
    /// Also visits a page with another build of the widget, in turn: the folder of its files
    #[arg(long, value_name = "FOLDER")]
    beside: Option<PathBuf>,
    /// Also writes the figures into this file, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

impl Bench {
    /// Builds the release, has the collector serve it, and prints what visits cost.
    ///
    /// # Errors
    /// If a build, the collector, Chromium or a visit fails.
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        let tools = workspace.root.join("xtask");
        let chromium = browsers::chromium()?;
        npm::install(&tools, &PACKAGES)?;
        dist::build(workspace)?;
        command::run(command::cargo(&workspace.root, "build --package say-so-collector"))?;

        let folder = workspace.target.join("bench");
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("{} can't be emptied", folder.display()))?;
        }
        fs::create_dir_all(folder.join("pages")).with_context(|| format!("{} can't be made", folder.display()))?;
        // As in real life, the website and the widget have an origin each.
        let database = |name: &str| format!("sqlite://{}", folder.join(name).display());
        let quiet = ["--listen", "127.0.0.1:0", "--rate-limit", "0", "--site-rate-limit", "0"];
        let pages = folder.join("pages").display().to_string();
        let site = Collector::start(
            workspace,
            quiet.into_iter().chain(["--pages", &pages, "--database", &database("site.db")]),
            None,
        )?;
        fs::write(folder.join("pages/empty.html"), page(""))?;
        let mut node = Command::new("node");
        node.arg(tools.join("src/bench/visits.mjs")).arg(chromium).arg(self.runs.to_string());
        node.arg(format!("{}/empty.html", site.address));
        let release = workspace.release();
        // Each stops when it is dropped.
        let mut collectors = Vec::new();
        for (name, files) in [("widget", Some(&release)), ("beside", self.beside.as_ref())] {
            let Some(files) = files.map(|files| files.display().to_string()) else { continue };
            let database = database(&format!("{name}.db"));
            let named = ["--assets", &files, "--allow-origin", &site.address, "--database", &database];
            let collector = Collector::start(workspace, quiet.into_iter().chain(named), None)?;
            let source = &collector.address;
            let tag = format!(
                "<script async crossorigin src=\"{source}/embed.js\" data-endpoint=\"{source}/v1/feedback\"></script>"
            );
            fs::write(folder.join(format!("pages/{name}.html")), page(&tag))?;
            node.arg(format!("{}/{name}.html", site.address));
            collectors.push(collector);
        }
        let printed = command::output(node)?;
        let figures = Figures::parse(&printed)?;
        print!("{}", figures.tables());
        if let Some(file) = &self.json {
            fs::write(file, format!("{:#}\n", figures.json()))
                .with_context(|| format!("{} can't be written", file.display()))?;
        }
        Ok(())
    }
}

/// A page of some text, with the tag.
fn page(tag: &str) -> String {
    let text = "<p>We pack on Mondays and Thursdays, in straw.</p>\n".repeat(40);
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Delivery</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<body>\n<h1>Delivery</h1>\n{text}{tag}\n"
    )
}
