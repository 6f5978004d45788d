//! The report on wordings, and the mark “Useful” in the inbox, as somebody reads and sets them who is signed in.

use anyhow::{Context, Result, bail, ensure};
use say_so_tests::{Scene, TOKEN, until};
use thirtyfour::Key;

use super::access;

/// Where the focus can stop on a page, at most.
const STOPS: usize = 60;

/// What has the focus: the table that it names, or its text.
const STOP: &str = "const it = document.activeElement;
    const style = getComputedStyle(it);
    const ring = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
    return [it.getAttribute('aria-labelledby') ?? it.textContent.trim(), ring]";

/// Signs in by the form, since the report was asked for without a token, and follows the inbox's link to it.
async fn open(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.demo_file("say-so.json", include_str!("../../www/say-so.json"))?;
    collector.sample()?;
    browser.goto(&format!("{}/inbox/wordings", collector.address())).await?;
    browser.click_on_page("#token").await?;
    browser.type_text(TOKEN).await?;
    browser.press(Key::Enter).await?;
    titled(scene, "Inbox").await?;
    browser.click_on_page("nav a[href$=wordings]").await?;
    titled(scene, "Wordings").await
}

/// Waits for the page of that title.
async fn titled(scene: &Scene, title: &str) -> Result<()> {
    until(&format!("the page {title:?}"), async || {
        let script = "return document.readyState === 'complete' && document.title.startsWith(arguments[0] + ' ')";
        // Nothing comes back from a page that is being left.
        let there: Option<bool> = scene.browser.script(script, vec![title.into()]).await?;
        Ok((there == Some(true)).then_some(()))
    })
    .await
}

/// Presses Tab until the focus is on what is called so, and gives where it was on the way; it is seen everywhere.
async fn tab_to(scene: &Scene, name: &str) -> Result<Vec<String>> {
    let mut stops = Vec::new();
    while stops.len() < STOPS {
        scene.browser.press(Key::Tab).await?;
        let (stop, ring): (String, f64) = scene.browser.script(STOP, vec![]).await?;
        ensure!(ring >= 2.0, "the focus on {stop} can't be seen: its ring is {ring} px wide");
        stops.push(stop.clone());
        if stop == name {
            return Ok(stops);
        }
    }
    bail!("Tab does not reach {name}; it stops at {stops:?}")
}

/// The page scrolls in no other direction than down.
async fn no_wider(scene: &Scene, what: &str) -> Result<()> {
    let script = "const { scrollWidth, clientWidth } = document.documentElement; return [scrollWidth, clientWidth]";
    let [wide, window]: [u32; 2] = scene.browser.script(script, vec![]).await?;
    ensure!(wide <= window, "{what} is {wide} px wide in a window of {window}");
    Ok(())
}

/// The sentence comes first; the keyboard reaches the languages and each table, and a language can be chosen by it.
pub async fn by_keyboard(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene).await?;
    let first = "const main = document.querySelector('main');
        return [main.innerText.trim().split('\\n')[0], main.querySelector('h2#said').innerText]";
    let [first, sentence]: [String; 2] = browser.script(first, vec![]).await?;
    ensure!(first == sentence && first.starts_with("Wording “") && first.contains("brings more answers"), "{first:?}");
    let stops = tab_to(scene, "quality").await?;
    let mut place = 0;
    for stop in ["Inbox", "Sign out", "All languages", "en", "de", "rates", "funnel", "quality"] {
        let at = stops.iter().skip(place).position(|it| it == stop);
        place += at.with_context(|| format!("{stop} is not at its place in {stops:?}"))?;
    }
    no_wider(scene, "the report").await?;
    access::clean_in(scene, "the report", "document").await?;

    // From the start of the page.
    let address: String = browser.script("return location.href", vec![]).await?;
    browser.goto(&address).await?;
    tab_to(scene, "de").await?;
    browser.press(Key::Enter).await?;
    until("the report on German", async || {
        let words = "return [document.querySelector('#said')?.closest('section').innerText ?? '',
            [...document.querySelectorAll('main dl')].map(({ lang, dir }) => lang + ' ' + dir).join()]";
        let found: Option<[String; 2]> = browser.script(words, vec![]).await?;
        let [said, spoken] = found.unwrap_or_default();
        Ok((said.contains("This is about “de” alone.") && spoken == "de ltr,de ltr,de ltr").then_some(()))
    })
    .await
}

/// On phones and desks, by day and by night, axe-core finds nothing, and nothing has to be scrolled sideways.
pub async fn clean(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene).await?;
    for (width, height) in [(1200, 900), (390, 844), (320, 640)] {
        browser.window(width, height).await?;
        for scheme in ["light", "dark"] {
            browser.media("screen", &[("prefers-color-scheme", scheme)]).await?;
            let what = format!("the report, {scheme}, {width} px");
            no_wider(scene, &what).await?;
            access::clean_in(scene, &what, "document").await?;
        }
    }
    browser.goto(&format!("{}/inbox/wordings?site=nobody.example", scene.collector.address())).await?;
    titled(scene, "Wordings").await?;
    no_wider(scene, "the page for what there is not").await?;
    access::clean_in(scene, "the page for what there is not", "document").await
}

/// A message is marked as useful by the keyboard, and the mark is taken away again.
pub async fn useful(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.visit("/").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", "Sell the lids alone.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.goto(&collector.inbox()).await?;
    titled(scene, "Inbox").await?;
    for marked in ["true", "false"] {
        tab_to(scene, "Useful").await?;
        browser.type_text(" ").await?;
        until(&format!("the mark to be {marked}"), async || {
            let script = "return document.querySelector('.useful button')?.ariaPressed ?? ''";
            // As above: nothing comes back from a page that is being left.
            let pressed: Option<String> = browser.script(script, vec![]).await?;
            Ok((pressed.as_deref() == Some(marked)).then_some(()))
        })
        .await?;
        access::clean_in(scene, &format!("the inbox, the mark {marked}"), "document").await?;
    }
    no_wider(scene, "the inbox").await
}
