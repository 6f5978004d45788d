//! Where the wasm doesn't come, the feedback is taken all the same.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Scene, until};

use super::held::says;

/// Leaves words with a widget whose files the site serves itself.
async fn works_without(scene: &Scene) -> Result<()> {
    works_on(scene, "").await
}

/// Leaves words on a page with something in its head: first aid takes them to the end.
async fn works_on(scene: &Scene, head: &str) -> Result<()> {
    let browser = &scene.browser;
    leave(scene, head).await?;
    ensure!(browser.owner().await?.as_deref() == Some("aid"), "first aid is not in charge");
    says(scene, "#title", english("thanks.suggestion")).await?;
    browser.focused("confirmation").await?;
    let reference = scene.collector.messages().await?[0].reference.clone();
    says(scene, "[part~=reference]", &reference).await?;
    let said = browser.text("[part~=confirmation]").await?.split_whitespace().collect::<Vec<_>>().join(" ");
    let expected = [english("reference"), &reference, english("done")].join(" ");
    ensure!(said == expected, "it says {said:?}, not {expected:?}");
    browser.click(".sent [data-do=close]").await?;
    browser.gone("[part~=panel]").await?;
    // The next message has a name of its own.
    browser.launch().await?;
    says(scene, "#title", english("title")).await?;
    browser.choose("praise").await?;
    ensure!(browser.value("message").await?.is_empty(), "the words before are still there");
    until("the next click", async || Ok((scene.collector.messages().await?.len() == 2).then_some(()))).await
}

/// Leaves words, which arrive as revision 1 of the message that the click began.
async fn leave(scene: &Scene, head: &str) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let endpoint = collector.endpoint();
    scene
        .open_page(head, &format!("<script async src=/widget/embed.js data-endpoint=\"{endpoint}\"></script>"))
        .await?;
    browser.launch().await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", "Sell the lids alone.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let bare = collector.revision(0).await?;
    let words = collector.revision(1).await?;
    ensure!(words.body["id"] == bare.body["id"], "two messages: {} and {}", bare.text, words.text);
    ensure!(words.message.as_deref() == Some("Sell the lids alone."), "it arrived as {}", words.text);
    Ok(())
}

/// The file is missing.
pub async fn missing(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    scene.site.remove("/widget/say-so_bg.wasm");
    works_without(scene).await
}

/// The file is no wasm.
pub async fn broken(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    scene.site.file("/widget/say-so_bg.wasm", "application/wasm", "not wasm")?;
    works_without(scene).await
}

/// The connection breaks off in the middle of the file.
pub async fn cut_short(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    scene.site.cut_short("/widget/say-so_bg.wasm")?;
    works_without(scene).await
}

/// A proxy keeps the first half of the file, and takes that for all of it.
pub async fn truncated(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    let mut file = scene.site.read("/widget/say-so_bg.wasm")?;
    file.truncate(file.len() / 2);
    scene.site.file("/widget/say-so_bg.wasm", "application/wasm", file)?;
    works_without(scene).await
}

/// The file could run, but has another hash than the one that was released: only a release can tell.
pub async fn wrong_hash(scene: &Scene) -> Result<()> {
    if scene.site.is_release() {
        scene.expect("without WebAssembly");
    }
    let mut file = scene.site.read("/widget/say-so_bg.wasm")?;
    // A section of the name "x" that means nothing.
    file.extend([0, 2, 1, b'x']);
    scene.site.file("/widget/say-so_bg.wasm", "application/wasm", file)?;
    works_without(scene).await
}

/// A proxy spoils its MIME type: it starts all the same, and the console says what to change.
pub async fn wrong_type(scene: &Scene) -> Result<()> {
    scene.expect("application/wasm");
    let file = scene.site.read("/widget/say-so_bg.wasm")?;
    scene.site.file("/widget/say-so_bg.wasm", "text/plain", file)?;
    leave(scene, "").await?;
    scene.browser.arrived().await?;
    says(scene, ".quote", "Sell the lids alone.").await
}

/// The browser is too old to know what wasm is.
pub async fn unknown(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    works_on(scene, "<script>delete window.WebAssembly</script>").await
}

/// What blocks advertisements takes the wasm for some.
pub async fn blocked(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    let block = "<script>
        const fetched = window.fetch;
        window.fetch = (file, ...rest) => (/wasm$/.test(file) ? Promise.reject(new TypeError('blocked')) : fetched(file, ...rest));
    </script>";
    works_on(scene, block).await
}

/// It is wasm, but not ours: it has nothing to begin with.
pub async fn another(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    scene.site.file("/widget/say-so_bg.wasm", "application/wasm", *b"\0asm\x01\0\0\0")?;
    works_without(scene).await
}

/// A proxy keeps the first half of the glue.
pub async fn half_the_glue(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    let mut file = scene.site.read("/widget/say-so.js")?;
    file.truncate(file.len() / 2);
    scene.site.file("/widget/say-so.js", "text/javascript", file)?;
    works_without(scene).await
}

/// The glue is missing.
pub async fn no_glue(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    scene.site.remove("/widget/say-so.js");
    works_without(scene).await
}

/// Nothing but the loader comes: the words stay, and it is said truthfully that they were not sent.
pub async fn no_first_aid(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("say-so: aid");
    scene.site.remove("/widget/aid.js");
    let endpoint = collector.endpoint();
    scene.open_page("", &format!("<script async src=/widget/embed.js data-endpoint=\"{endpoint}\"></script>")).await?;
    browser.launch().await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", "Sell the lids alone.").await?;
    browser.send().await?;
    says(scene, "[role=status]", english("problem")).await?;
    says(scene, "[part~=send]", english("again")).await?;
    ensure!(browser.value("message").await? == "Sell the lids alone.", "the words are gone");
    ensure!(!browser.sees("[part~=confirmation]").await?, "it says thank you all the same");
    ensure!(collector.messages().await?.is_empty(), "something was kept all the same");
    Ok(())
}
