//! Wordings that are tried out against each other: which one a visitor reads, and what travels of it.

use anyhow::{Result, ensure};
use say_so::{experiment, wording::english};
use say_so_tests::{Engine, Scene, page, until};
use serde_json::{Value, json};

use super::held::{self, says, was_read};

const FILE: &str = r#"{
    "wording": { "en": { "title": "How is your jug?", "complaint.prompt": "What is wrong with it?" } },
    "experiments": [{
        "id": "titles",
        "variants": [
            { "id": "as-ever" },
            { "id": "blunt", "wording": { "en": { "title": "Your jug?", "own.complaint": "That is on us." } } }
        ]
    }]
}"#;

/// The same in the form that came before.
const SINGLE: &str = r#"{
    "wording": { "en": { "title": "How is your jug?", "complaint.prompt": "What is wrong with it?" } },
    "experiment": {
        "name": "titles",
        "variants": { "as ever": {}, "blunt": { "en": { "title": "Your jug?", "own.complaint": "That is on us." } } }
    }
}"#;

/// A page whose messages all have an id for which that variant of two is drawn.
pub fn drawn(variant: usize) -> String {
    drawn_again(variant, 0)
}

/// The same with other ids: the first page's is 0.
fn drawn_again(variant: usize, page: usize) -> String {
    let fits = |byte: &u8| experiment::variant("titles", &id(*byte), &[1.0, 1.0]) == Some(variant);
    let byte = (0..=u8::MAX).filter(fits).nth(page);
    format!("<script>crypto.getRandomValues = list => list.fill({})</script>", byte.unwrap_or_default())
}

fn id(byte: u8) -> String {
    format!("{byte:02x}").repeat(16)
}

/// Complains, and gives the `wording` of the click and of the words as they arrived.
async fn complain(scene: &Scene) -> Result<[Value; 2]> {
    let Scene { browser, collector, .. } = scene;
    let before = collector.revisions().await?.len();
    browser.choose("complaint").await?;
    until("the click", async || Ok(collector.revisions().await?.into_iter().nth(before))).await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let revisions = collector.revisions().await?;
    let [.., click, words] = &revisions[..] else { anyhow::bail!("there are not two revisions") };
    Ok([click.body["wording"].clone(), words.body["wording"].clone()])
}

/// The variant goes before what the site says, which goes before the language's own.
pub async fn over_the_sites_words(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.site.file("/say-so.json", "application/json", FILE)?;
    held::open(scene, "en", &drawn(1), "data-config=/say-so.json").await?;
    browser.launch().await?;
    browser.arrived().await?;
    says(scene, "#title", "Your jug?").await?;
    let travelled = complain(scene).await?;
    let expected = json!({ "locale": "en", "experiment": "titles", "variant": "blunt" });
    ensure!(travelled == [expected.clone(), expected], "there travelled {travelled:?}");
    says(scene, ".own", "That is on us.").await?;
    for other in ["How is your jug?", english("title")] {
        ensure!(!was_read(scene, other).await?, "{other:?} stood there first");
    }
    Ok(())
}

/// The other variant, of which the site says nothing else than ever; and both in the form that came before.
pub async fn nothing_else_said(scene: &Scene) -> Result<()> {
    let cases = [
        (FILE, 0, "as-ever", "How is your jug?"),
        (SINGLE, 0, "as ever", "How is your jug?"),
        (SINGLE, 1, "blunt", "Your jug?"),
    ];
    for (page, (file, at, variant, title)) in cases.into_iter().enumerate() {
        scene.site.file("/say-so.json", "application/json", file)?;
        held::open(scene, "en", &drawn_again(at, page), "data-config=/say-so.json").await?;
        scene.browser.launch().await?;
        scene.browser.arrived().await?;
        says(scene, "#title", title).await?;
        let travelled = complain(scene).await?;
        let expected = json!({ "locale": "en", "experiment": "titles", "variant": variant });
        ensure!(travelled == [expected.clone(), expected], "there travelled {travelled:?}");
    }
    Ok(())
}

/// Without the wasm nobody takes part, and the language's own words are said.
pub async fn without_wasm(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    scene.site.remove("/widget/say-so_bg.wasm");
    scene.site.file("/say-so.json", "application/json", FILE)?;
    held::open(scene, "en", &drawn(1), "data-config=/say-so.json").await?;
    scene.browser.launch().await?;
    says(scene, "#title", english("title")).await?;
    let travelled = complain(scene).await?;
    let expected = json!({ "locale": "en" });
    ensure!(travelled == [expected.clone(), expected], "there travelled {travelled:?}");
    for other in ["How is your jug?", "Your jug?"] {
        ensure!(!was_read(scene, other).await?, "{other:?} is said");
    }
    Ok(())
}

/// A language in which no variant says anything takes no part.
pub async fn another_language(scene: &Scene) -> Result<()> {
    scene.site.file("/say-so.json", "application/json", FILE)?;
    held::open(scene, "de", &drawn(1), "data-config=/say-so.json").await?;
    scene.browser.launch().await?;
    let travelled = complain(scene).await?;
    let expected = json!({ "locale": "de" });
    ensure!(travelled == [expected.clone(), expected], "there travelled {travelled:?}");
    Ok(())
}

/// What can't be used is named, and nobody takes part in an experiment that says other words than it should.
pub async fn unsound(scene: &Scene) -> Result<()> {
    let two = |rest: &str| format!(r#"{{"experiments":[{{"id":"a","variants":[{{"id":"b"}},{rest}]}}]}}"#);
    let cases = [
        (
            r#"{"experiment":{"variants":{"blunt":{"en":{"title":"Jug?"}}}}}"#.to_owned(),
            "experiment: its name, and those of its variants, must have 1 to 64 characters",
        ),
        (
            two(r#"{"id":"blunt","wording":{"en":{"titel":"Jug?"}}}"#),
            "experiments.a.blunt.en.titel is unknown; the nearest is title",
        ),
        (two(r#"{"id":"b","wording":{"en":{"title":"Jug?"}}}"#), "experiments[0].variants[1].id must be another"),
        (
            two(r#"{"id":"c","weight":-1,"wording":{"en":{"title":"Jug?"}}}"#),
            ".weight must be a whole number from 0 to 1,000",
        ),
        (two(r#"{"id":"c","weight":1.5}"#), "experiments[0].variants[1].weight must be a whole number"),
        (two(r#"{"id":"Krug 1","wording":{"en":{"title":"Jug?"}}}"#), ".id must be 1 to 64 of A-Z a-z 0-9 _ . -"),
        (two(r#"{"id":"c","wording":"Jug?"}"#), "experiments[0].variants[1].wording must be an object"),
        (
            r#"{"experiments":[{"id":"a","start":"soon","variants":[{"id":"b"},{"id":"c"}]}]}"#.to_owned(),
            "experiments[0].start must be a day or an instant of a zone, such as 2026-12-01",
        ),
        (
            r#"{"experiments":[{"id":"a","variants":[{"id":"b"}]}]}"#.to_owned(),
            "experiments[0].variants must be 2 to 20",
        ),
        (
            r#"{"experiments":[{"id":"a","end":"2026-12-01T09:00:00","variants":[{"id":"b"},{"id":"c"}]}]}"#.to_owned(),
            "experiments[0].end must be a day or an instant of a zone",
        ),
        (two(r#"{"id":"c","weight":"2"}"#), "experiments[0].variants[1].weight must be a whole number"),
        (r#"{"experiments":{}}"#.to_owned(), "experiments must be a list"),
        (r#"{"experiment":5}"#.to_owned(), "experiment must be an object"),
    ];
    for (page, (file, warning)) in cases.into_iter().enumerate() {
        scene.expect(warning);
        scene.site.file("/say-so.json", "application/json", &*file)?;
        held::open(scene, "en", &drawn_again(1, page), "data-config=/say-so.json").await?;
        scene.browser.launch().await?;
        scene.browser.arrived().await?;
        says(scene, "#title", english("title")).await?;
        until("the warning", async || {
            let recorded = scene.browser.recorded().await?;
            Ok(recorded.iter().any(|line| line.contains(warning)).then_some(()))
        })
        .await?;
        travels(scene, &json!({ "locale": "en" })).await?;
    }
    Ok(())
}

/// Whether that travels with a bare click.
async fn travels(scene: &Scene, expected: &Value) -> Result<()> {
    let before = scene.collector.revisions().await?.len();
    scene.browser.choose("complaint").await?;
    let click = until("the click", async || Ok(scene.collector.revisions().await?.into_iter().nth(before))).await?;
    ensure!(click.body["wording"] == *expected, "there travelled {}", click.body["wording"]);
    Ok(())
}

/// How the shares of two wordings are read, all openings in one page, with weights 1 and 3: by five sigma.
pub async fn shares(scene: &Scene) -> Result<()> {
    let openings = if scene.engine == Engine::Chromium { 2_000 } else { 200 };
    let file = FILE.replace("\"blunt\",", "\"blunt\", \"weight\": 3,");
    let head = format!("<script id=site type=application/json>{file}</script>");
    held::open(scene, "en", &head, "data-config=#site").await?;
    scene.browser.launch().await?;
    scene.browser.arrived().await?;
    let script = format!(
        "const done = arguments[arguments.length - 1];
        const title = () => document.querySelector('say-so').shadowRoot.querySelector('#title').textContent;
        const read = {{ 'How is your jug?': 0, 'Your jug?': 0 }};
        let left = {openings};
        document.addEventListener('say-so:opened', ({{ detail }}) => {{
            if ((detail.variant == 'blunt') != (title() == 'Your jug?')) throw Error(detail.variant + ': ' + title());
            read[title()]++;
            saySo.close();
            if (--left) saySo.open();
            else done(read);
        }});
        saySo.close();
        saySo.open();"
    );
    let read: Value = scene.browser.script_later(&script).await?;
    let blunt = read["Your jug?"].as_f64().unwrap_or_default();
    let (all, share) = (f64::from(openings), 0.75);
    let sigma = f64::sqrt(all * share * (1.0 - share));
    ensure!((blunt - all * share).abs() < 5.0 * sigma, "of {openings} openings there were {read}");
    Ok(())
}

/// An experiment that ends in the site's file, or by its day, ends in pages that have been loaded before; so does its
/// time.
pub async fn ends(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.site.file("/say-so.json", "application/json", FILE)?;
    held::open(scene, "en", &drawn(1), "data-config=/say-so.json").await?;
    browser.launch().await?;
    says(scene, "#title", "Your jug?").await?;
    let over = FILE.replace("\"titles\",", "\"titles\", \"start\": \"2026-01-01\", \"end\": \"2026-01-02T09:00:00Z\",");
    scene.site.file("/say-so.json", "application/json", over)?;
    browser.script::<()>("saySo.close(); saySo.open()", vec![]).await?;
    says(scene, "#title", "How is your jug?").await?;
    let travelled = complain(scene).await?;
    let expected = json!({ "locale": "en" });
    ensure!(travelled == [expected.clone(), expected], "there travelled {travelled:?}");
    Ok(())
}

/// Somebody looks at a wording by the page's address, running or not: it is said, marked, and counted nowhere.
pub async fn preview(scene: &Scene) -> Result<()> {
    let over = FILE.replace("\"titles\",", "\"titles\", \"end\": \"2026-01-02\",");
    scene.site.file("/say-so.json", "application/json", over)?;
    let endpoint = scene.collector.endpoint();
    let tag = format!("<script src=/widget/embed.js data-endpoint=\"{endpoint}\" data-config=/say-so.json></script>");
    let html = page(&[held::WATCH, &drawn(0)].concat(), &tag);
    let address = scene.site.page("/", &html, &[])?;
    scene.browser.goto(&format!("{address}?say-so-variant=titles:blunt")).await?;
    scene.browser.launch().await?;
    says(scene, "#title", "Your jug?").await?;
    // A click would carry no mark.
    scene.browser.choose("complaint").await?;
    scene.browser.type_into("message", "The lid broke.").await?;
    scene.browser.send().await?;
    scene.browser.phase("sent").await?;
    let revisions = scene.collector.revisions().await?;
    let [words] = &revisions[..] else { anyhow::bail!("there are {} revisions", revisions.len()) };
    ensure!(words.body["wording"] == json!({ "locale": "en" }), "{}", words.text);
    ensure!(words.body["custom"] == json!({ "say-so.preview": "titles:blunt" }), "{}", words.text);
    scene.expect("there is no variant titles:blunter");
    scene.browser.goto(&format!("{address}?say-so-variant=titles:blunter")).await?;
    scene.browser.launch().await?;
    scene.browser.arrived().await?;
    says(scene, "#title", "How is your jug?").await
}
