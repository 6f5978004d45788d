//! Choosing a kind is feedback: it makes a row at once, and words are added to it.

use anyhow::{Result, ensure};
use say_so_tests::Scene;

/// A click on a kind is revision 0; the words are revision 1 of the same message, and answered.
pub async fn a_click_makes_a_row(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    let bare = collector.revision(0).await?;
    ensure!(bare.message.is_none() && bare.body["kind"] == "complaint", "revision 0 is {}", bare.text);

    browser.type_into("message", "The lid arrived in two pieces.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.says("[part~=confirmation]", "The lid arrived in two pieces.").await?;

    let words = collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("The lid arrived in two pieces."), "revision 1 is {}", words.text);
    ensure!(words.body["id"] == bare.body["id"], "two messages: {} and {}", bare.text, words.text);
    let messages = collector.messages().await?;
    ensure!(messages.len() == 1, "not one message: {messages:?}");
    browser.says("[part~=reference]", &messages[0].reference).await
}
