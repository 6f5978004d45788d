//! Tools that have the tag wait: for consent, or until the page has done everything else.

use anyhow::Result;
use say_so_tests::Scene;

use super::{
    loading::{apart, each, in_body, made, tag},
    visit::{Cases, complain},
};

/// Copies of the tag that wait for consent, with other settings, are not read.
pub async fn waiting(scene: &Scene) -> Result<()> {
    let elsewhere = "http://127.0.0.1:9/v1/feedback";
    let kinds = [
        "text/plain",
        "text/x-consent",
        "text/template",
        "text/partytown",
        "javascript/blocked",
        "didomi/javascript",
        "litespeed/javascript",
        "opt-in/javascript",
        "rocketlazyloadscript",
        "9d2-text/javascript",
        "9d2-module",
    ];
    let copy = |kind| scene.tag(elsewhere, &format!("type=\"{kind}\" data-launcher=inline data-lang=de"));
    let blocked = kinds.map(copy).concat();
    let around = |name, tag: String| in_body(name, format!("{blocked}{tag}{blocked}"));
    scene.site.file("/bundle.js", "text/javascript", scene.site.read("/widget/embed.js")?)?;
    let settings = apart(scene);
    let bundled = format!("<script {settings}></script><script src=/bundle.js></script>");
    let release = "document.querySelector('[data-endpoint]').replaceWith(make({ type: '' }))";
    each(
        scene,
        [
            around("async", tag(scene, "async")),
            around("module", tag(scene, "type=module")),
            around("module in upper case", tag(scene, "type=Module")),
            around("appended module", made(scene, "document.body.append(make({ type: 'module' }))")),
            around("released", made(scene, release)),
            around("bundled, settings apart", bundled),
        ],
    )
    .await
}

/// As optimisers rewrite it: under another type or another name, and run by a script of theirs, some as late as the
/// visitor's first move.
pub async fn optimised(scene: &Scene) -> Result<()> {
    let of = |kind: &str, name: &str| tag(scene, kind).replace(" src=", &format!(" {name}="));
    let revive = |name: &str, late: bool| {
        let act = format!(
            "for (const old of document.querySelectorAll('script[data-endpoint]')) {{
                const next = document.createElement('script');
                for (const {{ name, value }} of old.attributes)
                    if (name != 'type' && name != '{name}') next.setAttribute(name, value);
                next.src = old.getAttribute('{name}');
                next.async = false;
                old.replaceWith(next);
            }}"
        );
        if !late {
            return format!("<script>addEventListener('DOMContentLoaded', () => {{ {act} }})</script>");
        }
        format!(
            "<script>{{
                const kinds = ['pointermove', 'keydown', 'touchstart', 'wheel'];
                const run = () => {{ for (const kind of kinds) removeEventListener(kind, run, true); {act} }};
                for (const kind of kinds) addEventListener(kind, run, {{ capture: true, passive: true }});
            }}</script>"
        )
    };
    let mut cases = Cases::default();
    for (name, kind, attribute, late) in [
        ("another type, not replaced", "type='9d2-text/javascript'", "src", false),
        ("another name", "type=rocketlazyloadscript data-rocket-status=executed", "data-rocket-src", false),
        ("at the first move", "type=litespeed/javascript data-optimized=1", "data-src", true),
        ("at the first key", "type=rocketlazyloadscript", "data-rocket-src", true),
        ("without a type", "data-cfasync", "data-lazy-src", true),
    ] {
        let visit = async {
            let mut act = revive(attribute, late);
            if name.ends_with("not replaced") {
                act = act.replace("old.replaceWith(next)", "document.head.append(next)");
            }
            scene.open_page("", &format!("{}{act}", of(kind, attribute))).await?;
            if late && name.ends_with("key") {
                scene.browser.press(thirtyfour::Key::Tab).await?;
            } else if late {
                scene.browser.click_on_page("h1").await?;
            }
            complain(scene, &format!("The lid broke, {name}.")).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}
