//! Frames and windows that have no address or no origin of their own.

use anyhow::{Result, ensure};
use say_so_tests::{Collector, Scene, page};
use thirtyfour::Key;

use super::{
    documents::RECORDER,
    keyboard::tab_to,
    visit::{Cases, complain, holds, thanked},
};

const SIZE: &str = "style=\"width: 600px; height: 700px\"";

/// The recorder, for a document whose own address is none of the site's.
fn recorder(scene: &Scene) -> String {
    RECORDER.replace("/recorder", &format!("{}/recorder", scene.site.origin()))
}

fn quoted(html: &str) -> String {
    html.replace('&', "&amp;").replace('"', "&quot;")
}

/// Complains in a frame that has no origin, where the collector takes feedback from such.
async fn in_sandbox(scene: &Scene, name: &str, source: &str, collector: &Collector, key: bool) -> Result<()> {
    let browser = &scene.browser;
    let before = collector.messages().await?.len();
    let words = format!("The lid broke, {name}.");
    scene.open_page("", &format!("<iframe sandbox=allow-scripts {source} {SIZE}></iframe>")).await?;
    browser.enter_frame().await?;
    ensure!(browser.script::<String>("return origin", vec![]).await? == "null", "the frame has an origin");
    browser.launch().await?;
    browser.choose("complaint").await?;
    browser.click("[part~=message]").await?;
    browser.type_text(&words).await?;
    holds(scene, &words).await?;
    if key {
        tab_to(browser, "send").await?;
        browser.press(Key::Enter).await?;
    } else {
        browser.send().await?;
    }
    thanked(scene, &words).await?;
    let rows = collector.revisions().await?;
    let rows = rows.iter().filter(|row| row.message.as_deref() == Some(&words)).count();
    ensure!(rows == 1 && collector.messages().await?.len() == before + 1, "the words have come {rows} times");
    Ok(())
}

/// A collector for frames without an origin, and a page for one.
fn for_sandboxes(scene: &Scene) -> Result<(Collector, String)> {
    let collector = scene.collector_for_opaque_origins()?;
    let tag = scene.tag(&collector.endpoint(), "").replace(scene.collector.address(), collector.address());
    let inner = page(&recorder(scene), &tag);
    Ok((collector, inner))
}

/// A frame with the least rights that scripts can run with: it has no origin, and no forms.
pub async fn sandboxes(scene: &Scene) -> Result<()> {
    let (collector, inner) = for_sandboxes(scene)?;
    let source = format!("src=\"{}\"", scene.site.page("/inner", &inner, &[])?);
    let written = format!("srcdoc=\"{}\"", quoted(&inner));
    let mut cases = Cases::default();
    for (name, source, key) in
        [("by click", &source, false), ("by Enter", &source, true), ("written in an attribute", &written, false)]
    {
        let visit = in_sandbox(scene, name, source, &collector, key).await;
        cases.note(scene, name, visit).await;
    }
    cases.judge()
}

/// The same, once, for an engine that doesn't go through all.
pub async fn sandboxed(scene: &Scene) -> Result<()> {
    let (collector, inner) = for_sandboxes(scene)?;
    let source = format!("src=\"{}\"", scene.site.page("/inner", &inner, &[])?);
    in_sandbox(scene, "in a sandbox", &source, &collector, false).await
}

/// Documents without an address of their own: a frame's attribute, a blob, a frame or window that a script writes into.
pub async fn without_address(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let inner = page(&recorder(scene), &scene.tag(&scene.collector.endpoint(), ""));
    let text = serde_json::to_string(&inner)?.replace("</", "<\\/");
    let write = format!("inner.open(); inner.write({text}); inner.close()");
    let frame = format!("<iframe id=f {SIZE}></iframe>");
    let file = format!("URL.createObjectURL(new Blob([{text}], {{ type: 'text/html' }}))");
    let popup = format!(
        "<button id=popup>Help</button><script>document.querySelector('#popup').onclick = () => {{
            const inner = open('about:blank', '_blank', 'width=700,height=800').document;
            {write};
        }}</script>"
    );
    let blob = format!("{frame}<script>document.querySelector('#f').src = {file}</script>");
    let written =
        format!("{frame}<script>{{ const inner = document.querySelector('#f').contentDocument; {write} }}</script>");
    let mut cases = Cases::default();
    for (name, html) in [
        ("srcdoc", format!("<iframe srcdoc=\"{}\" {SIZE}></iframe>", quoted(&inner))),
        ("blob", blob),
        ("a frame written into", written),
        ("a popup", popup),
    ] {
        let visit = async {
            scene.open_page("", &html).await?;
            if name == "a popup" {
                browser.click_on_page("#popup").await?;
                browser.enter_last_window().await?;
            } else {
                browser.enter_frame().await?;
            }
            complain(scene, &format!("The lid broke, {name}.")).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}
