//! The panel fits where it is opened: on phones, at 200 % zoom, in narrow windows.

use anyhow::{Context, Result, ensure};
use say_so::wording::english;
use say_so_tests::{Scene, page, said};
use serde::Deserialize;

use super::held;

/// An element's place in the window, in CSS pixels.
#[derive(Debug, Deserialize)]
struct Place {
    name: String,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    font: f64,
}

/// Where the panel and all that can be used in it stand, each scrolled to.
const PLACES: &str = "
    const root = document.querySelector('say-so').shadowRoot;
    const places = [];
    for (const element of root.querySelectorAll('[part=panel], button, input, textarea, summary, a')) {
        if (element.getClientRects().length === 0 || element.name === 'trap') continue;
        if (element.part[0] !== 'panel') element.scrollIntoView({ block: 'center' });
        const { left, top, right, bottom } = element.getBoundingClientRect();
        const font = element.matches('textarea, input:not([type=checkbox])') ? parseFloat(getComputedStyle(element).fontSize) : 16;
        places.push({ name: element.part[0] || element.name || element.className || element.localName, left, top, right, bottom, font });
    }
    return places";

/// How far what stands around all of it has been scrolled.
const FRAME: &str = "
    const root = document.querySelector('say-so').shadowRoot;
    for (const element of root.querySelectorAll('input, textarea, summary')) element.scrollIntoView({ block: 'center' });
    return root.querySelector('.frame').scrollTop";

/// Leaves words in a frame of this size, in which everything can be seen and reached.
async fn fits(scene: &Scene, width: u32, height: u32) -> Result<()> {
    let Scene { browser, collector, site, .. } = scene;
    let inner = site.page("/inner", &page("", &scene.tag(&collector.endpoint(), "")), &[])?;
    let frame = format!("<iframe src=\"{inner}\" style=\"width:{width}px;height:{height}px;border:0\"></iframe>");
    scene.open_page("", &frame).await?;
    browser.enter_frame().await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.still().await?;
    let focus = browser.focus().await?;
    ensure!(focus == "title", "the focus went to {focus}, which may bring up a keyboard");
    browser.choose("complaint").await?;
    browser.click("summary").await?;
    browser.send().await?;
    browser.focused("problem").await?;
    browser.still().await?;

    let scrolled: f64 = browser.script(FRAME, vec![]).await?;
    ensure!(scrolled == 0.0 || height <= 400, "the frame itself is scrolled by {scrolled} px");
    for Place { name, left, top, right, bottom, font } in browser.script::<Vec<Place>>(PLACES, vec![]).await? {
        let beside = left < -0.5 || right > f64::from(width) + 0.5;
        // The panel itself may be higher than the window: it scrolls.
        let inside = !beside && (name == "panel" || top >= -0.5 && bottom <= f64::from(height) + 0.5);
        ensure!(inside, "{name} stands at {left}, {top} to {right}, {bottom} in {width} × {height}");
        let checkbox = ["reply", "title", "referrer", "language", "viewport", "custom"].contains(&name.as_str());
        // WCAG 2.2 asks for 24 pixels; a link in a sentence and a box whose label is a target too may be smaller.
        ensure!(name == "a" || checkbox || bottom - top >= 24.0, "{name} is {} px high", bottom - top);
        ensure!(font >= 16.0, "the text in {name} has {font} px: iOS would zoom in");
    }
    let wide: bool = browser
        .script("return document.documentElement.scrollWidth > document.documentElement.clientWidth", vec![])
        .await?;
    ensure!(!wide, "the page scrolls sideways");
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.click(".sent [data-do=close]").await?;
    browser.gone("[part~=panel]").await
}

/// A phone, held upright.
pub async fn phone(scene: &Scene) -> Result<()> {
    fits(scene, 390, 700).await
}

/// A window of 1200 × 900 at 200 %.
pub async fn zoomed(scene: &Scene) -> Result<()> {
    fits(scene, 600, 450).await
}

/// The narrowest window in which nothing may scroll sideways (WCAG 1.4.10).
pub async fn narrow(scene: &Scene) -> Result<()> {
    fits(scene, 320, 400).await
}

/// How much of the panel can't be seen without scrolling, and how far its lower edge is from the window's, in CSS pixels.
const HIDDEN: &str = "
    const root = document.querySelector('say-so').shadowRoot;
    const { scrollHeight, clientHeight } = root.querySelector('.body');
    return [scrollHeight - clientHeight, innerHeight - root.querySelector('.panel').getBoundingClientRect().bottom]";

/// On a phone the first screens and the fields are there without scrolling, above the keyboard, too.
pub async fn without_scrolling(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, site, .. } = scene;
    // No driver brings up a keyboard: this is how a browser tells of it.
    let keyboard = "<script>
        window.keyboard = height => {
            Object.defineProperty(visualViewport, 'height', { value: innerHeight - height, configurable: true });
            visualViewport.dispatchEvent(new Event('resize'));
        };
    </script>";
    let inner = site.page("/inner", &page(keyboard, &scene.tag(&collector.endpoint(), "")), &[])?;
    let frame = format!("<iframe src=\"{inner}\" style=\"width:390px;height:664px;border:0\"></iframe>");
    scene.open_page("", &frame).await?;
    browser.enter_frame().await?;
    browser.launch().await?;
    browser.arrived().await?;
    let fits = async |what: &str, edge: f64| {
        browser.still().await?;
        let [hidden, below] = browser.script::<[f64; 2]>(HIDDEN, vec![]).await?;
        ensure!(hidden < 1.0, "{what}: {hidden} px have to be scrolled to");
        ensure!((below - edge).abs() < 1.0, "{what}: it ends {below} px above the window's edge, not {edge}");
        anyhow::Ok(())
    };
    fits("the kinds", 0.0).await?;
    browser.choose("complaint").await?;
    held::says(scene, ".note", english("noted.complaint")).await?;
    fits("the fields", 0.0).await?;
    browser.script::<()>("keyboard(290)", vec![]).await?;
    fits("the fields above the keyboard", 290.0).await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.script::<()>("keyboard(0)", vec![]).await?;
    browser.seen(".sent [data-do=close]").await
}

/// The text box grows with the words, up to about half of the window, and Send stays where it can be pressed.
pub async fn the_box_grows(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open_with("data-one-click=off").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    let sizes = "const root = document.querySelector('say-so').shadowRoot;
        const [box, send] = ['[name=message]', '[part=send]'].map(part => root.querySelector(part).getBoundingClientRect());
        return [box.height, innerHeight, innerHeight - send.bottom]";
    let [small, ..] = browser.script::<[f64; 3]>(sizes, vec![]).await?;
    browser.paste("message", "'The lid broke.\\n'.repeat(6)").await?;
    let [grown, ..] = browser.script::<[f64; 3]>(sizes, vec![]).await?;
    ensure!(grown > small + 40.0, "with six lines it is {grown} px high, and with none {small}");
    browser.paste("message", "'The lid broke.\\n'.repeat(200)").await?;
    let [full, window, below] = browser.script::<[f64; 3]>(sizes, vec![]).await?;
    ensure!(full > grown && full < window / 2.0, "it is {full} px high in a window of {window}");
    ensure!(below > 0.0, "Send stands {below} px above the window's edge");
    Ok(())
}

/// All sizes follow the text size that the visitor has set for every page, and everything can still be reached.
pub async fn text_size(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open().await?;
    browser.text_size(32).await?;
    browser.launch().await?;
    browser.arrived().await?;
    let sizes = "const root = document.querySelector('say-so').shadowRoot;
        const style = selector => getComputedStyle(root.querySelector(selector));
        return [style('h2').fontSize, style('.kind').fontSize, style('#click').fontSize, style('.kind').minHeight]";
    let sized: Vec<String> = browser.script(sizes, vec![]).await?;
    ensure!(sized == ["40px", "32px", "28px", "128px"], "the sizes are {sized:?}");
    browser.choose("complaint").await?;
    browser.click("[part~=reply]").await?;
    browser.click("summary").await?;
    browser.send().await?;
    browser.focused("problem").await?;
    browser.still().await?;
    for Place { name, left, top, right, bottom, .. } in browser.script::<Vec<Place>>(PLACES, vec![]).await? {
        let [width, height]: [f64; 2] = browser.script("return [innerWidth, innerHeight]", vec![]).await?;
        let inside = left > -0.5 && right < width + 0.5 && (name == "panel" || top > -0.5 && bottom < height + 0.5);
        ensure!(inside, "{name} stands at {left}, {top} to {right}, {bottom} in {width} × {height}");
    }
    let cut: Vec<String> = browser.script(CUT, vec![]).await?;
    ensure!(cut.is_empty(), "these are cut: {cut:?}");
    browser.text_size(16).await
}

/// Texts that are wider than what they stand in.
const CUT: &str = "
    const parts = document.querySelector('say-so').shadowRoot.querySelectorAll('.panel *');
    return [...parts]
        .filter(part => part.getClientRects().length && part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 1)
        .filter(part => getComputedStyle(part).display !== 'inline')
        .map(part => part.outerHTML.slice(0, 80))";

/// What is typed in stays where it is when first aid brings the other fields.
pub async fn nothing_moves(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open_page(&held::back("aid[^/]*js"), &scene.tag(&scene.collector.endpoint(), "data-one-click=off")).await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    let place = "return document.querySelector('say-so').shadowRoot.querySelector('[name=message]').getBoundingClientRect().top";
    let before: f64 = browser.script(place, vec![]).await?;
    browser.script::<()>("letThrough()", vec![]).await?;
    browser.seen("[name=reply]").await?;
    let after: f64 = browser.script(place, vec![]).await?;
    // Engines differ by a pixel in how high the list of what we receive is.
    ensure!((before - after).abs() < 2.0, "the text box moved from {before} to {after}");
    Ok(())
}

/// What is said of a click takes its place at once: nothing moves when it has been noted.
pub async fn a_click_moves_nothing(scene: &Scene) -> Result<()> {
    // The longest words are in these languages.
    for tag in ["en", "de", "es", "fr", "nl", "pt-BR"] {
        a_click_moves_nothing_in(scene, tag).await.with_context(|| format!("in {tag}"))?;
    }
    Ok(())
}

async fn a_click_moves_nothing_in(scene: &Scene, tag: &str) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, tag, &held::back("v1[/]feedback"), "").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    held::says(scene, ".note", &said(tag, "noting")?).await?;
    browser.still().await?;
    let places = "return [...document.querySelector('say-so').shadowRoot.querySelectorAll('button:not(.undo), textarea, summary')]
        .map(part => part.getBoundingClientRect().top)";
    let before: Vec<f64> = browser.script(places, vec![]).await?;
    browser.script::<()>("letThrough()", vec![]).await?;
    held::says(scene, ".note", &said(tag, "noted.complaint")?).await?;
    browser.seen("[data-do=undo]").await?;
    let after: Vec<f64> = browser.script(places, vec![]).await?;
    ensure!(before == after, "they moved from {before:?} to {after:?}");
    Ok(())
}

/// Light or dark as the visitor has it, unless the tag says which.
pub async fn theme(scene: &Scene) -> Result<()> {
    let endpoint = scene.collector.endpoint();
    let cases = [
        ("", "light dark"),
        ("data-theme=auto", "light dark"),
        ("data-theme=light", "light"),
        ("data-theme=dark", "dark"),
    ];
    for (setting, scheme) in cases {
        scene.open_at(&endpoint, setting).await?;
        scene.loaded().await?;
        let parts = "return [...document.querySelector('say-so').shadowRoot.children].map(part => getComputedStyle(part).colorScheme)";
        let schemes: Vec<String> = scene.browser.script(parts, vec![]).await?;
        ensure!(schemes == [scheme, scheme], "with {setting:?} the parts are {schemes:?}");
    }
    Ok(())
}
