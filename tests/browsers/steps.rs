//! How far visitors come under a wording that is tried out: what is counted, what the page hears, and what is kept.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use say_so_tests::{Answer, Endpoint, Scene, until};
use serde_json::{Value, json};

use super::{experiments::drawn, held, held::says};

/// Has the page write down what it hears.
const LISTEN: &str = "<script>
    heard = [];
    for (const step of ['opened', 'chosen', 'started', 'sent', 'left']) {
        document.addEventListener('say-so:' + step, ({ detail }) => heard.push([step, detail]));
    }
</script>";

fn file(rest: &str) -> String {
    format!(
        r#"{{"experiments": [{{ "id": "titles", "variants": [
            {{ "id": "as-ever" }}, {{ "id": "blunt", "wording": {{ "en": {{ "title": "Your jug?" }} }} }}
        ]}}]{rest}}}"#
    )
}

/// The names of the steps that the page has heard, once it has heard so many.
async fn heard(scene: &Scene, count: usize) -> Result<Vec<String>> {
    let script = "return heard.map(([step]) => step)";
    until(&format!("{count} steps"), async || {
        let steps: Vec<String> = scene.browser.script(script, vec![]).await?;
        Ok((steps.len() >= count).then_some(steps))
    })
    .await
}

/// The counters in the database by variant and step, once they add up to as many.
async fn counted(scene: &Scene, sum: i64) -> Result<BTreeMap<String, i64>> {
    until(&format!("{sum} counted steps"), async || {
        let counters = scene.collector.counters().await?;
        Ok((counters.values().sum::<i64>() >= sum).then_some(counters))
    })
    .await
}

/// Opens a page whose counts go to the collector, and the panel on it.
async fn open(scene: &Scene, variant: usize, attributes: &str) -> Result<()> {
    let counts = format!(r#", "counts": "{}""#, scene.collector.endpoint().replace("feedback", "counts"));
    scene.site.file("/say-so.json", "application/json", file(&counts))?;
    let head = [LISTEN, &drawn(variant)].concat();
    held::open(scene, "en", &head, &["data-config=/say-so.json ", attributes].concat()).await?;
    scene.browser.launch().await?;
    scene.browser.arrived().await
}

/// Whoever writes in less time is taken for a machine.
async fn take_time(scene: &Scene) -> Result<()> {
    let script = "window.begun ??= performance.now(); return performance.now() - window.begun > 1600";
    scene.browser.script::<()>("window.begun = undefined", vec![]).await?;
    until("a person's time", async || {
        let passed: bool = scene.browser.script(script, vec![]).await?;
        Ok(passed.then_some(()))
    })
    .await
}

/// From opening to sending, in one tab; opened and closed in another; opened, and the page left, in a third.
pub async fn counted_once(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene, 1, "").await?;
    says(scene, "#title", "Your jug?").await?;
    heard(scene, 1).await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The lid broke.").await?;
    take_time(scene).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    ensure!(heard(scene, 4).await? == ["opened", "chosen", "started", "sent"], "{:?}", heard(scene, 4).await?);
    browser.script::<()>("saySo.close()", vec![]).await?;
    // Another tab has another id.
    let first = browser.script::<String>("return location.href", vec![]).await?;
    browser.script::<()>("window.open(arguments[0])", vec![json!(first)]).await?;
    browser.enter_last_window().await?;
    scene.loaded().await?;
    browser.script::<()>("crypto.getRandomValues = list => list.fill(7).fill(3, 8)", vec![]).await?;
    browser.launch().await?;
    browser.arrived().await?;
    heard(scene, 1).await?;
    browser.script::<()>("saySo.close()", vec![]).await?;
    heard(scene, 2).await?;
    // It is the same message as long as nothing was done, and a new one for each opening.
    browser.script::<()>("crypto.getRandomValues = list => list.fill(8).fill(3, 8); saySo.open()", vec![]).await?;
    heard(scene, 3).await?;
    browser.choose("praise").await?;
    heard(scene, 4).await?;
    browser.goto("about:blank").await?;
    let counters = counted(scene, 9).await?;
    let of = |step: &str| counters.iter().filter(|(name, _)| name.ends_with(step)).map(|(_, count)| count).sum::<i64>();
    let steps = ["opened", "chosen", "started", "sent", "left"].map(of);
    ensure!(steps == [3, 2, 1, 1, 2], "{counters:?}");
    Ok(())
}

/// A site with an endpoint of its own hears the same steps, never a word in them; nothing is counted there.
pub async fn own_endpoint(scene: &Scene) -> Result<()> {
    let endpoint = Endpoint::start(Answer::json(200, "{}")).await?;
    let counts = format!(r#", "counts": "{}""#, scene.collector.endpoint().replace("feedback", "counts"));
    scene.site.file("/say-so.json", "application/json", file(&counts))?;
    let tag = format!(
        "<script src=/widget/embed.js data-endpoint=\"{}\" data-format=json data-config=/say-so.json></script>",
        endpoint.address()
    );
    let head = [held::WATCH, LISTEN, &drawn(1)].concat();
    scene.open_page(&head, &tag).await?;
    let browser = &scene.browser;
    browser.launch().await?;
    browser.arrived().await?;
    heard(scene, 1).await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "A word of mine.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let heard: Vec<(String, Value)> = {
        heard(scene, 4).await?;
        browser.script("return heard", vec![]).await?
    };
    for (step, detail) in &heard {
        let kind = if step == "opened" { "" } else { "complaint" };
        let site = &detail["site"];
        let expected = json!({
            "site": site, "kind": kind, "locale": "en", "experiment": "titles", "variant": "blunt"
        });
        ensure!(*detail == expected, "{step}: {detail}");
    }
    ensure!(scene.collector.counters().await?.is_empty(), "{:?}", scene.collector.counters().await?);
    Ok(())
}

/// By default nothing is kept in the browser, and what reaches us says what is counted.
pub async fn nothing_kept(scene: &Scene) -> Result<()> {
    open(scene, 0, "").await?;
    heard(scene, 1).await?;
    let kept = "return [localStorage.length, sessionStorage.length, document.cookie]";
    scene.browser.choose("complaint").await?;
    scene.browser.click(".sends summary").await?;
    says(scene, ".sends-list li:last-child", say_so::wording::english("sends.counted")).await?;
    let kept: Value = scene.browser.script(kept, vec![]).await?;
    ensure!(kept == json!([0, 0, ""]), "{kept}");
    Ok(())
}

/// Where the site remembers, who comes back reads the same, and is counted once; not who asks not to be tracked.
pub async fn remembered(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let open = async |variant: usize, head: &str| -> Result<Value> {
        scene.site.file("/say-so.json", "application/json", file(r#", "remember": true"#))?;
        held::open(scene, "en", &[LISTEN, head, &drawn(variant)].concat(), "data-config=/say-so.json").await?;
        browser.launch().await?;
        browser.arrived().await?;
        heard(scene, 1).await?;
        browser.script("return heard[0][1].experiment + ' ' + heard[0][1].variant", vec![]).await
    };
    let first = open(1, "").await?;
    says(scene, "#title", "Your jug?").await?;
    let again = open(0, "").await?;
    says(scene, "#title", "Your jug?").await?;
    ensure!(first == "titles blunt" && again == " ", "{first}, {again}");
    let private = "<script>Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })</script>";
    let private = open(0, private).await?;
    says(scene, "#title", say_so::wording::english("title")).await?;
    ensure!(private == "titles as-ever", "{private}");
    Ok(())
}

/// By the site's id for its visitor a wording is drawn as anything else would that draws so.
pub async fn by_visitor(scene: &Scene) -> Result<()> {
    let id = (0..)
        .map(|number| format!("user-{number}"))
        .find(|id| say_so::experiment::variant("titles", id, &[1.0, 1.0]) == Some(1));
    open(scene, 0, &format!("data-visitor={}", id.unwrap_or_default())).await?;
    says(scene, "#title", "Your jug?").await?;
    heard(scene, 1).await?;
    let kept: u32 = scene.browser.script("return localStorage.length", vec![]).await?;
    ensure!(kept == 0, "{kept} things are kept");
    Ok(())
}

/// Who acts before the wording stands takes no part.
pub async fn too_late(scene: &Scene) -> Result<()> {
    let counts = format!(r#", "counts": "{}""#, scene.collector.endpoint().replace("feedback", "counts"));
    scene.site.file("/say-so.json", "application/json", file(&counts))?;
    let head = [LISTEN, &drawn(1), &held::back("say-so.json")].concat();
    held::open(scene, "en", &head, "data-config=/say-so.json").await?;
    let browser = &scene.browser;
    browser.launch().await?;
    browser.arrived().await?;
    says(scene, "#title", say_so::wording::english("title")).await?;
    browser.choose("complaint").await?;
    held::let_through(scene, "say-so.json").await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = scene.collector.revision(1).await?;
    ensure!(words.body["wording"] == json!({ "locale": "en" }), "{}", words.text);
    ensure!(scene.collector.counters().await?.is_empty());
    Ok(())
}

/// Who chooses before the panel is there takes no part, also where a choice is not posted.
pub async fn chosen_before(scene: &Scene) -> Result<()> {
    scene.site.file("/say-so.json", "application/json", file(""))?;
    let head = [LISTEN, &drawn(1), &held::back("wasm$")].concat();
    held::open(scene, "en", &head, "data-config=/say-so.json data-one-click=off").await?;
    let browser = &scene.browser;
    browser.launch().await?;
    browser.choose("complaint").await?;
    browser.script::<()>("letThrough()", vec![]).await?;
    browser.arrived().await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = scene.collector.revision(1).await?;
    ensure!(words.body["wording"] == json!({ "locale": "en" }), "{}", words.text);
    Ok(())
}

/// A kind that the page has chosen for its visitor is no act of theirs: they have opened the panel, at first and again,
/// whether choices are posted or not.
pub async fn opened_for_them(scene: &Scene) -> Result<()> {
    for attributes in ["", "data-one-click=off"] {
        opened_with(scene, attributes).await.with_context(|| format!("with {attributes:?}"))?;
    }
    Ok(())
}

async fn opened_with(scene: &Scene, attributes: &str) -> Result<()> {
    scene.site.file("/say-so.json", "application/json", file(""))?;
    let tag = format!(
        "<button id=own data-say-so-open=complaint>Tell us</button>
        <script src=/widget/embed.js data-endpoint=\"{}\" data-launcher=none data-config=/say-so.json {attributes}></script>",
        scene.collector.endpoint()
    );
    scene.open_page(&[held::WATCH, LISTEN, &drawn(1)].concat(), &tag).await?;
    let browser = &scene.browser;
    scene.loaded().await?;
    for opening in 1..=2 {
        browser.click_on_page("#own").await?;
        browser.arrived().await?;
        says(scene, "#title", "Your jug?").await?;
        heard(scene, 2 * opening - 1).await?;
        browser.script::<()>("saySo.close()", vec![]).await?;
        heard(scene, 2 * opening).await?;
    }
    ensure!(heard(scene, 4).await? == ["opened", "left", "opened", "left"], "{:?}", heard(scene, 4).await?);
    let details: Vec<Value> = browser.script("return heard.map(([, detail]) => detail.variant)", vec![]).await?;
    ensure!(details == ["blunt"; 4], "{details:?}");
    Ok(())
}

/// A panel in the page's text is opened where it is seen.
pub async fn seen(scene: &Scene) -> Result<()> {
    scene.site.file("/say-so.json", "application/json", file(""))?;
    let tag = format!(
        "<div style=height:300vh></div><script src=/widget/embed.js data-endpoint=\"{}\" data-launcher=inline data-config=/say-so.json></script>",
        scene.collector.endpoint()
    );
    scene.open_page(&[held::WATCH, LISTEN, &drawn(1)].concat(), &tag).await?;
    scene.browser.arrived().await?;
    held::tasks(scene).await?;
    let before: usize = scene.browser.script("return heard.length", vec![]).await?;
    ensure!(before == 0, "it was counted before it was seen");
    scene.browser.script::<()>("document.querySelector('say-so').scrollIntoView()", vec![]).await?;
    ensure!(heard(scene, 1).await? == ["opened"]);
    Ok(())
}
