//! Fingers that tap twice, hold a key, or land where something else stood a moment ago.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Engine, Scene, page};
use serde::Deserialize;

use super::held::{says, tasks};

/// Where an element stands, in CSS pixels.
#[derive(Debug, Deserialize)]
struct Place {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Place {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

async fn place(scene: &Scene, selector: &str) -> Result<Place> {
    scene.browser.seen(selector).await?;
    let script = "const { left, top, right, bottom } = [...document.querySelector('say-so').shadowRoot.querySelectorAll(arguments[0])]
            .find(element => element.getClientRects().length > 0).getBoundingClientRect();
        return { left, top, right, bottom }";
    scene.browser.script(script, vec![selector.into()]).await
}

/// Opens a page so small that the panel comes under the finger.
async fn small(scene: &Scene) -> Result<()> {
    let inner = scene.site.page("/inner", &page("", &scene.tag(&scene.collector.endpoint(), "")), &[])?;
    let style = "position:fixed;left:0;top:0;width:390px;height:420px;border:0";
    scene.open_page("", &format!("<iframe src=\"{inner}\" style=\"{style}\"></iframe>")).await?;
    scene.browser.enter_frame().await
}

/// Makes sure that the panel is open, and nothing has been chosen in it.
async fn nothing_chosen(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    browser.seen("[value=suggestion]").await?;
    browser.arrived().await?;
    tasks(scene).await?;
    browser.phase("choose").await?;
    ensure!(scene.collector.revisions().await?.is_empty(), "the second tap was posted");
    Ok(())
}

/// Two quick taps on the floating button open the panel, and choose nothing in it.
pub async fn on_the_launcher(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    small(scene).await?;
    let launcher = place(scene, "[part~=launcher]").await?;
    browser.double_click("[part~=launcher]").await?;
    browser.seen("[value=suggestion]").await?;
    let kind = place(scene, "[value=suggestion]").await?;
    ensure!(launcher.meets(&kind), "nothing comes under the finger: {launcher:?}, {kind:?}");
    nothing_chosen(scene).await?;
    // A click elsewhere, or by a script, acts at once.
    browser.script::<()>("saySo.close(); saySo.open()", vec![]).await?;
    let both = "const root = document.querySelector('say-so').shadowRoot;
        root.querySelector('[value=praise]').click();
        root.querySelector('[value=complaint]').click()";
    browser.script::<()>(both, vec![]).await?;
    browser.seen("[value=complaint][aria-pressed=true]").await?;
    collector.revision(1).await?;
    Ok(())
}

/// The same by a finger.
pub async fn by_touch(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    if scene.engine != Engine::Chromium {
        return Ok(());
    }
    small(scene).await?;
    let Place { left, top, right, bottom } = place(scene, "[part~=launcher]").await?;
    browser.tap_twice(f64::midpoint(left, right), f64::midpoint(top, bottom)).await?;
    nothing_chosen(scene).await
}

/// Two quick taps on the page's own element: the panel comes under the finger, and nothing is chosen in it.
pub async fn on_a_trigger(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let trigger = "<button id=ours data-say-so-open style='position:fixed;right:150px;bottom:90px'>Tell us</button>";
    scene.open_page("", &[trigger, &scene.tag(&collector.endpoint(), "data-launcher=none")].concat()).await?;
    scene.loaded().await?;
    browser.double_click_on_page("#ours").await?;
    nothing_chosen(scene).await
}

/// Where the panel has gone, the second of two quick taps on what closed it is not one on the page.
pub async fn on_close(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let cover = "<button style='position:fixed;inset:0' onclick='window.pressed = (window.pressed ?? 0) + 1'></button>";
    scene.open_page("", &[cover, &scene.tag(&collector.endpoint(), "")].concat()).await?;
    browser.launch().await?;
    browser.double_click(".close").await?;
    browser.gone("[part~=panel]").await?;
    tasks(scene).await?;
    let pressed: u32 = browser.script("return window.pressed ?? 0", vec![]).await?;
    ensure!(pressed == 0, "the page got {pressed} clicks");
    Ok(())
}

/// The words beside a box tick it, once.
pub async fn on_labels(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open_with("data-one-click=off").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    browser.click("label[for=reply]").await?;
    browser.seen("[name=email]").await?;
    browser.click("summary").await?;
    browser.click(".sends li:has([name=title]) span").await?;
    let ticked = "const root = document.querySelector('say-so').shadowRoot;
        return [root.querySelector('[name=reply]').checked, root.querySelector('[name=title]').checked]";
    let ticked: [bool; 2] = browser.script(ticked, vec![]).await?;
    ensure!(ticked == [true, false], "ticked are {ticked:?}");
    Ok(())
}

/// Two quick clicks on Send are one: the confirmation stands, and what closes it is elsewhere.
pub async fn on_send(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    collector.revision(0).await?;
    browser.type_into("message", "The lid broke.").await?;
    let send = place(scene, "[part~=send]").await?;
    browser.double_click("[part~=send]").await?;
    browser.phase("sent").await?;
    browser.focused("confirmation").await?;
    tasks(scene).await?;
    let close = place(scene, ".sent [data-do=close]").await?;
    ensure!(!close.meets(&send), "it closes where it was sent: {close:?}, {send:?}");
    ensure!(collector.revisions().await?.len() == 2, "it was sent twice");
    // Nor is the message deleted where that was asked for.
    let ask = place(scene, "[data-do=take-back]").await?;
    browser.double_click("[data-do=take-back]").await?;
    let (sure, keep) = (place(scene, "[data-do=delete]").await?, place(scene, "[data-do=keep]").await?);
    ensure!(!sure.meets(&ask) && keep.meets(&ask), "asked for at {ask:?}, it deletes at {sure:?}, and not at {keep:?}");
    says(scene, "#ask", english("take-back.ask")).await?;
    ensure!(collector.messages().await?.len() == 1, "it is deleted");
    Ok(())
}

/// Two quick clicks on a kind post it once, and another kind can be had as quickly.
pub async fn on_a_kind(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.double_click("[value=praise]").await?;
    browser.phase("write").await?;
    collector.revision(0).await?;
    says(scene, ".note", english("noted.praise")).await?;
    tasks(scene).await?;
    browser.phase("write").await?;
    ensure!(collector.revisions().await?.len() == 1, "it was posted twice");
    browser.click_both("[value=complaint]", "[value=suggestion]").await?;
    browser.seen("[value=suggestion][aria-pressed=true]").await?;
    says(scene, ".note", english("noted.suggestion")).await
}

/// The question whether the message is to be deleted goes away when it is left alone, and the focus goes back.
pub async fn the_question_ends(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let timers = "<script>
        const later = window.setTimeout;
        window.ends = [];
        window.setTimeout = (act, after, ...rest) => (after === 20000 ? ends.push(act) : later(act, after, ...rest));
    </script>";
    scene.open_page(timers, &scene.tag(&scene.collector.endpoint(), "data-one-click=off")).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.click("[data-do=take-back]").await?;
    browser.focused("keep").await?;
    let set: usize =
        browser.script("const count = ends.length; ends.forEach(end => end()); return count", vec![]).await?;
    ensure!(set == 1, "{set} timers were set");
    browser.gone("[data-do=delete]").await?;
    browser.focused("take-back").await
}

/// A key that is held acts once: Enter on a kind begins no lines in the box that gets the focus.
pub async fn held_keys(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.launch().await?;
    browser.arrived().await?;
    // A driver can't hold a key in every engine: these are the events of one that is held.
    let hold = "const root = document.querySelector('say-so').shadowRoot;
        const press = (target, repeat) => target.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', repeat, bubbles: true, composed: true, cancelable: true }));
        const [kind, box] = ['[value=praise]', '[name=message]'].map(selector => root.querySelector(selector));
        const first = press(kind, false);
        const again = press(kind, true);
        const elsewhere = press(box, true);
        const typed = press(box, false) && press(box, true);
        return [first, again, elsewhere, typed]";
    let acted: Vec<bool> = browser.script(hold, vec![]).await?;
    ensure!(acted == [true, false, false, true], "of the keys these acted: {acted:?}");
    ensure!(collector.revisions().await?.is_empty(), "a key that nobody pressed was posted");
    Ok(())
}
