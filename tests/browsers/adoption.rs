//! The panel adopts the nodes that the loader drew, without anybody noticing.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Engine, Scene, page, until};

use super::gates::{adopted, arrived_once, heard, open, posters, run};

/// The text box.
const FIELD: &str = "document.querySelector('say-so').shadowRoot.querySelector('[name=message]')";

/// Where the selection is, and in which direction it runs.
async fn selection(scene: &Scene) -> Result<(usize, usize, String)> {
    let script = format!("const f = {FIELD}; return [f.selectionStart, f.selectionEnd, f.selectionDirection]");
    scene.browser.script(&script, vec![]).await
}

/// Who types while the wasm arrives keeps the field, the words, the selection and what can be undone.
pub async fn while_typing(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    open(scene, "", "").await?;
    browser.choose("complaint").await?;
    collector.revision(0).await?;
    browser.says(".note", english("noted.complaint")).await?;
    browser.type_into("message", "The glaze is ").await?;
    run(scene, &format!("{FIELD}.setSelectionRange(4, 9, 'backward')")).await?;
    adopted(scene).await?;
    ensure!(browser.value("message").await? == "The glaze is ", "the words are others");
    let selected = selection(scene).await?;
    ensure!(selected == (4, 9, "backward".into()), "there is selected {selected:?}");
    browser.type_text("lid").await?;
    ensure!(browser.value("message").await? == "The lid is ", "it was not typed in place of what was selected");
    // WebKit's driver presses keys past what undoes.
    if scene.engine != Engine::WebKit {
        // From what was typed after the adoption to what was before.
        for expected in ["The glaze is ", ""] {
            until(&format!("{expected:?} to stand there again"), async || {
                browser.undo().await?;
                Ok((browser.value("message").await? == expected).then_some(()))
            })
            .await?;
        }
    }
    browser.paste("message", "'The lid is blue'").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.body["page"]["title"].is_string(), "what was shown did not go along: {}", words.text);
    ensure!(posters(scene).await? == ["panel"], "it was not the panel that posted");
    arrived_once(scene, "The lid is blue").await?;
    let [noting, noted, sending] = ["noting", "noted.complaint", "sending"].map(english);
    heard(scene, &[noting, noted, sending]).await
}

/// Who composes a character while the wasm arrives goes on composing. Only Chromium's driver has an input method.
pub async fn while_composing(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene, "", "data-one-click=off").await?;
    browser.choose("praise").await?;
    browser.type_into("message", "一").await?;
    let listen = format!("window.ended = 0; {FIELD}.addEventListener('compositionend', () => ended++)");
    run(scene, &listen).await?;
    browser.compose("すし").await?;
    ensure!(browser.value("message").await? == "一すし", "nothing is composed");
    adopted(scene).await?;
    ensure!(browser.value("message").await? == "一すし", "what was composed is gone");
    ensure!(selection(scene).await?.0 == 3, "the caret is elsewhere");
    browser.compose("すしや").await?;
    ensure!(browser.value("message").await? == "一すしや", "the composition was broken off");
    ensure!(browser.script::<u32>("return ended", vec![]).await? == 0, "the composition has ended");
    browser.insert("寿司屋").await?;
    ensure!(browser.value("message").await? == "一寿司屋", "it says {:?}", browser.value("message").await?);
    browser.send().await?;
    browser.phase("sent").await?;
    arrived_once(scene, "一寿司屋").await
}

/// A policy without `'wasm-unsafe-eval'` leaves first aid in charge.
pub async fn refused_by_the_policy(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("without WebAssembly");
    // Not every engine reports what it refuses to compile as a violation.
    scene.allow("wasm-eval");
    scene.allow("script-src");
    let source = collector.address();
    let policy = format!(
        "default-src 'none'; img-src 'self'; script-src 'self' {source}; connect-src {source}; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let address = scene.site.page(
        "/",
        &page("", &scene.tag(&collector.endpoint(), "")),
        &[("Content-Security-Policy", &policy)],
    )?;
    browser.goto(&address).await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The handle is loose.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("The handle is loose."), "it arrived as {}", words.text);
    Ok(())
}
