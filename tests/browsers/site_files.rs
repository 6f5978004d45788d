//! The site's own file: whose words are shown, who reads, how else to reach them, and what is said of a broken one.

use anyhow::{Context, Result, ensure};
use say_so::wording::english;
use say_so_tests::{Engine, Scene, said};

use super::held::{self, says, was_read};

const FILE: &str = r##"{
    "$schema": "https://shop.example/say-so.schema.json",
    "reader": { "person": "Dana", "team": "Customer Care" },
    "reach": { "phone": "+49 (30) 12-34", "email": "care@shop.example", "address": "Nettle Row 7, York" },
    "wording": {
        "en": { "title": "How is your jug?", "complaint.prompt": "What is wrong with it?", "own.complaint": "We are sorry." },
        "pt-BR": { "title": "E a sua jarra?" }
    }
}"##;

/// From the site's own question to the ways to reach it.
async fn own_words(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    says(scene, "#title", "How is your jug?").await?;
    browser.choose("complaint").await?;
    says(scene, "label[for=message]", "What is wrong with it?").await?;
    says(scene, "[part~=send]", english("complaint.send")).await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, ".own", "We are sorry.").await?;
    says(scene, ".reads", &english("reads.none").replace("{reader}", "Dana in Customer Care")).await?;
    says(scene, ".way[data-way=phone]", "+49 (30) 12-34").await?;
    says(scene, ".way[data-way=email]", "care@shop.example").await?;
    says(scene, ".way[data-way=address]", "Nettle Row 7, York").await?;
    let phone = browser.attribute(".way[data-way=phone]", "href").await?;
    let email = browser.attribute(".way[data-way=email]", "href").await?;
    ensure!(phone.as_deref() == Some("tel:+49301234"), "the phone is at {phone:?}");
    ensure!(email.as_deref() == Some("mailto:care@shop.example"), "the e-mail is at {email:?}");
    ensure!(!was_read(scene, english("title")).await?, "the default question stood there first");
    Ok(())
}

/// By its address, with the wasm in charge.
pub async fn by_address(scene: &Scene) -> Result<()> {
    scene.site.file("/say-so.json", "application/json", FILE)?;
    held::open(scene, "en", "", "data-config=/say-so.json").await?;
    scene.browser.launch().await?;
    scene.browser.arrived().await?;
    own_words(scene).await
}

/// By the id of an element that holds it, with the wasm in charge.
pub async fn by_id(scene: &Scene) -> Result<()> {
    let element = format!("<script type=application/json id=say-so-file>{FILE}</script>");
    held::open(scene, "en", &element, "data-config=#say-so-file").await?;
    scene.browser.launch().await?;
    scene.browser.arrived().await?;
    own_words(scene).await
}

/// Without the wasm the site's words are not said, nor who reads, nor how to reach them: the language's own words are.
pub async fn without_wasm(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("without WebAssembly");
    scene.site.remove("/widget/say-so_bg.wasm");
    scene.site.file("/say-so.json", "application/json", FILE)?;
    held::open(scene, "pt-PT", "", "data-config=/say-so.json").await?;
    browser.launch().await?;
    says(scene, "#title", &said("pt-BR", "title")?).await?;
    browser.choose("complaint").await?;
    says(scene, "label[for=message]", &said("pt-BR", "complaint.prompt")?).await?;
    browser.type_into("message", "A tampa quebrou.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, "#title", &said("pt-BR", "thanks.complaint")?).await?;
    let words = scene.collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("A tampa quebrou."), "it arrived as {}", words.text);
    ensure!(!browser.sees(".way, .reads, .own").await?, "first aid knows the site's file");
    ensure!(!was_read(scene, "E a sua jarra?").await?, "first aid says what the site says");
    Ok(())
}

/// Sends words that can't be delivered.
async fn fails(scene: &Scene, in_the_panel: bool) -> Result<()> {
    scene.expect("unreachable");
    let Scene { browser, collector, .. } = scene;
    scene.site.file("/say-so.json", "application/json", FILE)?;
    held::open(scene, "en", "", "data-config=/say-so.json").await?;
    browser.launch().await?;
    if in_the_panel {
        browser.arrived().await?;
    }
    browser.choose("complaint").await?;
    collector.revision(0).await?;
    ensure!(!browser.sees(".way").await?, "nothing has failed yet");
    collector.stop();
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("unsure").await
}

/// Whose words can't be delivered is told how else to reach a person.
pub async fn where_it_fails(scene: &Scene) -> Result<()> {
    fails(scene, true).await?;
    says(scene, ".way[data-way=phone]", "+49 (30) 12-34").await?;
    says(scene, ".write .reach .about", english("reach")).await?;
    let phone = scene.browser.attribute(".way[data-way=phone]", "href").await?;
    ensure!(phone.as_deref() == Some("tel:+49301234"), "the phone is at {phone:?}");
    Ok(())
}

/// Without the wasm they are told why, and keep their words: in the box, and copied if they like.
pub async fn where_it_fails_without_wasm(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("without WebAssembly");
    scene.site.remove("/widget/say-so_bg.wasm");
    fails(scene, false).await?;
    says(scene, "[data-fill=problem-title]", english("unsure.complaint")).await?;
    says(scene, "[data-fill=problem-reason]", english("unsure.again")).await?;
    ensure!(!browser.sees(".way").await?, "first aid knows the site's file");
    ensure!(browser.value("message").await? == "The lid broke.", "the words are gone");
    browser.seen("[data-copy=message]").await?;
    collector.start_again()?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("The lid broke."), "it arrived as {}", words.text);
    Ok(())
}

/// Each language has the site's words for it, and its own for the rest.
pub async fn in_another_language(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.site.file("/say-so.json", "application/json", FILE)?;
    held::open(scene, "pt-PT", "", "data-config=/say-so.json").await?;
    browser.launch().await?;
    says(scene, "#title", "E a sua jarra?").await?;
    browser.choose("complaint").await?;
    says(scene, "label[for=message]", &said("pt-BR", "complaint.prompt")?).await
}

/// Leaves words, which has to go as if there were no file; gives what the page warned of.
async fn warned(scene: &Scene) -> Result<Vec<String>> {
    let Scene { browser, collector, .. } = scene;
    let (lines, messages) = (browser.recorded().await?.len(), collector.messages().await?.len());
    held::open(scene, "en", "", "data-config=/say-so.json").await?;
    browser.launch().await?;
    says(scene, "#title", english("title")).await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.click("[part~=reply]").await?;
    browser.type_into("email", "ada@example.com").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let reads = english("reads.reply").replace("{reader}", english("reader.us"));
    says(scene, ".reads", &reads.replace("{email}", "ada@example.com")).await?;
    ensure!(collector.messages().await?.len() == messages + 1, "the words were not kept");
    // Who has more to say is warned no second time.
    browser.click(".sent [data-do=close]").await?;
    browser.launch().await?;
    browser.arrived().await?;
    Ok(browser.recorded().await?.split_off(lines))
}

/// What can't be used is named in one line, with what it should have been.
async fn unsound(scene: &Scene, cases: &[(&str, &str)]) -> Result<()> {
    for (file, warning) in cases {
        scene.site.file("/say-so.json", "application/json", *file)?;
        scene.expect(warning);
        let warnings = warned(scene).await.with_context(|| format!("with {file}"))?;
        let [only] = &warnings[..] else { anyhow::bail!("{file} gave not one warning: {warnings:?}") };
        ensure!(only.contains(warning) && only.contains("data-config"), "{file} gave {only:?}, not {warning:?}");
    }
    Ok(())
}

/// Sentences that can't be said: the default ones are.
pub async fn unsound_words(scene: &Scene) -> Result<()> {
    let cases = [
        (r#"{"wording":{"en":{"titel":"Jugs?"}}}"#, "wording.en.titel is unknown; the nearest is title"),
        (
            r#"{"wording":{"en":{"reads.reply":"Wait."}}}"#,
            "wording.en.reads.reply must hold {email} {reader}; it holds none",
        ),
        (r#"{"wording":{"en":{"title":"{name}?"}}}"#, "wording.en.title must hold no placeholder; it holds {name}"),
        (r#"{"wording":{"en":{"title":["Jugs?"]}}}"#, "wording.en.title must be a text"),
    ];
    unsound(scene, &cases).await
}

/// One sentence where the sentences of a language should stand is one mistake, not one for each of its letters.
pub async fn a_text_for_a_language(scene: &Scene) -> Result<()> {
    unsound(scene, &[(r#"{"wording":{"en":"Jugs?"}}"#, "wording.en must be an object")]).await
}

/// The first case, and in Chromium the others too: the first asks the engine itself, the others are the same code in
/// every one.
fn sampled<'a>(scene: &Scene, cases: &'a [(&'a str, &'a str)]) -> &'a [(&'a str, &'a str)] {
    if scene.engine == Engine::Chromium { cases } else { &cases[..1] }
}

/// What is no file of a site's at all, or has members that nobody knows. Engines read JSON, and say by themselves what
/// is none.
pub async fn unsound_files(scene: &Scene) -> Result<()> {
    let cases = [
        (r#"{"wording":{"en":{"title":"Jugs?"}"#, "it is not used: SyntaxError"),
        ("<!doctype html><title>Oops</title>", "it is not used: SyntaxError"),
        (r#"{"hourz":{}}"#, "hourz is unknown; the nearest is hours"),
        (r#"{"wording":"Jugs?"}"#, "wording must be an object"),
        (r#"["Jugs?"]"#, "it must be an object"),
    ];
    unsound(scene, sampled(scene, &cases)).await
}

/// Hours by which no day can be promised. Engines know the time zones.
pub async fn unsound_hours(scene: &Scene) -> Result<()> {
    let cases = [
        (
            r#"{"hours":{"zone":"Europe/Berlyn","monday":["09:00-17:00"],"reply":"2 days"}}"#,
            "hours.zone must be a time zone, not Europe/Berlyn",
        ),
        (
            r#"{"hours":{"zone":"Europe/Berlin","monday":["9-17"],"reply":"2 days"}}"#,
            "hours: \"9-17\" must be a span of one day, such as 09:00-17:00",
        ),
        (
            r#"{"hours":{"zone":"Europe/Berlin","mondays":[],"reply":"2 days"}}"#,
            "hours.mondays is unknown; the nearest is monday",
        ),
    ];
    unsound(scene, sampled(scene, &cases)).await
}

/// There is no file.
pub async fn missing(scene: &Scene) -> Result<()> {
    scene.expect("it is not used: the server answered 404");
    let warnings = warned(scene).await?;
    ensure!(warnings.len() == 1, "not one warning: {warnings:?}");
    Ok(())
}

/// A kind that is chosen while the file is on its way is posted at once, and the site's words are said when they come;
/// who types meanwhile types on.
pub async fn a_kind_before_it(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.site.file("/say-so.json", "application/json", FILE)?;
    // Nor does English stand in.
    let patient = "<script>
        const later = window.setTimeout;
        window.setTimeout = (act, after, ...rest) => (after === 1000 ? 0 : later(act, after, ...rest));
    </script>";
    let wait = [&held::back("say-so[.]json"), patient].concat();
    held::open(scene, "en-GB", &wait, "data-config=/say-so.json").await?;
    scene.loaded().await?;
    // Nobody can press a kind that says nothing yet, but a page can choose one.
    browser.script::<()>("saySo.open('complaint')", vec![]).await?;
    browser.arrived().await?;
    browser.type_into("message", "The lid ").await?;
    held::let_through(scene, "/say-so.json").await?;
    says(scene, "label[for=message]", "What is wrong with it?").await?;
    browser.focused("message").await?;
    browser.type_text("broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, ".own", "We are sorry.").await?;
    let words = scene.collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("The lid broke."), "the words are {}", words.text);
    ensure!(scene.collector.revisions().await?.len() == 1, "something else was posted");
    Ok(())
}
