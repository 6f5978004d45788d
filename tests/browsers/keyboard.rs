//! Everything by keyboard alone, and nothing of it for the page around the widget.

use anyhow::{Result, bail, ensure};
use say_so::wording::english;
use say_so_tests::{Browser, Scene, until};
use thirtyfour::Key;

use super::held::says;

/// Where the focus can stop between two parts of the panel, at most.
const STOPS: usize = 24;

/// Presses Tab until the focus is on a part. Gives where it was on the way, and it is seen everywhere.
pub async fn tab_to(browser: &Browser, part: &str) -> Result<Vec<String>> {
    let mut stops = Vec::new();
    while stops.len() < STOPS {
        browser.press(Key::Tab).await?;
        let stop = browser.focus().await?;
        stops.push(stop.clone());
        if stop == part {
            let ring: f64 = browser
                .script(
                    "const focused = document.querySelector('say-so').shadowRoot.activeElement;
                     const style = getComputedStyle(focused);
                     return style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth)",
                    vec![],
                )
                .await?;
            ensure!(ring >= 2.0, "the focus on {part} can't be seen: its ring is {ring} px wide");
            let above: Option<String> = browser
                .script(
                    "const root = document.querySelector('say-so').shadowRoot;
                     const focused = root.activeElement;
                     const { left, top, width, height } = focused.getBoundingClientRect();
                     const above = root.elementFromPoint(left + width / 2, top + height / 2);
                     return focused.contains(above) ? null : above?.outerHTML ?? 'nothing'",
                    vec![],
                )
                .await?;
            ensure!(above.is_none(), "the focus on {part} is hidden by {above:?}");
            return Ok(stops);
        }
    }
    bail!("Tab does not reach {part}; it stops at {stops:?}")
}

/// Presses Shift and Tab until the focus is on a part.
async fn back_to(browser: &Browser, part: &str) -> Result<()> {
    for _ in 0..STOPS {
        browser.back().await?;
        if browser.focus().await? == part {
            return Ok(());
        }
    }
    bail!("Shift and Tab don't reach {part}")
}

/// From the page to the confirmation without a mouse, in the order in which things are read.
pub async fn the_whole_way(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.part("launcher").await?;
    tab_to(browser, "launcher").await?;
    browser.press(Key::Enter).await?;
    browser.focused("title").await?;
    tab_to(browser, "kind complaint").await?;
    tab_to(browser, "kind praise").await?;
    browser.type_text(" ").await?;
    browser.phase("write").await?;
    // The box has the focus then; the kinds stand before it.
    browser.focused("message").await?;
    back_to(browser, "kind suggestion").await?;
    // The click can be taken back as soon as it has been answered.
    says(scene, ".note", english("noted.praise")).await?;
    tab_to(browser, "message").await?;
    browser.type_text("The mug is just right.").await?;
    tab_to(browser, "reply").await?;
    browser.type_text(" ").await?;
    for (part, words) in [("name", "Ada"), ("email", "ada@example.com")] {
        let stops = tab_to(browser, part).await?;
        ensure!(stops.len() == 1, "on the way to {part} the focus stops at {stops:?}");
        browser.type_text(words).await?;
    }
    let stops = tab_to(browser, "send").await?;
    ensure!(stops.len() == 2, "between the address and Send is more than what we receive: {stops:?}");
    browser.press(Key::Enter).await?;
    browser.phase("sent").await?;
    browser.focused("confirmation").await?;
    let words = collector.revision(1).await?;
    let contact = serde_json::json!({ "name": "Ada", "email": "ada@example.com", "reply": true });
    ensure!(words.message.as_deref() == Some("The mug is just right."), "it arrived as {}", words.text);
    ensure!(words.body["contact"] == contact, "the contact arrived as {}", words.text);
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    browser.focused("launcher").await
}

/// Escape closes the panel, gives the focus back, and keeps the words for reopening.
pub async fn escape_keeps_the_words(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.launch().await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", "Sell the lids alone").await?;
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    browser.focused("launcher").await?;
    browser.launch().await?;
    browser.phase("write").await?;
    ensure!(browser.value("message").await? == "Sell the lids alone", "the words are gone");
    browser.type_into("message", ", please.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("Sell the lids alone, please."), "it arrived as {}", words.text);
    ensure!(collector.messages().await?.len() == 1, "reopening began another message");
    Ok(())
}

/// The close button does what Escape does.
pub async fn the_close_button(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open().await?;
    browser.launch().await?;
    browser.click(".close").await?;
    browser.gone("[part~=panel]").await?;
    browser.focused("launcher").await
}

/// The host page's shortcuts hear nothing of what is typed into the panel.
pub async fn keys_stay_inside(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open().await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    let listen = "
        window.heard = [];
        for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'submit'])
            document.addEventListener(type, event => heard.push(`${type} ${event.key ?? ''}`));";
    browser.script::<()>(listen, vec![]).await?;
    browser.type_into("message", "/k?").await?;
    browser.press(Key::Enter).await?;
    until("the typed words", async || Ok((browser.value("message").await? == "/k?\n").then_some(()))).await?;
    let heard: Vec<String> = browser.script("return heard.filter(event => event.startsWith('key'))", vec![]).await?;
    ensure!(heard.is_empty(), "the page heard {heard:?}");
    Ok(())
}
