//! Where the widget stands: styles of the page's don't move, hide or cover it.

use anyhow::{Result, ensure};
use say_so_tests::{Scene, until};
use thirtyfour::Key;

use super::visit::{Cases, arrived, complain, holds, thanked};

/// Whether the launcher is in its corner of the window, and nothing lies above it.
const CORNER: &str = "
    const host = document.querySelector('say-so');
    const launcher = host.shadowRoot.querySelector('.launcher');
    const { right, bottom, width, height, left, top } = launcher.getBoundingClientRect();
    const inside = right <= innerWidth && bottom <= innerHeight && right > innerWidth - 60 && bottom > innerHeight - 60;
    const above = document.elementFromPoint(left + width / 4, top + height / 2);
    return inside && above === host && height > 40 && height < 70 ? ''
        : `${left} ${top} ${right} ${bottom} of ${innerWidth} ${innerHeight}, above it ${above?.localName}`";

/// Complains on a page with each style, which is there before the tag.
async fn styled(scene: &Scene, body: &str, styles: &[(&str, &str)]) -> Result<()> {
    let mut cases = Cases::default();
    for (name, style) in styles {
        let visit = async {
            let tag = scene.tag(&scene.collector.endpoint(), "");
            let long = "<p style=\"height: 3000px\"></p>";
            scene.open_page(&format!("<style>{style}</style>"), &format!("{body}{long}{tag}")).await?;
            scene.browser.part("launcher").await?;
            let stray: String = scene.browser.script(CORNER, vec![]).await?;
            ensure!(stray.is_empty(), "the launcher is elsewhere: {stray}");
            complain(scene, &format!("The lid broke, {name}.")).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}

/// Boxes that a fixed element would stand in, in place of the window.
pub async fn transforms(scene: &Scene) -> Result<()> {
    styled(
        scene,
        "",
        &[
            ("body moved away", "body { transform: translateX(-300px) scale(.5); zoom: .8 }"),
            ("body filter", "body { filter: blur(2px); perspective: 1px; will-change: transform; contain: strict }"),
            ("html filter", "html { filter: grayscale(1) }"),
            ("html transform", "html { transform: translateY(0); contain: paint; perspective: 500px }"),
            ("html overflow", "html, body { overflow: hidden; height: 100% }"),
            ("html tiny", "html { font-size: 1px; line-height: 0; letter-spacing: 1em; text-transform: uppercase }"),
            (
                "body fixed",
                "html { display: grid; grid: 1fr / 1fr 1fr } body { position: fixed; inset: 0; overflow: auto }",
            ),
        ],
    )
    .await
}

/// `zoom` on the root enlarges all, also the widget.
pub async fn zoomed(scene: &Scene) -> Result<()> {
    let mut cases = Cases::default();
    for zoom in ["2", ".5"] {
        let visit = async {
            scene
                .open_page(
                    &format!("<style>html {{ zoom: {zoom} }}</style>"),
                    &scene.tag(&scene.collector.endpoint(), ""),
                )
                .await?;
            complain(scene, &format!("The lid broke, zoom {zoom}.")).await
        };
        cases.note(scene, zoom, visit.await).await;
    }
    cases.judge()
}

/// Rules for all elements, and for those that nobody knows.
pub async fn rules(scene: &Scene) -> Result<()> {
    let clipped =
        "html > * { clip-path: circle(10px); overflow: hidden; max-height: 10px; position: relative; z-index: -1 }";
    let popovers =
        "[popover] { inset: 0; margin: auto; width: 100px; height: 100px; overflow: hidden; border: 9px solid }";
    let shown = "[popover]:popover-open { display: none; opacity: 0; transform: translateX(100px) }";
    styled(
        scene,
        "",
        &[
            ("all unset", "* { all: unset !important }"),
            ("all initial", "* { all: initial !important } style, script, head { display: none !important }"),
            ("hidden children", "html > :not(head, body), body > * { display: none !important }"),
            ("hidden unknown", ":not(:defined), say-so { display: none; visibility: hidden; opacity: 0 }"),
            ("empty", ":empty:not(script, link, meta, input) { display: none !important }"),
            ("faint", "html > * { opacity: 0; visibility: hidden } body { opacity: 1; visibility: visible }"),
            ("no pointer", "* { pointer-events: none !important; user-select: none !important }"),
            ("popovers", popovers),
            ("popovers hidden", shown),
            ("moving", "* { transition: all 9s !important; animation: none !important }"),
            ("clipped", clipped),
        ],
    )
    .await
}

/// Elements of the page's above everything, and a page out of reach.
pub async fn layers(scene: &Scene) -> Result<()> {
    let cover = "<div style=\"position: fixed; right: 0; bottom: 0; width: 400px; height: 500px; background: gold; \
        z-index: 2147483647\"></div>";
    let isolated = "body { isolation: isolate; z-index: 2147483647; position: relative; background: #fff }";
    styled(scene, cover, &[("a cover", ""), ("isolated", isolated)]).await?;
    let beside = format!(
        "{cover}<script>document.documentElement.append(document.currentScript.previousElementSibling)</script>"
    );
    styled(scene, &beside, &[("a cover beside the body", "")]).await?;
    let inert = "<script>addEventListener('load', () => {
        for (const child of [document.body, ...document.body.children]) {
            child.inert = true;
            child.ariaHidden = 'true';
        }
    })</script>";
    styled(scene, inert, &[("inert", "")]).await?;
    let popover = "<div popover id=p>News</div>
        <script>addEventListener('load', () => document.querySelector('#p').showPopover())</script>";
    styled(scene, popover, &[("a popover", "")]).await
}

/// A page that fills the screen is as any other. An element that does covers all else; the words outlast that.
pub async fn fullscreen(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let style = "<style>#full { position: fixed; top: 0 }</style>";
    let mut cases = Cases::default();
    for (name, element) in [("all of it", "document.documentElement"), ("an element", "document.querySelector('main')")]
    {
        let visit = async {
            let before = scene.collector.messages().await?.len();
            let words = format!("The lid broke, {name}.");
            let button = format!("<button id=full onclick=\"{element}.requestFullscreen()\">Full</button>");
            scene.open_page(style, &format!("{button}{}", scene.tag(&scene.collector.endpoint(), ""))).await?;
            browser.launch().await?;
            browser.choose("complaint").await?;
            browser.click("[part~=message]").await?;
            browser.type_text("The lid").await?;
            browser.click_on_page("#full").await?;
            is_full(scene, true).await?;
            if name == "an element" {
                browser.script::<()>("document.exitFullscreen()", vec![]).await?;
                is_full(scene, false).await?;
            }
            browser.click("[part~=message]").await?;
            browser.press(Key::End).await?;
            browser.type_text(&words["The lid".len()..]).await?;
            holds(scene, &words).await?;
            browser.send().await?;
            thanked(scene, &words).await?;
            arrived(scene, before, &words).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}

async fn is_full(scene: &Scene, full: bool) -> Result<()> {
    until(&format!("a full screen: {full}"), async || {
        let now: bool = scene.browser.script("return !!document.fullscreenElement", vec![]).await?;
        Ok((now == full).then_some(()))
    })
    .await
}
