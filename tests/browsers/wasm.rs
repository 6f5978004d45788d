//! Where the wasm doesn't come, the feedback is taken all the same.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::Scene;

use super::held::says;

/// Leaves words with a widget whose files the site serves itself.
async fn works_without(scene: &Scene) -> Result<()> {
    works_on(scene, "").await
}

/// Leaves words on a page with something in its head.
async fn works_on(scene: &Scene, head: &str) -> Result<()> {
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
    browser.says("[part~=confirmation]", "Sell the lids alone.").await?;
    browser.says("[part~=reference]", &collector.messages().await?[0].reference).await
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
    works_without(scene).await
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
pub async fn no_shell(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("say-so: shell");
    scene.site.remove("/widget/shell.js");
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
