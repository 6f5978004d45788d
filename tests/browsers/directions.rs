//! From right to left: the widget is a mirror image, and names and words keep their own direction.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Scene, said};

use super::held::{self, says, spoken};

/// Whether an element of the widget stands in the left half of the window.
async fn is_left(scene: &Scene, selector: &str) -> Result<bool> {
    scene.browser.seen(selector).await?;
    let script = "const { left, right } = document.querySelector('say-so').shadowRoot.querySelector(arguments[0]).getBoundingClientRect();
        return left + right < innerWidth";
    scene.browser.script(script, vec![selector.into()]).await
}

/// In which direction an element of the widget runs.
async fn direction(scene: &Scene, selector: &str) -> Result<String> {
    let script =
        "return getComputedStyle(document.querySelector('say-so').shadowRoot.querySelector(arguments[0])).direction";
    scene.browser.script(script, vec![selector.into()]).await
}

/// The end of a line is on the left in Arabic and Hebrew, and so are the button and the panel.
pub async fn sides(scene: &Scene) -> Result<()> {
    for (lang, position, left, direction) in [
        ("en", "end", false, "ltr"),
        ("ar", "end", true, "rtl"),
        ("he", "start", false, "rtl"),
        ("de", "start", true, "ltr"),
    ] {
        // The page's own direction plays no part.
        held::open(scene, lang, "", &format!("data-position={position}")).await?;
        ensure!(
            is_left(scene, ".launcher").await? == left,
            "{lang}: the button at the {position} is on the other side"
        );
        scene.browser.launch().await?;
        says(scene, "#title", &said(lang, "title")?).await?;
        ensure!(is_left(scene, ".frame").await? == left, "{lang}: the panel at the {position} is on the other side");
        ensure!(spoken(scene).await? == format!("{lang} {direction}"), "{lang} is spoken as {}", spoken(scene).await?);
    }
    Ok(())
}

/// Leaves English words under an English name, in a panel that runs from right to left.
async fn leave(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    browser.choose("complaint").await?;
    browser.type_into("message", "The lid broke (twice).").await?;
    browser.click("[part~=reply]").await?;
    browser.type_into("name", "Ada").await?;
    browser.type_into("email", "ada@example.com").await?;
    ensure!(direction(scene, "[part~=message]").await? == "ltr", "English words run from right to left");
    browser.send().await?;
    browser.phase("sent").await?;
    let words = scene.collector.revision(1).await?;
    ensure!(words.body["contact"]["name"] == "Ada", "it arrived as {}", words.text);
    Ok(())
}

/// First aid says no name, and the reference keeps its own direction in an Arabic line.
pub async fn a_latin_name_in_first_aid(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    scene.site.remove("/widget/say-so_bg.wasm");
    held::open(scene, "ar", "", "").await?;
    scene.browser.launch().await?;
    leave(scene).await?;
    says(scene, "#title", &said("ar", "thanks.complaint")?).await?;
    says(scene, "[part~=reference]", &scene.collector.messages().await?[0].reference).await?;
    ensure!(direction(scene, "[part~=reference]").await? == "ltr", "the reference runs from right to left");
    ensure!(direction(scene, "[part~=confirmation]").await? == "rtl", "Arabic runs from left to right");
    Ok(())
}

/// With the wasm in charge: a Latin name and address in Arabic sentences are kept apart from them.
pub async fn a_latin_name_in_the_panel(scene: &Scene) -> Result<()> {
    held::open(scene, "ar", "", "").await?;
    scene.browser.launch().await?;
    scene.browser.arrived().await?;
    leave(scene).await?;
    let heading = said("ar", "thanks.complaint.name")?.replace("{name}", "\u{2068}Ada\u{2069}");
    says(scene, "#title", &heading).await?;
    let reader = format!("\u{2068}{}\u{2069}", said("ar", "reader.us")?);
    let reads = said("ar", "reads.reply")?.replace("{reader}", &reader);
    says(scene, ".reads", &reads.replace("{email}", "\u{2068}ada@example.com\u{2069}")).await?;
    ensure!(direction(scene, ".quote").await? == "ltr", "English words run from right to left");
    ensure!(direction(scene, ".own").await? == "rtl", "Arabic runs from left to right");
    Ok(())
}

/// Arabic words in an English panel run as Arabic does, and nothing of their marks is sent.
pub async fn arabic_words(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "en", "", "").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    let (words, name) = ("الإبريق جميل!", "ليلى");
    browser.type_into("message", words).await?;
    browser.click("[part~=reply]").await?;
    browser.type_into("name", name).await?;
    browser.type_into("email", "layla@example.com").await?;
    ensure!(direction(scene, "[part~=message]").await? == "rtl", "Arabic words run from left to right");
    ensure!(direction(scene, "[part~=name]").await? == "rtl", "an Arabic name runs from left to right");
    ensure!(direction(scene, ".frame").await? == "ltr", "the panel has turned around");
    browser.send().await?;
    browser.phase("sent").await?;
    let heading = english("thanks.praise.name").replace("{name}", &format!("\u{2068}{name}\u{2069}"));
    says(scene, "#title", &heading).await?;
    says(scene, ".quote", words).await?;
    ensure!(direction(scene, ".quote").await? == "rtl", "Arabic words run from left to right");
    let arrived = scene.collector.revision(1).await?;
    ensure!(arrived.message.as_deref() == Some(words), "it arrived as {}", arrived.text);
    ensure!(arrived.body["contact"]["name"] == name, "it arrived as {}", arrived.text);
    Ok(())
}
