//! A running browser, in which one test after another has a window of its own.

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver, error::WebDriverResult};

use crate::{Engine, Look};

/// A session with a driver, and a browser with a profile of its own.
pub(crate) struct Session {
    /// The driver's side of it.
    pub(crate) driver: WebDriver,
    engine: Engine,
    _profile: TempDir,
}

impl Session {
    /// Starts a browser, in Chromium also one that looks in a certain way.
    ///
    /// # Errors
    /// If the driver at the address gives no session.
    pub(crate) async fn start(address: String, engine: Engine, look: Option<Look>) -> Result<Self> {
        let profile = TempDir::new()?;
        let folder = profile.path().to_string_lossy();
        let wanted = look.map_or_else(|| engine.capabilities(&folder), |look| look.capabilities(&folder));
        let mut capabilities = Capabilities::new();
        for (name, value) in wanted.as_object().into_iter().flatten() {
            capabilities.set(name, value)?;
        }
        let driver = WebDriver::new(address, capabilities).await.with_context(|| format!("no session in {engine}"))?;
        Ok(Self { driver, engine, _profile: profile })
    }

    /// Whether the browser still answers.
    pub(crate) async fn is_alive(&self) -> bool {
        self.driver.window().await.is_ok()
    }

    /// Opens a window without a past in place of those that are open.
    ///
    /// What a page could have stored belongs to its origin, which no later test has. Cookies don't know
    /// ports: those of the last page's host are deleted, in Chromium all. Nothing else outlasts a window,
    /// as long as no test moves it, grants a permission or emulates something.
    ///
    /// # Errors
    /// If the browser can't; it is no good to another test then.
    pub(crate) async fn renew(&self) -> Result<()> {
        let driver = &self.driver;
        let old = driver.windows().await?;
        driver.delete_all_cookies().await?;
        if self.engine == Engine::Chromium {
            driver.cdp().network().clear_browser_cookies().await?;
            driver.cdp().network().clear_browser_cache().await?;
        }
        let new = driver.new_tab().await?;
        for window in old {
            driver.switch_to_window(window).await?;
            driver.close_window().await?;
        }
        driver.switch_to_window(new.clone()).await?;
        ensure!(driver.windows().await? == [new], "there are other windows than the new one");
        if self.engine == Engine::Chromium {
            // Its new tabs open behind the one that was looked at, and have no focus there.
            driver.cdp().send_raw("Page.bringToFront", serde_json::json!({})).await?;
        }
        Ok(())
    }

    /// Ends the browser.
    ///
    /// # Errors
    /// If the driver doesn't answer.
    pub(crate) async fn quit(self) -> WebDriverResult<()> {
        self.driver.quit().await
    }

    /// Ends the browser as well as may be: its driver may have ended, or is about to.
    pub(crate) async fn end(self) {
        let driver = self.driver.clone();
        if self.quit().await.is_err() {
            // Or it would try once more when it is dropped.
            let _ = driver.leak();
        }
    }
}
