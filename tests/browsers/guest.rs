//! A guest on the page: out of the way of what has the focus there, and gone for the visit where it is not wanted.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Scene, said};
use serde_json::json;
use thirtyfour::Key;

use super::held::{self, says, tasks};

/// Fields of the page: one behind the panel, one beside it.
const FIELDS: &str = "<input id=behind style='position:fixed;right:80px;bottom:80px;width:120px'>
    <input id=beside style='position:fixed;left:20px;top:20px;width:120px'>";

/// What gets the focus behind the panel is seen: the panel folds up, and what was being written stays.
pub async fn behind_the_panel(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open_page("", &[FIELDS, &scene.tag(&collector.endpoint(), "")].concat()).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The lid").await?;
    browser.script::<()>("document.querySelector('#beside').focus()", vec![]).await?;
    tasks(scene).await?;
    browser.phase("write").await?;
    browser.focused("beside").await?;
    ensure!(browser.sees("[part~=panel]").await?, "it is gone, and was in nobody's way");
    browser.script::<()>("document.querySelector('#behind').focus()", vec![]).await?;
    browser.gone("[part~=panel]").await?;
    browser.focused("behind").await?;
    browser.type_text("7").await?;
    let typed: String = browser.script("return document.querySelector('#behind').value", vec![]).await?;
    ensure!(typed == "7", "what was typed went elsewhere: {typed:?}");
    browser.launch().await?;
    browser.type_into("message", " broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, ".quote", "The lid broke.").await
}

/// A confirmation that is in the way folds up, too, and stands there again later.
pub async fn behind_a_confirmation(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open_page("", &[FIELDS, &scene.tag(&collector.endpoint(), "data-one-click=off")].concat()).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.focused("confirmation").await?;
    browser.script::<()>("document.querySelector('#behind').focus()", vec![]).await?;
    browser.gone("[part~=panel]").await?;
    browser.launch().await?;
    browser.phase("sent").await?;
    says(scene, ".quote", "The lid broke.").await
}

/// The button can be hidden before the site's own words are there, and whoever goes on in the page is not called back.
pub async fn hidden_before_the_sites_words(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.site.file("/say-so.json", "application/json", "{}")?;
    held::open(scene, "de", &held::back("aid[^/]*js"), "data-config=/say-so.json").await?;
    browser.part("launcher").await?;
    browser.click("[data-do=dismiss]").await?;
    browser.gone("[part~=launcher]").await?;
    browser.click_on_page("[name=order]").await?;
    browser.script::<()>("letThrough()", vec![]).await?;
    says(scene, ".hid [role=status]", &said("de", "launcher.hidden")?).await?;
    says(scene, ".hid .undo", &said("de", "undo")?).await?;
    browser.focused("order").await?;
    browser.click(".hid .undo").await?;
    browser.focused("launcher").await?;
    browser.gone(".hid").await
}

/// Hides the floating button.
async fn hide(scene: &Scene) -> Result<()> {
    scene.browser.click(&format!("[aria-label={}]", json!(english("launcher.hide")))).await?;
    scene.browser.gone("[part~=launcher]").await?;
    says(scene, ".hid [role=status]", english("launcher.hidden")).await?;
    scene.browser.focused("undo").await
}

/// The floating button can be hidden: that can be undone at once, and holds for the visit, also where a page opens the
/// panel itself.
pub async fn the_button_can_be_hidden(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open().await?;
    browser.part("launcher").await?;
    hide(scene).await?;
    browser.press(Key::Enter).await?;
    browser.focused("launcher").await?;
    browser.gone(".hid").await?;
    // Undone, it is there on the next page, too.
    scene.open().await?;
    browser.part("launcher").await?;
    hide(scene).await?;
    browser.click_on_page("[name=order]").await?;
    browser.gone(".hid").await?;
    browser.focused("order").await?;
    scene.open().await?;
    scene.loaded().await?;
    browser.script::<()>("saySo.open()", vec![]).await?;
    browser.focused("title").await?;
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    ensure!(!browser.sees("[part~=launcher]").await?, "it has come back");
    let stored: String =
        browser.script("return JSON.stringify([{ ...sessionStorage }, { ...localStorage }])", vec![]).await?;
    ensure!(stored == r#"[{"saySo":"1"},{}]"#, "there is stored {stored}");
    browser.script("sessionStorage.clear()", vec![]).await
}
