//! Takes the README's pictures into a folder: `cargo xtask pictures`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use say_so_tests::{Look, Scene, show, until};

const DESK: Look = Look { width: 1120, height: 800, scale: 2.0, dark: false, phone: false };
const NIGHT: Look = Look { dark: true, ..DESK };
const PHONE: Look = Look { width: 390, height: 780, scale: 2.0, dark: false, phone: true };

const WORDS: &str = "The jug is lovely, but its lid arrived in two pieces. The straw was all at the bottom of the box.";

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("name the folder for the pictures")?);
    std::fs::create_dir_all(&folder)?;
    show(DESK, async |scene| {
        opened(scene).await?;
        take(scene, &folder, "panel").await
    })?;
    show(DESK, async |scene| {
        opened(scene).await?;
        sent(scene).await?;
        take(scene, &folder, "answer").await?;
        scene.browser.goto(&scene.collector.inbox()).await?;
        take(scene, &folder, "inbox").await
    })?;
    show(NIGHT, async |scene| {
        opened(scene).await?;
        take(scene, &folder, "dark").await
    })?;
    show(PHONE, async |scene| {
        opened(scene).await?;
        // Without the flash under the finger.
        let calm = "const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { -webkit-tap-highlight-color: #0000 }');
            const root = document.querySelector('say-so').shadowRoot;
            root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]";
        scene.browser.script::<()>(calm, vec![]).await?;
        scene.browser.choose("complaint").await?;
        scene.browser.seen("[data-do=undo]").await?;
        take(scene, &folder, "phone").await
    })
}

/// Opens the panel, and waits for its words.
async fn opened(scene: &Scene) -> Result<()> {
    scene.visit("/").await?;
    scene.browser.launch().await?;
    scene.browser.arrived().await
}

/// Leaves words, and an address to reply to.
async fn sent(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    browser.choose("complaint").await?;
    browser.type_into("message", WORDS).await?;
    browser.click("[part~=reply]").await?;
    browser.type_into("name", "Priya").await?;
    browser.type_into("email", "priya@example.com").await?;
    // Whoever writes in less time is taken for a program, and the inbox says so.
    until("a person's time", async || {
        let passed: bool = browser
            .script("window.begun ??= performance.now(); return performance.now() - window.begun > 1600", vec![])
            .await?;
        Ok(passed.then_some(()))
    })
    .await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.part("confirmation").await
}

/// Takes a picture once nothing moves any more.
async fn take(scene: &Scene, folder: &Path, name: &str) -> Result<()> {
    scene.browser.still().await?;
    scene.browser.picture(&folder.join(format!("{name}.png"))).await
}
