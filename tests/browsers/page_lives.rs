//! Pages that live longer than a tag expects: routers, Turbo, morphing, hydration, and scripts that clear away. The words
//! in the panel outlast them all.

use anyhow::{Context, Result, ensure};
use say_so_tests::{Scene, page, until};

use super::visit::{self, BEGUN, Cases, arrived, begin, begin_inside, complain, go_on, thanked};

/// Waits, as a page's script that is handed `done`: `turn()` is a task later, and `frame()` a frame.
const TURNS: &str = "
    const done = arguments[arguments.length - 1];
    const turn = () => new Promise(resolve => setTimeout(resolve));
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
    const host = () => document.querySelector('say-so');
    const end = error => done(error ? String(error) : null);";

/// Runs a script that may wait, and is done by then.
async fn run(scene: &Scene, script: &str) -> Result<()> {
    let script = format!("{TURNS} (async () => {{ {script} }})().then(() => end(), end)");
    let error: Option<String> = scene.browser.script_later(&script).await?;
    ensure!(error.is_none(), "the page's script failed: {error:?}");
    Ok(())
}

/// Ends words that were begun, and there is one widget.
async fn end(scene: &Scene, name: &str, before: usize) -> Result<()> {
    visit::end(scene, name, before).await?;
    one(scene).await
}

/// Makes sure that there is one widget.
async fn one(scene: &Scene) -> Result<()> {
    let hosts: u32 = scene.browser.script("return document.querySelectorAll('say-so').length", vec![]).await?;
    ensure!(hosts == 1, "there are {hosts} widgets");
    Ok(())
}

/// Goes through what pages do to themselves, one after the other: the words outlast each, and are written on.
async fn each(scene: &Scene, attributes: &str, changes: &[(&str, impl AsRef<str>)]) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let before = collector.messages().await?.len();
    scene.open_with(attributes).await?;
    if attributes.is_empty() {
        browser.launch().await?;
    }
    begin_inside(scene).await?;
    let mut words = String::from(BEGUN);
    for (name, change) in changes {
        let outlasts = async {
            run(scene, &format!("{MAIN} {}", change.as_ref())).await?;
            go_on(scene, &words, ".").await
        };
        outlasts.await.with_context(|| format!("{name}, after {words:?}"))?;
        words.push('.');
    }
    browser.send().await?;
    thanked(scene, &words).await?;
    arrived(scene, before, &words).await?;
    one(scene).await
}

/// A page has something in it, whatever the change before has taken.
const MAIN: &str = "if (!document.querySelector('main')) document.body.append(document.createElement('main'));";

/// Routers put another body in place of the page's, as often as visitors go on, and other parts of the document.
pub async fn exchanged(scene: &Scene) -> Result<()> {
    let changes = [
        ("bodies", "for (let times = 25; times--; await turn()) document.body = document.createElement('body')"),
        (
            "many bodies",
            "for (let times = 100; times--; await turn()) document.body.replaceWith(document.createElement('body'))",
        ),
        ("bodies at once", "for (let times = 100; times--;) document.body = document.createElement('body')"),
        ("a body of markup", "document.body.innerHTML = '<main>Next</main>'"),
        (
            "all children of html",
            "for (let times = 25; times--; await turn()) {
                const [head, body] = [document.createElement('head'), document.createElement('body')];
                document.documentElement.replaceChildren(head, body);
            }",
        ),
        ("html of markup", "document.documentElement.innerHTML = '<head></head><body><main>Next</main></body>'"),
        ("another head", "document.head.replaceWith(document.createElement('head'))"),
        (
            "another html",
            "const html = document.createElement('html');
             html.append(document.createElement('head'), document.createElement('body'));
             document.documentElement.replaceWith(html);",
        ),
        (
            "no html at all for a while",
            "const html = document.documentElement; html.remove(); await turn(); document.append(html)",
        ),
        (
            "stopped and shown again",
            "document.documentElement.hidden = true; await frame(); document.documentElement.hidden = false",
        ),
    ];
    each(scene, "", &changes).await
}

/// Scripts that take out what they don't know: again and again, without an end, and at once when it comes.
pub async fn taken_out(scene: &Scene) -> Result<()> {
    let changes = [
        ("once", "host().remove()"),
        ("in a loop", "for (let times = 1000; times--;) host()?.remove()"),
        ("in each of many tasks", "for (let times = 100; times--; await turn()) host()?.remove()"),
        ("on each frame", "for (let times = 30; times--; await frame()) host()?.remove()"),
        (
            // A page that went on with it would only win: it must not hang with us.
            "as soon as it comes",
            "let times = 0;
             const watch = new MutationObserver(() => { if (host() && times++ < 200) host().remove() });
             watch.observe(document, { childList: true, subtree: true });
             host().remove();
             const until = Date.now() + 500;
             while (Date.now() < until) await frame();
             watch.disconnect();
             host()?.remove();",
        ),
        ("put elsewhere", "document.querySelector('main').append(host())"),
        (
            "put elsewhere and away",
            "document.querySelector('main').append(host()); await turn(); document.querySelector('main').remove()",
        ),
        (
            "copied",
            "document.body.append(host().cloneNode(true)); await turn(); document.body.lastElementChild.remove()",
        ),
        (
            "emptied",
            "host().replaceChildren(); host().textContent = ''; host().setAttribute('style', 'display: none'); await turn(); host().removeAttribute('style')",
        ),
    ];
    each(scene, "", &changes).await
}

/// A tag that runs again where its widget stands is nothing new; where it is gone, it is drawn again: as a button, and in
/// the place of the new tag.
pub async fn tag_again(scene: &Scene) -> Result<()> {
    // What a router does with the scripts of a page's new part.
    let again = "const old = document.querySelector('script[data-endpoint]');
        const next = document.createElement('script');
        for (const { name, value } of old.attributes) next.setAttribute(name, value);
        const ran = new Promise(resolve => next.onload = resolve);";
    let button = [
        ("beside itself", "document.body.append(next); await ran"),
        ("in its own place", "old.replaceWith(next); await ran"),
        ("where all is gone", "host().remove(); old.remove(); document.head.append(next); await ran; await turn()"),
    ];
    let inline = [
        ("inline, beside itself", "document.body.append(next); await ran"),
        (
            "inline, away and back",
            "const main = document.querySelector('main'); main.append(old, host()); main.remove(); await frame(); document.body.append(main)",
        ),
        (
            "inline, with its element taken out first",
            "host().remove(); await turn(); old.replaceWith(next); await ran",
        ),
        (
            // Morphing knows the tag by its place and leaves it, and takes out what stands behind it.
            "inline, morphed",
            "host().remove(); await frame()",
        ),
        ("inline, in another place", "document.body.replaceChildren(next); await ran"),
        (
            "inline, away for a while",
            "const main = document.createElement('main'); main.append(old, host()); document.body.append(main); await turn();
             main.remove(); await frame(); document.body.replaceChildren(next); await ran",
        ),
    ];
    let with_again = |visits: &[(&'static str, &str)]| -> Vec<(&str, String)> {
        visits.iter().map(|(name, act)| (*name, format!("{again} {act}"))).collect()
    };
    each(scene, "", &with_again(&button)).await.context("a button")?;
    each(scene, "data-launcher=inline", &with_again(&inline)).await.context("inline")
}

/// Two pages of a site with a link from one to the other.
fn pages(scene: &Scene, head: &str, body: &str, attributes: &str) -> Result<String> {
    let next = "<a id=next href=/second>Next</a>";
    let of = |title: &str| {
        page(head, &format!("<h2 id={title}>{title}</h2>{next}{body}"))
            .replace("<body>", &format!("<body {attributes}>"))
    };
    scene.site.page("/second", &of("second"), &[])?;
    scene.site.page("/first", &of("first"), &[])
}

/// Follows the link, and waits until the other page is there.
async fn follow(scene: &Scene) -> Result<()> {
    scene.browser.script::<()>("document.querySelector('#next').click()", vec![]).await?;
    until("the second page", async || {
        Ok(scene.browser.script::<bool>("return !!document.querySelector('#second')", vec![]).await?.then_some(()))
    })
    .await
}

/// Follows the link with words begun, which are ended on the other page; and goes back, and leaves others.
async fn visits(scene: &Scene, name: &str, head: &str, body: &str, attributes: &str) -> Result<()> {
    let browser = &scene.browser;
    let before = scene.collector.messages().await?.len();
    let first = pages(scene, head, body, attributes)?;
    browser.goto(&first).await?;
    begin(scene).await?;
    follow(scene).await?;
    end(scene, name, before).await?;
    browser.click(".sent [data-do=close]").await?;
    browser.gone("[part~=panel]").await?;
    browser.script::<()>("history.back()", vec![]).await?;
    until("the first page", async || {
        Ok(browser.script::<bool>("return !!document.querySelector('#first')", vec![]).await?.then_some(()))
    })
    .await?;
    complain(scene, &format!("And the handle, {name}.")).await?;
    one(scene).await
}

/// Turbo Drive, with the tag in the head or in each body, and Turbo that morphs.
pub async fn turbo(scene: &Scene) -> Result<()> {
    let tag = scene.tag(&scene.collector.endpoint(), "");
    let turbo = format!("<script src=\"{}\"></script>", scene.site.library("turbo")?);
    let mut cases = Cases::default();
    let in_head = visits(scene, "Turbo, tag in head", &format!("{turbo}{tag}"), "", "").await;
    cases.note(scene, "tag in head", in_head).await;
    cases.note(scene, "tag in body", visits(scene, "Turbo, tag in body", &turbo, &tag, "").await).await;
    let refreshed = async {
        let before = scene.collector.messages().await?.len();
        let morph = "<meta name=turbo-refresh-method content=morph>";
        scene.browser.goto(&pages(scene, &format!("{morph}{turbo}"), &tag, "")?).await?;
        begin(scene).await?;
        let refresh = "const there = new Promise(resolve => addEventListener('turbo:render', resolve, { once: true }));
            document.querySelector('#first').textContent = 'changed';
            Turbo.visit(location.href, { action: 'replace' }); await there";
        run(scene, refresh).await?;
        end(scene, "Turbo, morphed", before).await
    };
    cases.note(scene, "morphed", refreshed.await).await;
    cases.judge()
}

/// htmx, which swaps and morphs the body; and a script that morphs all of it.
pub async fn htmx(scene: &Scene) -> Result<()> {
    let tag = scene.tag(&scene.collector.endpoint(), "");
    let htmx = format!("<script src=\"{}\"></script>", scene.site.library("htmx")?);
    let morphing = "hx-boost=true hx-ext=morph hx-swap=morph:innerHTML";
    let mut cases = Cases::default();
    for (name, head, body, attributes) in [
        ("boosted, tag in head", format!("{htmx}{tag}"), "", "hx-boost=true"),
        ("morphed, tag in body", htmx.clone(), tag.as_str(), morphing),
    ] {
        let visit = visits(scene, &format!("htmx {name}"), &head, body, attributes).await;
        cases.note(scene, name, visit).await;
    }
    let morphed = async {
        let before = scene.collector.messages().await?.len();
        scene.browser.goto(&pages(scene, &htmx, &tag, "")?).await?;
        begin(scene).await?;
        let morphs = "for (const to of ['/second', '/first', '/second', '/first']) {
                const next = new DOMParser().parseFromString(await (await fetch(to)).text(), 'text/html');
                Idiomorph.morph(document.body, next.body);
                await turn();
                Idiomorph.morph(document.documentElement, next.documentElement);
                await turn();
            }";
        run(scene, morphs).await?;
        end(scene, "all of it morphed", before).await
    };
    cases.note(scene, "all of it morphed", morphed.await).await;
    cases.judge()
}

/// React hydrates the whole document while words are in the panel: with what the server sent, and with something else,
/// after which it draws the document anew; and it changes the page later.
pub async fn react(scene: &Scene) -> Result<()> {
    let Scene { browser, site, .. } = scene;
    let library = site.library("react-document")?;
    let tag = scene.tag(&scene.collector.endpoint(), "");
    let mut cases = Cases::default();
    for (name, text, is_late) in [
        ("the same, with words", "served", true),
        ("something else, with words", "other", true),
        ("something else, before the panel", "other", false),
    ] {
        let visit = async {
            let before = scene.collector.messages().await?.len();
            let html = format!(
                "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Delivery</title><script src=\"{library}\"></script>{tag}</head>\
                 <body><main id=\"served\"><p>served</p></main></body></html>"
            );
            browser.goto(&site.page("/react", &html, &[])?).await?;
            scene.loaded().await?;
            if is_late {
                begin(scene).await?;
            }
            hydrate(scene, text).await?;
            if !is_late {
                begin(scene).await?;
            }
            end(scene, name, before).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}

async fn hydrate(scene: &Scene, text: &str) -> Result<()> {
    let browser = &scene.browser;
    let shown = async |text: &str| {
        until(&format!("React to show {text}"), async || {
            let there = "return document.querySelector('main')?.id === arguments[0] && 'say' in window";
            Ok(browser.script::<bool>(there, vec![text.into()]).await?.then_some(()))
        })
        .await
    };
    browser.script::<()>("hydrate(arguments[0])", vec![text.into()]).await?;
    shown(text).await?;
    let mismatched: bool = browser.script("return !!window.mismatch", vec![]).await?;
    ensure!(mismatched == (text != "served"), "React found the page as it was served: {}", !mismatched);
    browser.script::<()>("say('changed')", vec![]).await?;
    shown("changed").await
}
