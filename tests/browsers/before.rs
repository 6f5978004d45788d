//! The moment before first aid is there: what is printed, what is seen with a visitor's own colours, what assistive
//! tools are told, and what keys do.

use anyhow::{Result, ensure};
use say_so_tests::{Scene, page};
use thirtyfour::Key;

use super::{
    access::clean,
    held,
    visit::{Cases, complain},
};

/// A page on which first aid is held back until `letThrough()`, and files of languages too.
async fn open(scene: &Scene, lang: &str, attributes: &str) -> Result<()> {
    let endpoint = scene.collector.endpoint();
    let tag = format!("<script src=/widget/embed.js data-endpoint=\"{endpoint}\" {attributes}></script>");
    let html = page(&held::back("aid|json$"), &tag).replacen("lang=\"en-GB\"", &format!("lang=\"{lang}\""), 1);
    scene.browser.goto(&scene.site.page("/", &html, &[])?).await?;
    scene.loaded().await
}

async fn let_through(scene: &Scene) -> Result<()> {
    scene.browser.script("letThrough()", vec![]).await
}

/// How much of ours is drawn.
const DRAWN: &str = "
    const all = [...document.querySelector('say-so').shadowRoot.querySelectorAll('*')];
    return all.filter(element => element.getClientRects().length).length";

/// Nothing of ours is on paper.
pub async fn print(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let rule = "@media print { * { display: block !important; visibility: visible !important } }";
    let mut cases = Cases::default();
    for (name, attributes, style, opened, held) in [
        ("the button", "", "", false, true),
        ("the panel, before first aid", "", "", true, true),
        ("the panel", "", "", true, false),
        ("in the page", "data-launcher=inline", "", false, true),
        ("the button, on a page with its own rule", "", rule, false, true),
    ] {
        let visit = async {
            open(scene, "en", attributes).await?;
            let add =
                "document.head.append(Object.assign(document.createElement('style'), { textContent: arguments[0] }))";
            browser.script::<()>(add, vec![style.into()]).await?;
            if opened {
                browser.launch().await?;
            }
            if !held {
                let_through(scene).await?;
                browser.arrived().await?;
            }
            let before: u32 = browser.script(DRAWN, vec![]).await?;
            ensure!(before > 2, "there is nothing to be printed");
            browser.media("print", &[]).await?;
            let drawn: u32 = browser.script(DRAWN, vec![]).await?;
            browser.media("", &[]).await?;
            ensure!(drawn == 0, "{drawn} elements are printed");
            Ok(())
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}

/// What tells an element from what is around it: how wide its outline and its border are, in pixels.
async fn edge(scene: &Scene, selector: &str) -> Result<(f64, f64)> {
    let script = "
        const all = [...document.querySelector('say-so').shadowRoot.querySelectorAll(arguments[0])];
        const seen = all.find(element => element.getClientRects().length);
        const style = getComputedStyle(seen);
        const width = side => style[side + 'Style'] === 'none' ? 0 : parseFloat(style[side + 'Width']);
        return [width('outline'), width('borderTop')]";
    scene.browser.script(script, vec![selector.into()]).await
}

/// Makes sure that each of these has one of them.
async fn edged(scene: &Scene, selectors: &[&str]) -> Result<()> {
    for selector in selectors {
        let (outline, border) = edge(scene, selector).await?;
        ensure!(outline.max(border) >= 1.0, "{selector} has no edge");
    }
    Ok(())
}

/// With a visitor's own colours, all that can be pressed has an edge, and what is pressed or has the focus another one.
pub async fn forced_colours(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene, "en", "").await?;
    browser.media("", &[("forced-colors", "active")]).await?;
    browser.part("launcher").await?;
    edged(scene, &[".launcher", ".dismiss"]).await?;
    browser.launch().await?;
    edged(scene, &[".frame", ".close", "[part~=kind]"]).await?;
    browser.choose("complaint").await?;
    browser.press(Key::Tab).await?;
    edged(scene, &["[part~=message]", "[part~=send]"]).await?;
    let pressed = edge(scene, "[part~=kind][aria-pressed=true]").await?;
    let other = edge(scene, "[part~=kind][aria-pressed=false]").await?;
    let focus = edge(scene, ":focus-visible").await?;
    ensure!(pressed.0 > other.0, "what is pressed looks as the others do");
    ensure!(focus.0 >= 2.0, "the focus has an outline of {} pixels", focus.0);
    browser.media("", &[]).await
}

/// What has no name, of what can be pressed, written in, or stands for others.
const NAMELESS: &str = "
    const root = document.querySelector('say-so').shadowRoot;
    const named = element => element.ariaLabel || element.textContent.trim() || element.labels?.[0]?.textContent.trim()
        || root.getElementById(element.getAttribute('aria-labelledby'))?.textContent.trim();
    return [...root.querySelectorAll('button, [role=dialog], h2, textarea')]
        .filter(element => element.getClientRects().length && !element.closest('[inert]') && !named(element))
        .map(element => element.outerHTML)";

/// What axe-core finds before first aid, and while the language's file is still on its way.
pub async fn names(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let mut cases = Cases::default();
    for lang in ["en", "de", "ar"] {
        let visit = async {
            open(scene, lang, "data-theme=light").await?;
            browser.part("launcher").await?;
            clean(scene, "none").await?;
            browser.launch().await?;
            clean(scene, "choose").await?;
            // In another language there is nothing to choose yet.
            if lang == "en" {
                browser.choose("complaint").await?;
                browser.part("message").await?;
                clean(scene, "write").await?;
            }
            let nameless: Vec<String> = browser.script(NAMELESS, vec![]).await?;
            ensure!(nameless.is_empty(), "without a name: {nameless:?}");
            Ok(())
        };
        cases.note(scene, lang, visit.await).await;
    }
    cases.judge()
}

/// Opened, gone through and closed by keys alone.
pub async fn keys(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene, "en", "").await?;
    browser.script::<()>("document.querySelector('say-so').shadowRoot.querySelector('.open').focus()", vec![]).await?;
    browser.press(Key::Enter).await?;
    browser.focused("title").await?;
    let mut stops = Vec::new();
    for _ in 0..3 {
        browser.press(Key::Tab).await?;
        stops.push(browser.focus().await?);
    }
    ensure!(stops == ["close", "kind complaint", "kind praise"], "Tab leads to {stops:?}");
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    browser.focused("launcher").await?;
    browser.press(Key::Enter).await?;
    browser.focused("title").await?;
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    let_through(scene).await?;
    complain(scene, "The lid broke, by keys.").await
}
