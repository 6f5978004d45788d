//! Choosing a kind is feedback: it makes a row at once, and words are added to it.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Scene, page};

use super::held::says;

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

/// A changed mind is the next revision of the same message.
pub async fn another_kind(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    collector.revision(0).await?;
    browser.says("[role=status]", english("noted.complaint")).await?;
    browser.choose("suggestion").await?;
    let changed = collector.revision(1).await?;
    ensure!(changed.message.is_none() && changed.body["kind"] == "suggestion", "revision 1 is {}", changed.text);
    browser.says("[role=status]", english("noted.suggestion")).await?;
    let messages = collector.messages().await?;
    ensure!(messages.len() == 1 && messages[0].kind == "suggestion", "not one message: {messages:?}");
    Ok(())
}

/// Where one click is off, nothing leaves the page before Send, and then all of it at once.
pub async fn off(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open_with("data-one-click=off").await?;
    browser.launch().await?;
    // It comes with first aid.
    says(scene, ".choose p", english("click.off")).await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Lovely.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let revisions = collector.revisions().await?;
    ensure!(revisions.len() == 1 && revisions[0].message.is_some(), "not the words alone: {revisions:?}");
    Ok(())
}

/// A bare click carries what its line says; what goes along with words is shown, and can be taken out.
pub async fn what_we_send(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, site, .. } = scene;
    let tag = scene.tag(&collector.endpoint(), r#"data-custom='{"plan":"pro"}'"#);
    let page = site.page("/orders", &page("", &tag), &[])?;
    browser.goto(&format!("{page}?secret=1#part")).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.says(".choose p", english("click.on")).await?;
    browser.choose("complaint").await?;
    let bare = collector.revision(0).await?;
    let fields: Vec<_> = bare.body.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    ensure!(
        fields.iter().all(|name| ["v", "site", "id", "revision", "kind", "wording", "page", "sent_at"].contains(name)),
        "the click carries {fields:?}"
    );
    ensure!(bare.body["page"] == serde_json::json!({ "url": page }), "the click carries {}", bare.text);

    browser.click("summary").await?;
    let titled = format!("{} Delivery · Nettle Row Pottery", english("sends.title"));
    for shown in [format!("{} {page}", english("sends.page")), titled, "plan: pro".into()] {
        browser.says(".sends", &shown).await?;
    }
    browser.click("[name=title]").await?;
    browser.click("[name=custom]").await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.body["page"].get("title").is_none(), "the title went along: {}", words.text);
    ensure!(words.body.get("custom").is_none(), "what the site adds went along: {}", words.text);
    ensure!(words.body["page"]["viewport"].is_array(), "the window's size is missing: {}", words.text);
    Ok(())
}
