//! What a test finds set up: a site, a collector that takes its feedback, and a browser.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::{Browser, Collector, Engine, Look, Site, drivers::Drivers, site, until};

/// The stage of one test in one engine.
pub struct Scene {
    /// The engine the test runs in.
    pub engine: Engine,
    /// The browser.
    pub browser: Browser,
    /// The site whose pages have the widget.
    pub site: Site,
    /// The collector, on another origin than the site.
    pub collector: Collector,
    expected: Mutex<Vec<String>>,
    allowed: Mutex<Vec<String>>,
    pages: TempDir,
}

impl Scene {
    pub(crate) async fn set(drivers: &Drivers, engine: Engine, look: Option<Look>) -> Result<Self> {
        // First of all: who waits for a browser needs nothing else yet.
        let browser = Browser::open(drivers, engine, look).await?;
        let around = async {
            let pages = TempDir::new()?;
            site::copy_recorded(&workspace().join("www"), pages.path())?;
            let site = Site::start().await?;
            let collector = Collector::start(pages.path(), site.origin())?;
            anyhow::Ok((pages, site, collector))
        };
        match around.await {
            Ok((pages, site, collector)) => Ok(Self {
                engine,
                browser,
                site,
                collector,
                expected: Mutex::default(),
                allowed: Mutex::default(),
                pages,
            }),
            Err(error) => {
                // What went wrong first is what is told.
                drop(browser.close(true).await);
                Err(error)
            }
        }
    }

    /// The tag a web team would paste, with more attributes.
    pub fn tag(&self, endpoint: &str, attributes: &str) -> String {
        let source = self.collector.address();
        format!(
            "<script async crossorigin src=\"{source}/embed.js\" data-endpoint=\"{endpoint}\" {attributes}></script>"
        )
    }

    /// Opens a page of the site with the tag for the collector.
    ///
    /// # Errors
    /// If it can't be opened.
    pub async fn open(&self) -> Result<()> {
        self.open_with("").await
    }

    /// Opens a page of the site with the tag for the collector and more attributes.
    ///
    /// # Errors
    /// If it can't be opened.
    pub async fn open_with(&self, attributes: &str) -> Result<()> {
        self.open_page("", &self.tag(&self.collector.endpoint(), attributes)).await
    }

    /// Opens a page of the site with the tag for another endpoint.
    ///
    /// # Errors
    /// If it can't be opened.
    pub async fn open_at(&self, endpoint: &str, attributes: &str) -> Result<()> {
        self.open_page("", &self.tag(endpoint, attributes)).await
    }

    /// Opens a page of the site with something in its head and at the end of its body.
    ///
    /// # Errors
    /// If it can't be opened.
    pub async fn open_page(&self, head: &str, body: &str) -> Result<()> {
        let address = self.site.page("/", &page(head, body), &[])?;
        self.browser.goto(&address).await
    }

    /// Puts a file beside the demo's pages, or in the place of one; a page gets the recorder.
    ///
    /// # Errors
    /// If it can't be written, or is a page without a head.
    pub fn demo_file(&self, name: &str, text: &str) -> Result<()> {
        let text = if name.ends_with(".html") { site::recorded(text)? } else { text.to_owned() };
        Ok(std::fs::write(self.pages.path().join(name), text)?)
    }

    /// Opens a page of the demo, which the collector serves.
    ///
    /// # Errors
    /// If it can't be opened.
    pub async fn visit(&self, path: &str) -> Result<()> {
        self.browser.goto(&format!("{}{path}", self.collector.address())).await
    }

    /// Waits until the tag's script has run.
    ///
    /// # Errors
    /// If it doesn't.
    pub async fn loaded(&self) -> Result<()> {
        until("the widget on the page", async || {
            let there: bool = self.browser.script("return !!document.querySelector('say-so')", vec![]).await?;
            Ok(there.then_some(()))
        })
        .await
    }

    /// Another collector, with a database of its own, that takes feedback from pages of the origin.
    ///
    /// # Errors
    /// If it doesn't start.
    pub fn another_collector(&self, origin: &str) -> Result<Collector> {
        Collector::start(self.pages.path(), origin)
    }

    /// Another collector, that takes feedback from pages without an origin.
    ///
    /// # Errors
    /// If it doesn't start.
    pub fn collector_for_opaque_origins(&self) -> Result<Collector> {
        Collector::start_with(self.pages.path(), &["--allow-opaque-origins"])
    }

    /// Says that the page will record something that contains this text.
    pub fn expect(&self, text: &str) {
        self.expected.lock().unwrap_or_else(PoisonError::into_inner).push(text.into());
    }

    /// Says that the page may record something that contains this text, where not every engine does.
    pub fn allow(&self, text: &str) {
        self.allowed.lock().unwrap_or_else(PoisonError::into_inner).push(text.into());
    }

    /// Makes sure that what went wrong on the page is what the test expects: by default nothing.
    pub(crate) async fn judge(&self) -> Result<()> {
        let recorded = self.browser.recorded().await?;
        let expected = self.expected.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let allowed = self.allowed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let known = |line: &String| expected.iter().chain(&allowed).any(|text| line.contains(text));
        if let Some(stray) = recorded.iter().find(|line| !known(line)) {
            bail!("the page recorded what nobody expects: {stray}");
        }
        if let Some(missing) = expected.iter().find(|text| !recorded.iter().any(|line| line.contains(*text))) {
            bail!("the page recorded nothing with {missing:?}; it recorded {recorded:?}");
        }
        Ok(())
    }

    /// What helps to understand a failure: a picture, what the page recorded, the collector's log.
    pub(crate) async fn evidence(&self, picture: &Path) -> String {
        let saved = match self.browser.picture(picture).await {
            Ok(()) => format!("picture: {}", picture.display()),
            Err(error) => format!("no picture: {error}"),
        };
        let recorded = match self.browser.recorded().await {
            Ok(recorded) if recorded.is_empty() => "nothing".into(),
            Ok(recorded) => format!("\n  {}", recorded.join("\n  ")),
            Err(error) => error.to_string(),
        };
        let log = self.collector.log();
        let lines: Vec<_> = log.lines().collect();
        let tail = lines[lines.len().saturating_sub(12)..].join("\n  ");
        format!("{saved}\nthe page recorded: {recorded}\nthe collector's log ends:\n  {tail}")
    }

    /// Closes the browser's window, and the browser itself if something went wrong in it.
    pub(crate) async fn close(self, went_well: bool) -> Result<()> {
        self.browser.close(went_well).await.context("the session can't be closed")
    }
}

/// A page of a company's, with something in its head and at the end of its body.
pub fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html>
<html lang=\"en-GB\">
  <head>
    <meta charset=\"utf-8\">
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
    <title>Delivery · Nettle Row Pottery</title>
    {head}
  </head>
  <body>
    <main>
      <h1>Delivery</h1>
      <p>We pack on Mondays and Thursdays. <a href=\"#more\">More</a></p>
      <form><label>Order number <input name=\"order\"></label></form>
    </main>
    {body}
  </body>
</html>
"
    )
}

/// The workspace's root folder.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
