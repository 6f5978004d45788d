//! A visitor's whole way, again and again: for tests that try many pages in one scene.

use anyhow::{Result, bail, ensure};
use say_so_tests::{Scene, until};

/// What went wrong in some of many cases.
#[derive(Default)]
pub struct Cases {
    failed: Vec<String>,
    /// How many lines the pages had recorded before.
    recorded: usize,
}

impl Cases {
    /// Takes down how a case ended, and that its page recorded nothing.
    pub async fn note(&mut self, scene: &Scene, name: &str, outcome: Result<()>) -> Result<()> {
        let recorded = scene.browser.recorded().await?;
        let new = recorded[self.recorded.min(recorded.len())..].join("; ");
        self.recorded = recorded.len();
        match outcome {
            Err(error) => self.failed.push(format!("{name}: {error:#}; the page recorded: {new}")),
            Ok(()) if !new.is_empty() => self.failed.push(format!("{name}: the page recorded: {new}")),
            Ok(()) => {}
        }
        Ok(())
    }

    /// Fails with all that failed.
    pub fn judge(self) -> Result<()> {
        ensure!(self.failed.is_empty(), "{} failed:\n  {}", self.failed.len(), self.failed.join("\n  "));
        Ok(())
    }
}

/// Opens the panel by the floating button, complains in these words, is thanked, and they have arrived once.
pub async fn complain(scene: &Scene, words: &str) -> Result<()> {
    scene.browser.launch().await?;
    write(scene, words).await
}

/// Complains in these words in a panel that is open.
pub async fn write(scene: &Scene, words: &str) -> Result<()> {
    let browser = &scene.browser;
    let before = scene.collector.messages().await?.len();
    browser.choose("complaint").await?;
    browser.click("[part~=message]").await?;
    browser.type_text(words).await?;
    holds(scene, words).await?;
    browser.send().await?;
    thanked(scene, words).await?;
    arrived(scene, before, words).await
}

/// Waits until the box for the words holds these.
pub async fn holds(scene: &Scene, words: &str) -> Result<()> {
    let held =
        until("the words in the box", async || Ok((scene.browser.value("message").await? == words).then_some(())))
            .await;
    if held.is_err() {
        let (box_, focus) = (scene.browser.value("message").await?, scene.browser.focus().await?);
        bail!("the box holds {box_:?}, and the focus is on {focus:?}");
    }
    Ok(())
}

/// Waits until the visitor reads the confirmation, with these words in it.
pub async fn thanked(scene: &Scene, words: &str) -> Result<()> {
    scene.browser.phase("sent").await?;
    scene.browser.says("[part~=confirmation]", words).await
}

/// Makes sure that one message has come since there were so many before, and that the words stand in it, once.
pub async fn arrived(scene: &Scene, before: usize, words: &str) -> Result<()> {
    let messages = scene.collector.messages().await?.len();
    ensure!(messages == before + 1, "{} messages have come, not one", messages - before);
    let mut rows = scene.collector.revisions().await?;
    rows.retain(|row| row.text.contains(words));
    ensure!(rows.len() == 1 && rows[0].message.as_deref() == Some(words), "not these words once: {rows:?}");
    Ok(())
}
