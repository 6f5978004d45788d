//! Pages on which a relative address is relative to somewhere else, or to somewhere else later.

use anyhow::Result;
use say_so_tests::{Scene, until};

use super::visit::{Cases, arrived, complain, holds, thanked};

/// Pages whose links are relative to somewhere else: there the endpoint is, and the site's file.
pub async fn elsewhere(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, site, .. } = scene;
    let mut cases = Cases::default();
    let base = format!("<base href=\"{}/deep/er/\">", collector.address());
    site.file("/say-so.json", "application/json", "{\"reader\":{\"person\":\"Dana\"}}")?;
    let here = format!("<base href=\"{}/\">", site.origin());
    let relative = |endpoint: &str, more: &str| {
        format!("<script src=\"{}/widget/embed.js\" data-endpoint=\"{endpoint}\" {more}></script>", site.origin())
    };
    for (name, head, body) in [
        ("before the tag", base.clone(), relative("/v1/feedback", "")),
        ("after the tag", String::new(), format!("{}{base}", relative("/v1/feedback", ""))),
        ("not from the root", base.clone(), relative("../../v1/feedback", "")),
        ("without a scheme", here.clone(), relative(&collector.endpoint().replace("http:", ""), "")),
        ("the site's file", here, relative(&collector.endpoint(), "data-config=say-so.json")),
    ] {
        let visit = async {
            scene.open_page(&head, &body).await?;
            let words = format!("The lid broke, {name}.");
            complain(scene, &words).await?;
            if name == "the site's file" {
                return browser.says("[part~=confirmation]", "Dana").await;
            }
            browser.click("[data-do=take-back]").await?;
            browser.focused("keep").await?;
            browser.click("[data-do=delete]").await?;
            browser.gone("[part~=reference]").await?;
            until("the words to be gone", async || {
                let rows = collector.revisions().await?;
                Ok((!rows.iter().any(|row| row.text.contains(&words))).then_some(()))
            })
            .await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}

/// A page that changes its address, or its base, goes on posting to where it began.
pub async fn moved(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, site, .. } = scene;
    let mut cases = Cases::default();
    let base = format!("<base href=\"{}/deep/\">", collector.address());
    let source = format!("{}/widget/embed.js", site.origin());
    let tag = format!("<script src=\"{source}\" data-endpoint=\"../v1/feedback\"></script>");
    let gone = "document.querySelector('base').remove(); history.pushState(null, '', '/a/b/c/d')";
    for (name, change) in
        [("another base", "document.querySelector('base').href = '/elsewhere/and/farther/'"), ("no base", gone)]
    {
        let visit = async {
            let before = collector.messages().await?.len();
            scene.open_page(&base, &tag).await?;
            browser.launch().await?;
            browser.arrived().await?;
            browser.choose("complaint").await?;
            let words = format!("The lid broke, {name}.");
            browser.click("[part~=message]").await?;
            browser.type_text(&words).await?;
            holds(scene, &words).await?;
            until("the click", async || Ok((collector.messages().await?.len() > before).then_some(()))).await?;
            browser.script::<()>(change, vec![]).await?;
            browser.send().await?;
            thanked(scene, &words).await?;
            arrived(scene, before, &words).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}
