//! Wordings that are tried out against each other: which one a visitor reads, and what travels of it.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Scene, until};
use serde_json::{Value, json};

use super::held::{self, says, was_read};

const FILE: &str = r#"{
    "wording": { "en": { "title": "How is your jug?", "complaint.prompt": "What is wrong with it?" } },
    "experiment": {
        "name": "titles",
        "variants": { "as ever": {}, "blunt": { "en": { "title": "Your jug?", "own.complaint": "That is on us." } } }
    }
}"#;

/// What chance says; above a half it is the second of two variants.
fn chance(is: f64) -> String {
    format!("<script>Math.random = () => {is}</script>")
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
    held::open(scene, "en", &chance(0.7), "data-config=/say-so.json").await?;
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

/// The other variant, of which the site says nothing else than ever.
pub async fn nothing_else_said(scene: &Scene) -> Result<()> {
    scene.site.file("/say-so.json", "application/json", FILE)?;
    held::open(scene, "en", &chance(0.2), "data-config=/say-so.json").await?;
    scene.browser.launch().await?;
    scene.browser.arrived().await?;
    says(scene, "#title", "How is your jug?").await?;
    let travelled = complain(scene).await?;
    let expected = json!({ "locale": "en", "experiment": "titles", "variant": "as ever" });
    ensure!(travelled == [expected.clone(), expected], "there travelled {travelled:?}");
    Ok(())
}

/// Without the wasm nobody takes part, and the language's own words are said.
pub async fn without_wasm(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    scene.site.remove("/widget/say-so_bg.wasm");
    scene.site.file("/say-so.json", "application/json", FILE)?;
    held::open(scene, "en", &chance(0.7), "data-config=/say-so.json").await?;
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
    held::open(scene, "de", &chance(0.7), "data-config=/say-so.json").await?;
    scene.browser.launch().await?;
    let travelled = complain(scene).await?;
    let expected = json!({ "locale": "de" });
    ensure!(travelled == [expected.clone(), expected], "there travelled {travelled:?}");
    Ok(())
}

/// What can't be used is named, and nobody takes part in an experiment that says other words than it should.
pub async fn unsound(scene: &Scene) -> Result<()> {
    let cases = [
        (r#"{"experiment":{"variants":{"blunt":{"en":{"title":"Jug?"}}}}}"#, "must have 1 to 64 characters"),
        (
            r#"{"experiment":{"name":"titles","variants":{"blunt":{"en":{"titel":"Jug?"}}}}}"#,
            "experiment.variants.blunt.en.titel is unknown; the nearest is title",
        ),
        (
            r#"{"experiment":{"name":"titles","variants":{"blunt":"Jug?"}}}"#,
            "experiment.variants.blunt must be an object",
        ),
        (r#"{"experiment":5}"#, "experiment must be an object"),
    ];
    for (file, warning) in cases {
        scene.expect(warning);
        scene.site.file("/say-so.json", "application/json", file)?;
        held::open(scene, "en", "", "data-config=/say-so.json").await?;
        scene.browser.launch().await?;
        says(scene, "#title", english("title")).await?;
        let [click, words] = complain(scene).await?;
        let none = json!({ "locale": "en" });
        ensure!(click == none && words == none, "{file}: there travelled {click} and {words}");
    }
    Ok(())
}
