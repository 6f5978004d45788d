//! Others work on the widget's nodes too: translators, extensions, the page itself.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Scene, until};

use super::{
    gates::{arrived_once, open, run},
    held,
};

const WORDS: &str = "The lid broke.";

/// The frame that holds the panel, for the scripts below.
const FRAME: &str = "const frame = document.querySelector('say-so').shadowRoot.querySelector('.frame');";

/// What translators do: each text stands in two elements of theirs.
const TRANSLATE: &str = "
    const walk = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) if (walk.currentNode.data.trim()) texts.push(walk.currentNode);
    for (const text of texts) {
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        text.replaceWith(outer);
        outer.append(inner);
        inner.append(text);
    }";

/// Writes to a panel whose nodes somebody changes while the wasm is held back, and lets it through.
async fn changed(scene: &Scene, change: &str) -> Result<()> {
    let browser = &scene.browser;
    open(scene, "", "").await?;
    browser.choose("complaint").await?;
    scene.collector.revision(0).await?;
    browser.type_into("message", "The lid ").await?;
    run(scene, &[FRAME, change].concat()).await?;
    run(scene, "free('wasm')").await?;
    browser.arrived().await?;
    browser.type_into("message", "broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    held::says(scene, ".quote", WORDS).await?;
    arrived_once(scene, WORDS).await
}

/// An element of somebody else's stands first in the panel, among the fields and in a button.
pub async fn an_element(scene: &Scene) -> Result<()> {
    let change = "for (const parent of ['.panel', '.write', '.kind', '.note', '[part=send]'])
        frame.querySelector(parent).prepend(Object.assign(document.createElement('i'), { textContent: 'New!' }));
        frame.prepend(document.createElement('i'));";
    changed(scene, change).await?;
    let left: u32 = scene.browser.script(&format!("{FRAME} return frame.querySelectorAll('i').length"), vec![]).await?;
    ensure!(left == 0, "it still stands there");
    Ok(())
}

/// A translator has put every text into elements of its own.
pub async fn a_translator(scene: &Scene) -> Result<()> {
    changed(scene, TRANSLATE).await
}

/// Translators that put words of their own in the place of each text: some beside it, before they take it out.
const REPLACE: &str = "
    const walk = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) if (walk.currentNode.data.trim() && !walk.currentNode.parentNode.closest('font')) texts.push(walk.currentNode);
    texts.forEach((text, number) => {
        const other = document.createElement('font');
        other.textContent = 'Altro';
        if (number % 2) text.replaceWith(other);
        else {
            text.parentNode.insertBefore(other, text);
            text.remove();
        }
    });";

/// What a translator says in place of ours stands until ours is another: what the visitor reads then is what is sent.
pub async fn a_translator_of_its_own_words(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene, "", "").await?;
    run(scene, "free('wasm')").await?;
    browser.arrived().await?;
    run(scene, &[FRAME, REPLACE].concat()).await?;
    browser.choose("suggestion").await?;
    let bare = scene.collector.revision(0).await?;
    ensure!(bare.body["kind"] == "suggestion", "the click is {}", bare.text);
    for (selector, key) in [("label[for=message]", "suggestion.prompt"), ("[part~=send]", "suggestion.send")] {
        browser.says(selector, english(key)).await?;
    }
    run(scene, &[FRAME, REPLACE].concat()).await?;
    browser.choose("praise").await?;
    for (selector, key) in [("label[for=message]", "praise.prompt"), ("[part~=send]", "praise.send")] {
        browser.says(selector, english(key)).await?;
    }
    browser.type_into("message", WORDS).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.says("#title", english("thanks.praise")).await?;
    arrived_once(scene, WORDS).await
}

/// Texts and elements are taken out, the box for the words not among them.
pub async fn taken_out(scene: &Scene) -> Result<()> {
    let change = "for (const out of ['.note', 'h2', '.kind svg', 'label', '.problem', '[part=name]'])
        frame.querySelector(out).remove();
        frame.querySelector('[part=send]').textContent = '';";
    changed(scene, change).await
}

/// What is ours stands in another order.
pub async fn moved(scene: &Scene) -> Result<()> {
    let change = "const kinds = frame.querySelector('.kinds'); kinds.append(kinds.firstChild);
        frame.querySelector('.panel').prepend(frame.querySelector('.note'));";
    changed(scene, change).await
}

/// After the adoption, too: whatever is done to the texts then, the words arrive.
pub async fn later(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene, "", "").await?;
    run(scene, "free('wasm')").await?;
    browser.arrived().await?;
    run(scene, &[FRAME, TRANSLATE].concat()).await?;
    browser.choose("suggestion").await?;
    let bare = scene.collector.revision(0).await?;
    ensure!(bare.body["kind"] == "suggestion", "the click is {}", bare.text);
    run(scene, &[FRAME, TRANSLATE].concat()).await?;
    run(
        scene,
        &format!("{FRAME} frame.querySelector('.note').remove(); frame.querySelector('.write').prepend('New!')"),
    )
    .await?;
    browser.type_into("message", WORDS).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    until("the confirmation", async || Ok(browser.text("[part~=confirmation]").await?.contains(WORDS).then_some(())))
        .await?;
    arrived_once(scene, WORDS).await
}
