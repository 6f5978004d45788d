//! A visitor's whole way, again and again: for tests that try many pages in one scene.

use anyhow::{Result, bail, ensure};
use say_so_tests::{Scene, until};
use thirtyfour::Key;

/// Words that are begun.
pub const BEGUN: &str = "The lid broke";

/// What went wrong in some of many cases.
#[derive(Default)]
pub struct Cases {
    failed: Vec<String>,
    /// How many lines the pages had recorded before.
    recorded: usize,
}

impl Cases {
    /// Takes down how a case ended, and that its page recorded nothing.
    pub async fn note(&mut self, scene: &Scene, name: &str, outcome: Result<()>) {
        let new = match scene.browser.recorded().await {
            Ok(recorded) => {
                let new = recorded[self.recorded.min(recorded.len())..].join("; ");
                self.recorded = recorded.len();
                new
            }
            Err(error) => format!("{error:#}"),
        };
        match outcome {
            Err(error) => self.failed.push(format!("{name}: {error:#}; the page recorded: {new}")),
            Ok(()) if !new.is_empty() => self.failed.push(format!("{name}: the page recorded: {new}")),
            Ok(()) => {}
        }
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

/// Opens the panel by the floating button and begins words.
pub async fn begin(scene: &Scene) -> Result<()> {
    scene.browser.launch().await?;
    begin_inside(scene).await
}

/// Begins words in a panel that is open.
pub async fn begin_inside(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    browser.choose("complaint").await?;
    browser.click("[part~=message]").await?;
    browser.type_text(BEGUN).await?;
    holds(scene, BEGUN).await
}

/// Finds the words in the box, and adds to them.
pub async fn go_on(scene: &Scene, words: &str, more: &str) -> Result<()> {
    let browser = &scene.browser;
    browser.part("message").await?;
    holds(scene, words).await?;
    browser.click("[part~=message]").await?;
    browser.press(Key::End).await?;
    browser.type_text(more).await?;
    holds(scene, &format!("{words}{more}")).await
}

/// Ends words that were begun, sends them, is thanked, and they have arrived once.
pub async fn end(scene: &Scene, name: &str, before: usize) -> Result<()> {
    let more = format!(", {name}.");
    go_on(scene, BEGUN, &more).await?;
    scene.browser.send().await?;
    let words = [BEGUN, &more].concat();
    thanked(scene, &words).await?;
    arrived(scene, before, &words).await
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

/// Waits until the visitor reads the confirmation, in the panel with these words in it.
pub async fn thanked(scene: &Scene, words: &str) -> Result<()> {
    let browser = &scene.browser;
    // What can't be sent is not waited for.
    until("an end of it", async || {
        let phase = browser.attribute("[part~=panel]", "data-phase").await?;
        Ok(phase.filter(|phase| !["write", "sending"].contains(&phase.as_str())))
    })
    .await?;
    let phase = browser.attribute("[part~=panel]", "data-phase").await?;
    ensure!(phase.as_deref() == Some("sent"), "the panel says: {}", browser.text("[part~=problem]").await?);
    match browser.owner().await?.as_deref() {
        Some("panel") => browser.says("[part~=confirmation]", words).await,
        _ => browser.part("confirmation").await,
    }
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
