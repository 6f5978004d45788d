//! What axe-core finds in each phase: nothing; and what assistive tools are told of it.

use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use say_so::wording::english;
use say_so_tests::Scene;
use serde_json::Value;

/// Runs axe-core over the widget, with all rules of WCAG 2.2, levels A and AA, and its own of good practice.
pub async fn clean(scene: &Scene, phase: &str) -> Result<()> {
    clean_in(scene, phase, "{ include: [['say-so']] }").await
}

/// The same over what `context` names, as axe-core takes it, without the frames in it.
pub async fn clean_in(scene: &Scene, phase: &str, context: &str) -> Result<()> {
    let browser = &scene.browser;
    let there: bool = browser.script("return 'axe' in window", vec![]).await?;
    if !there {
        let axe = concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(axe).context("axe-core is missing: cargo xtask test --only set-up")?;
        browser.script::<Value>(&axe, vec![]).await?;
    }
    browser.still().await?;
    let script = &"
        const done = arguments[arguments.length - 1];
        const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
        const options = { iframes: false, resultTypes: ['violations'], runOnly: rules, rules: { 'target-size': { enabled: true } } };
        axe.run(CONTEXT, options)
            .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`)))
            .then(done, error => done([String(error)]))"
        .replace("CONTEXT", context);
    let violations: Vec<String> = browser.script_later(script).await?;
    ensure!(violations.is_empty(), "in phase {phase} axe-core finds\n{}", violations.join("\n"));
    Ok(())
}

/// Goes through every phase, and looks at each by `look`.
async fn every_phase(scene: &Scene, attributes: &str, look: impl AsyncFn(&str) -> Result<()>) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("unreachable");
    scene.open_with(attributes).await?;
    browser.part("launcher").await?;
    look("none").await?;
    browser.launch().await?;
    browser.arrived().await?;
    look("choose").await?;
    browser.choose("complaint").await?;
    browser.seen("[data-do=undo]").await?;
    browser.click("summary").await?;
    browser.click("[part~=reply]").await?;
    look("write").await?;
    browser.send().await?;
    browser.focused("problem").await?;
    look("write, with errors").await?;
    browser.click("[part~=reply]").await?;
    browser.click("summary").await?;
    browser.type_into("message", "The lid broke.").await?;
    let offline = "Object.defineProperty(navigator, 'onLine', { configurable: true, value: false })";
    browser.script::<()>(offline, vec![]).await?;
    collector.stop();
    browser.send().await?;
    browser.phase("not-kept").await?;
    browser.focused("problem").await?;
    look("not-kept").await?;
    browser.script::<()>("delete navigator.onLine", vec![]).await?;
    browser.send().await?;
    browser.phase("unsure").await?;
    browser.focused("problem").await?;
    look("unsure").await?;
    collector.start_again()?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.focused("confirmation").await?;
    look("sent").await?;
    browser.click(".answer summary").await?;
    browser.click("[data-do=answer]").await?;
    browser.seen("#answer-error").await?;
    browser.focused("answer").await?;
    look("sent, with a wrong address").await?;
    browser.click("[data-do=take-back]").await?;
    browser.focused("keep").await?;
    look("sent, to be deleted?").await?;
    browser.click("[data-do=delete]").await?;
    browser.gone("[part~=reference]").await?;
    browser.focused("title").await?;
    look("sent, and deleted").await?;
    browser.click(".sent [data-do=close]").await?;
    browser.click("[data-do=dismiss]").await?;
    browser.focused("undo").await?;
    look("hidden").await
}

/// Nothing is to be found in any phase.
async fn all_clean(scene: &Scene, attributes: &str) -> Result<()> {
    every_phase(scene, attributes, async |phase| clean(scene, phase).await).await?;
    scene.browser.script("sessionStorage.clear()", vec![]).await
}

/// In light colours.
pub async fn light(scene: &Scene) -> Result<()> {
    all_clean(scene, "data-theme=light").await
}

/// In dark colours.
pub async fn dark(scene: &Scene) -> Result<()> {
    all_clean(scene, "data-theme=dark").await
}

/// From right to left.
pub async fn arabic(scene: &Scene) -> Result<()> {
    all_clean(scene, "data-lang=ar data-theme=light").await
}

/// From right to left, in dark colours.
pub async fn arabic_dark(scene: &Scene) -> Result<()> {
    all_clean(scene, "data-lang=ar data-theme=dark").await
}

/// The inline launcher.
pub async fn inline(scene: &Scene) -> Result<()> {
    scene.open_with("data-launcher=inline").await?;
    scene.browser.part("kind").await?;
    clean(scene, "none").await
}

/// What assistive tools are told of each phase, as Chromium tells it.
///
/// After a change of the screens `UPDATE_GOLDEN=1` writes what they are told now; look at the difference.
pub async fn tree(scene: &Scene) -> Result<()> {
    let told = Mutex::new(String::new());
    every_phase(scene, "", async |phase| {
        let tree = told_of(scene).await?;
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        *told += &format!("{phase}\n{tree}\n");
        Ok(())
    })
    .await?;
    scene.browser.script::<()>("sessionStorage.clear()", vec![]).await?;
    let told = told.into_inner().unwrap_or_else(PoisonError::into_inner);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/accessibility.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return Ok(std::fs::write(path, told)?);
    }
    let golden = std::fs::read_to_string(path)?;
    let differs = golden.lines().zip(told.lines()).find(|(golden, told)| golden != told);
    ensure!(golden == told, "{path} has another tree; the first difference is {differs:?}");
    Ok(())
}

/// The accessibility tree of the widget, a node a line. What differs from run to run is left out.
async fn told_of(scene: &Scene) -> Result<String> {
    scene.browser.still().await?;
    let told = scene.browser.accessibility().await?;
    let nodes = told["nodes"].as_array().context("there is no tree")?;
    let of = |id: &Value| nodes.iter().find(|node| node["nodeId"] == *id);
    let mut lines = String::new();
    let mut ours: Vec<_> = nodes.iter().filter(|node| node["role"]["value"] == "dialog").collect();
    if ours.is_empty() {
        ours.extend(nodes.iter().filter(|node| is_launcher(node)));
    }
    let mut rest: Vec<(usize, &Value)> = ours.into_iter().map(|node| (1, node)).rev().collect();
    while let Some((depth, node)) = rest.pop() {
        let role = node["role"]["value"].as_str().unwrap_or_default();
        let is_told = node["ignored"] != true && !["generic", "none", "InlineTextBox"].contains(&role);
        if is_told {
            lines += &format!("{}{}\n", "  ".repeat(depth), line(role, node));
        }
        // What a text or a name from its content says is not said again.
        if ["StaticText", "button", "heading", "link", "DisclosureTriangle"].contains(&role) {
            continue;
        }
        let children = node["childIds"].as_array().into_iter().flatten().filter_map(of);
        rest.extend(children.map(|child| (depth + usize::from(is_told), child)).rev());
    }
    let mut lines = lines.replace(scene.site.origin(), "ORIGIN");
    for message in scene.collector.messages().await? {
        lines = lines.replace(&message.reference, "REFERENCE");
    }
    Ok(lines)
}

/// Whether a node is of the floating button, or stands in place of it.
fn is_launcher(node: &Value) -> bool {
    let name = node["name"]["value"].as_str().unwrap_or_default();
    node["role"]["value"] == "button" && ["launcher", "launcher.hide", "undo"].iter().any(|key| name == english(key))
}

/// A node's role, name, description, value and states.
fn line(role: &str, node: &Value) -> String {
    let text = |member: &str| node[member]["value"].as_str().unwrap_or_default();
    let mut line = format!("{role} {:?}", text("name"));
    if !text("description").is_empty() {
        line += &format!(" described {:?}", text("description"));
    }
    if !text("value").is_empty() {
        line += &format!(" = {:?}", text("value"));
    }
    for property in node["properties"].as_array().into_iter().flatten() {
        let (name, value) = (property["name"].as_str().unwrap_or_default(), &property["value"]["value"]);
        let is_told =
            ["pressed", "checked", "expanded", "required", "invalid", "disabled", "readonly", "live", "focused"];
        let is_set = *value != false && *value != "false" && *value != "none" && !value.is_null();
        if is_told.contains(&name) && (is_set || name == "expanded" || name == "checked" || name == "pressed") {
            line += &format!(" [{name} {}]", value.to_string().trim_matches('"'));
        }
    }
    line
}
