//! What is wrong with a draft is said twice in the same words, and nothing that was typed is lost.

use anyhow::{Result, ensure};
use say_so::wording::{english, fill};
use say_so_tests::{Browser, Scene};

/// Opens the panel at a complaint.
async fn complain(scene: &Scene) -> Result<()> {
    scene.open().await?;
    scene.browser.launch().await?;
    scene.browser.choose("complaint").await
}

/// Presses Send and finds one error: in the summary, which takes the focus, and at the field.
async fn refused(browser: &Browser, field: &str, error: &str) -> Result<()> {
    browser.send().await?;
    browser.focused("problem").await?;
    browser.says("[part~=problem]", english("error.title")).await?;
    browser.says("[part~=problem] a", error).await?;
    browser.says(&format!("#{field}-error"), error).await?;
    let described = browser.attribute(&format!("[part~={field}]"), "aria-describedby").await?;
    ensure!(described.is_some_and(|ids| ids.contains(&format!("{field}-error"))), "{field} isn't tied to its error");
    let invalid = browser.attribute(&format!("[part~={field}]"), "aria-invalid").await?;
    ensure!(invalid.as_deref() == Some("true"), "{field} is not marked as invalid: {invalid:?}");
    browser.click("[part~=problem] a").await?;
    browser.focused(field).await
}

/// Sends what has been mended: the errors go, and the words arrive as they were typed.
async fn mended(scene: &Scene, words: &str) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    browser.send().await?;
    browser.phase("sent").await?;
    let arrived = collector.revision(1).await?;
    ensure!(arrived.message.as_deref() == Some(words), "{words:?} arrived as {:?}", arrived.message);
    let revisions = collector.revisions().await?;
    ensure!(revisions.len() == 2, "a refused draft was posted: {revisions:?}");
    Ok(())
}

/// Without words there is nothing to send; blanks are no words.
pub async fn empty(scene: &Scene) -> Result<()> {
    complain(scene).await?;
    refused(&scene.browser, "message", english("error.message.empty")).await?;
    scene.browser.type_into("message", "   ").await?;
    refused(&scene.browser, "message", english("error.message.empty")).await?;
    scene.browser.type_into("message", "The lid broke.").await?;
    mended(scene, "The lid broke.").await
}

/// Words that are too long stay to be shortened.
pub async fn too_long(scene: &Scene) -> Result<()> {
    complain(scene).await?;
    scene.browser.paste("message", "'x'.repeat(4001)").await?;
    refused(&scene.browser, "message", &fill(&fill(english("error.message.long"), "length", "4,001"), "max", "4,000"))
        .await?;
    ensure!(scene.browser.value("message").await?.len() == 4001, "the words were cut");
    scene.browser.paste("message", "'x'.repeat(4000)").await?;
    mended(scene, &"x".repeat(4000)).await
}

/// A name that is too long stays to be shortened.
pub async fn name_too_long(scene: &Scene) -> Result<()> {
    complain(scene).await?;
    scene.browser.type_into("message", "The lid broke.").await?;
    scene.browser.click("[part~=reply]").await?;
    scene.browser.paste("email", "'ada@example.com'").await?;
    scene.browser.paste("name", "'n'.repeat(101)").await?;
    refused(&scene.browser, "name", &fill(&fill(english("error.name.long"), "length", "101"), "max", "100")).await?;
    scene.browser.paste("name", "'Ada'").await?;
    mended(scene, "The lid broke.").await
}

/// An address that can't be one is asked about, and the words stay.
pub async fn email_wrong(scene: &Scene) -> Result<()> {
    complain(scene).await?;
    scene.browser.type_into("message", "The lid broke.").await?;
    scene.browser.click("[part~=reply]").await?;
    scene.browser.type_into("email", "ada@").await?;
    refused(&scene.browser, "email", english("error.email.wrong")).await?;
    ensure!(scene.browser.value("message").await? == "The lid broke.", "the words are gone");
    scene.browser.type_into("email", "example.com").await?;
    mended(scene, "The lid broke.").await?;
    let arrived = scene.collector.revision(1).await?;
    ensure!(arrived.body["contact"]["email"] == "ada@example.com", "the address is not there: {}", arrived.text);
    Ok(())
}

/// A reply needs an address; not wanting one after all is a way out too, and then no name goes along either.
pub async fn reply_without_email(scene: &Scene) -> Result<()> {
    complain(scene).await?;
    scene.browser.type_into("message", "The lid broke.").await?;
    scene.browser.click("[part~=reply]").await?;
    refused(&scene.browser, "email", english("error.email.missing")).await?;
    scene.browser.type_into("name", "Ada").await?;
    scene.browser.click("[part~=reply]").await?;
    scene.browser.gone("[part~=name]").await?;
    scene.browser.gone("[part~=problem]").await?;
    mended(scene, "The lid broke.").await?;
    let arrived = scene.collector.revision(1).await?;
    ensure!(arrived.body.get("contact").is_none(), "a contact went along: {}", arrived.text);
    Ok(())
}

/// Several errors are listed in the order of the fields.
pub async fn all_at_once(scene: &Scene) -> Result<()> {
    complain(scene).await?;
    scene.browser.click("[part~=reply]").await?;
    scene.browser.paste("name", "'n'.repeat(101)").await?;
    scene.browser.paste("email", "'nobody'").await?;
    scene.browser.send().await?;
    scene.browser.focused("problem").await?;
    let summary = scene.browser.text("[part~=problem]").await?;
    let name = fill(&fill(english("error.name.long"), "length", "101"), "max", "100");
    let places = [english("error.message.empty"), &name, english("error.email.wrong")].map(|error| summary.find(error));
    ensure!(places.iter().all(Option::is_some) && places.is_sorted(), "the summary says {summary:?}");
    Ok(())
}
