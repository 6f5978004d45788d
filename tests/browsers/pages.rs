//! The demo's pages, served by the collector itself: feedback left there stands in the inbox.

use anyhow::{Result, ensure};
use say_so_tests::Scene;

/// Writes, sends, and finds the words in the inbox.
async fn arrives(scene: &Scene, words: &str) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    browser.type_into("message", words).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let reference = browser.text("[part~=reference]").await?;
    browser.goto(&collector.inbox()).await?;
    let inbox: String = browser.script("return document.body.innerText", vec![]).await?;
    ensure!(inbox.contains(words) && inbox.contains(&reference), "the inbox shows {inbox:?}");
    Ok(())
}

/// The page with the button in its corner.
pub async fn index(scene: &Scene) -> Result<()> {
    scene.visit("/").await?;
    scene.browser.launch().await?;
    scene.browser.choose("complaint").await?;
    arrives(scene, "The lid arrived in two pieces.").await
}

/// The page with the kinds in its text.
pub async fn inline(scene: &Scene) -> Result<()> {
    scene.visit("/inline.html").await?;
    scene.browser.choose("praise").await?;
    arrives(scene, "You answered the phone at once.").await
}

/// The page that opens the panel itself.
pub async fn trigger(scene: &Scene) -> Result<()> {
    scene.visit("/trigger.html").await?;
    scene.loaded().await?;
    scene.browser.click_on_page("#more").await?;
    scene.browser.click_on_page("[data-say-so-open=suggestion]").await?;
    scene.browser.phase("write").await?;
    arrives(scene, "A teapot for one.").await
}
