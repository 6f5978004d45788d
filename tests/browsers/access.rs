//! What axe-core finds in each phase: nothing.

use anyhow::{Context, Result, ensure};
use say_so_tests::{Answer, Endpoint, Scene};
use serde_json::Value;

/// Runs axe-core over the widget.
async fn clean(scene: &Scene, phase: &str) -> Result<()> {
    let browser = &scene.browser;
    let there: bool = browser.script("return 'axe' in window", vec![]).await?;
    if !there {
        let axe = concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(axe).context("axe-core is missing: cargo xtask test --only set-up")?;
        browser.script::<Value>(&axe, vec![]).await?;
    }
    browser.still().await?;
    let script = "
        const done = arguments[arguments.length - 1];
        axe.run({ include: [['say-so']] }, { resultTypes: ['violations'] })
            .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`)))
            .then(done, error => done([String(error)]))";
    let violations: Vec<String> = browser.script_later(script).await?;
    ensure!(violations.is_empty(), "in phase {phase} axe-core finds\n{}", violations.join("\n"));
    Ok(())
}

async fn every_phase(scene: &Scene, attributes: &str) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let endpoint = Endpoint::start(Answer::Pass(collector.endpoint())).await?;
    scene.expect("unreachable");
    scene.open_at(endpoint.address(), attributes).await?;
    browser.part("launcher").await?;
    clean(scene, "none").await?;
    browser.launch().await?;
    browser.arrived().await?;
    clean(scene, "choose").await?;
    browser.choose("complaint").await?;
    collector.revision(0).await?;
    browser.click("summary").await?;
    clean(scene, "write").await?;
    browser.send().await?;
    browser.focused("problem").await?;
    clean(scene, "write, with errors").await?;
    browser.type_into("message", "The lid broke.").await?;
    endpoint.answer(Answer::Broken);
    browser.send().await?;
    browser.phase("not-kept").await?;
    clean(scene, "not-kept").await?;
    endpoint.answer(Answer::Pass(collector.endpoint()));
    browser.send().await?;
    browser.phase("sent").await?;
    clean(scene, "sent").await
}

/// In light colours.
pub async fn light(scene: &Scene) -> Result<()> {
    every_phase(scene, "data-theme=light").await
}

/// In dark colours.
pub async fn dark(scene: &Scene) -> Result<()> {
    every_phase(scene, "data-theme=dark").await
}

/// From right to left.
pub async fn arabic(scene: &Scene) -> Result<()> {
    every_phase(scene, "data-lang=ar").await
}

/// The inline launcher.
pub async fn inline(scene: &Scene) -> Result<()> {
    scene.open_with("data-launcher=inline").await?;
    scene.browser.part("kind").await?;
    clean(scene, "none").await
}
