//! Dialogs of the page's that keep the focus inside: what a visitor types into the panel never lands in their fields.

use anyhow::{Result, ensure};
use say_so_tests::{Scene, until};
use thirtyfour::Key;

use super::{
    keyboard::tab_to,
    visit::{Cases, arrived, complain, holds, thanked, write},
};

/// Opens a page on which the library's dialog is open, and has the focus in a field for a card's number.
async fn open(scene: &Scene, library: &str) -> Result<()> {
    let source = scene.site.library(library)?;
    let tag = scene.tag(&scene.collector.endpoint(), "");
    // The pages of these companies are longer than the window.
    let html = format!("<p style=\"height: 2000px\"></p>{tag}<script src=\"{source}\"></script>");
    scene.open_page("", &html).await?;
    scene.loaded().await?;
    scene.browser.focused("field").await
}

/// Makes sure that nothing has been written into the dialog's field, and that the dialog is still open.
async fn untouched(scene: &Scene) -> Result<()> {
    let script = "const field = document.querySelector('#field');
        return field?.getClientRects().length ? field.value : null";
    let value: Option<String> = scene.browser.script(script, vec![]).await?;
    ensure!(value.is_some(), "the page's dialog has been closed");
    ensure!(value.as_deref() == Some(""), "the page's field holds {value:?}");
    Ok(())
}

/// The floating button, with the dialog open.
async fn by_launcher(scene: &Scene, library: &str) -> Result<()> {
    open(scene, library).await?;
    complain(scene, &format!("The lid broke, says {library}.")).await?;
    untouched(scene).await
}

/// The dialog's own element opens the panel.
async fn by_trigger(scene: &Scene, library: &str) -> Result<()> {
    open(scene, library).await?;
    scene.browser.click_on_page("#trigger").await?;
    scene.browser.focused("title").await?;
    write(scene, &format!("The handle broke, says {library}.")).await?;
    untouched(scene).await
}

/// The same without a mouse.
async fn by_keyboard(scene: &Scene, library: &str) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let words = format!("The spout broke, says {library}.");
    open(scene, library).await?;
    let before = collector.messages().await?.len();
    browser.press(Key::Tab).await?;
    browser.focused("trigger").await?;
    browser.press(Key::Enter).await?;
    browser.focused("title").await?;
    tab_to(browser, "kind complaint").await?;
    browser.type_text(" ").await?;
    browser.phase("write").await?;
    // Where the box has the focus by now.
    browser.focused("message").await?;
    browser.type_text(&words).await?;
    holds(scene, &words).await?;
    tab_to(browser, "send").await?;
    browser.press(Key::Enter).await?;
    thanked(scene, &words).await?;
    arrived(scene, before, &words).await?;
    untouched(scene).await?;
    // The panel's own Escape, not the dialog's; and back to where the visitor came from.
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    until("the dialog to stay open", async || untouched(scene).await.map(Some)).await?;
    browser.focused("trigger").await
}

async fn every_way(scene: &Scene, library: &str) -> Result<()> {
    let mut cases = Cases::default();
    cases.note(scene, "launcher", by_launcher(scene, library).await).await;
    cases.note(scene, "trigger", by_trigger(scene, library).await).await;
    cases.note(scene, "keyboard", by_keyboard(scene, library).await).await;
    cases.judge()
}

/// Bootstrap pulls the focus back at every `focusin` outside of its modal.
pub async fn bootstrap(scene: &Scene) -> Result<()> {
    every_way(scene, "bootstrap").await
}

/// Radix does, and closes its dialog at a press outside of it, hides its siblings, and takes the pointer from the body.
pub async fn radix(scene: &Scene) -> Result<()> {
    every_way(scene, "radix").await
}

/// focus-trap listens while the document captures, and eats clicks outside.
pub async fn focus_trap(scene: &Scene) -> Result<()> {
    every_way(scene, "focus-trap").await
}

/// A trap that looks for itself where the focus is, at an interval.
pub async fn polling(scene: &Scene) -> Result<()> {
    every_way(scene, "polling-trap").await
}

/// A modal dialog of the browser's: what is outside of it is inert, so the panel has to be inside. Its button is
/// beneath the dialog's backdrop, where no button of the page's can be pressed.
pub async fn native(scene: &Scene) -> Result<()> {
    let mut cases = Cases::default();
    cases.note(scene, "trigger", by_trigger(scene, "native-dialog").await).await;
    cases.note(scene, "keyboard", by_keyboard(scene, "native-dialog").await).await;
    cases.judge()
}
