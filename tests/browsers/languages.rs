//! Which language the panel speaks, and that it is one from the first sentence to the last.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Engine, Scene, page, said, until};
use thirtyfour::Key;

use super::held::{self, HOLD, WATCH, let_through, says, spoken, was_read};

/// The setting, then the page, then the browser say which language it is; what is not there is English.
/// The launcher says its word at once, before anything is asked for. The rule is the same code in every engine: all of
/// its cases in Chromium, and one for each of what it goes by in the others.
pub async fn choice(scene: &Scene) -> Result<()> {
    let cases = [
        // the page, the setting, the browser: the catalog
        ("en", "data-lang=fr-CA", "es", "fr"),
        ("de-AT", "", "fr", "de"),
        ("", "", "it-CH", "it"),
        // From here on in Chromium alone.
        ("de_DE", "", "fr", "de"),
        ("pt-PT", "", "en", "pt-BR"),
        ("zh-CN", "", "en", "zh-Hans"),
        ("zh-Hans-HK", "", "en", "zh-Hans"),
        ("zh-TW", "", "de", "en"),
        ("zh-Hant", "", "de", "en"),
        ("cy", "", "de", "en"),
        ("de", "data-lang=EN", "fr", "en"),
    ];
    let Scene { browser, collector, site, .. } = scene;
    let count = if scene.engine == Engine::Chromium { cases.len() } else { 3 };
    for (at, (lang, setting, visitor, tag)) in cases.into_iter().take(count).enumerate() {
        let case = format!("a page in {lang:?} with {setting:?}, for a browser in {visitor}");
        let browser_lang =
            format!("<script>Object.defineProperty(navigator, 'language', {{ get: () => '{visitor}' }})</script>");
        let endpoint = collector.endpoint();
        let body = format!(
            "<script src=/widget/embed.js data-endpoint=\"{endpoint}\" {setting}></script>
             <script>
                window.atOnce = [document.querySelector('say-so').shadowRoot.querySelector('.open').textContent, ...asked];
             </script>"
        );
        let html = page(&[WATCH, &browser_lang].concat(), &body).replacen("\"en-GB\"", &format!("\"{lang}\""), 1);
        browser.goto(&site.page("/", &html, &[])?).await?;
        let at_once: Vec<String> = browser.script("return atOnce", vec![]).await?;
        let label = said(tag, "launcher")?;
        ensure!(at_once == [label.as_str()], "{case}: at once there were {at_once:?}, not only {label:?}");
        browser.launch().await?;
        says(scene, "#title", &said(tag, "title")?).await?;
        browser.choose("complaint").await?;
        let click = until("the click", async || Ok(collector.revisions().await?.into_iter().nth(at))).await?;
        ensure!(click.body["wording"]["locale"] == tag, "{case}: it arrived as {}", click.text);
        let spoken = spoken(scene).await?;
        ensure!(
            Some(spoken.as_str()) == tag.split('-').next().map(|lang| format!("{lang} ltr")).as_deref(),
            "{case}: the panel is in {spoken}"
        );
    }
    Ok(())
}

/// Where the kinds stand, and how high they are, in CSS pixels.
const KINDS: &str = "
    const kinds = [...document.querySelector('say-so').shadowRoot.querySelectorAll('.kind')];
    return kinds.map(kind => kind.getBoundingClientRect()).map(({ top, height }) => [top, height])";

/// When the words come, the kinds don't move under the pointer.
pub async fn no_jump(scene: &Scene) -> Result<()> {
    for tag in ["de", "ar", "ja"] {
        held::open(scene, tag, HOLD, "").await?;
        scene.browser.launch().await?;
        scene.browser.part("kind").await?;
        let before: Vec<[f64; 2]> = scene.browser.script(KINDS, vec![]).await?;
        let_through(scene, &format!("{tag}.json")).await?;
        says(scene, ".kind .about", &said(tag, "complaint.about")?).await?;
        let after: Vec<[f64; 2]> = scene.browser.script(KINDS, vec![]).await?;
        ensure!(before == after, "in {tag} they move from {before:?} to {after:?}");
    }
    Ok(())
}

/// Sentences of which none may stand there in English.
const SENTENCES: [&str; 9] =
    ["title", "click.on", "complaint", "praise.about", "complaint.prompt", "complaint.send", "name", "reply", "sends"];

/// While the language's file is on its way, the panel can be used, and it says nothing in English.
pub async fn no_english_before_it(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.site.remove("/widget/say-so_bg.wasm");
    scene.expect("without WebAssembly");
    held::open(scene, "de", HOLD, "").await?;
    scene.loaded().await?;
    // The kinds can't be pressed yet, but a page can choose one.
    browser.script::<()>("saySo.open('complaint')", vec![]).await?;
    browser.phase("write").await?;
    browser.type_into("message", "Der Henkel wackelt").await?;
    let field = "document.querySelector('say-so').shadowRoot.querySelector('[name=message]')";
    browser.script::<()>(&format!("window.field = {field}; field.setSelectionRange(4, 4)"), vec![]).await?;
    let_through(scene, "/de.json").await?;
    says(scene, "#title", &said("de", "title")?).await?;
    says(scene, "[part~=send]", &said("de", "complaint.send")?).await?;
    browser.type_text("neue ").await?;
    let kept: (bool, usize) =
        browser.script(&format!("return [window.field === {field}, {field}.selectionStart]"), vec![]).await?;
    ensure!(kept == (true, 9), "the field was replaced, or the caret moved: {kept:?}");
    browser.send().await?;
    browser.phase("sent").await?;
    for key in SENTENCES {
        ensure!(!was_read(scene, english(key)).await?, "{:?} stood there in English", english(key));
    }
    let words = scene.collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("Der neue Henkel wackelt"), "it arrived as {}", words.text);
    ensure!(words.body["wording"]["locale"] == "de", "it arrived as {}", words.text);
    Ok(())
}

/// Language by language there is no English either where the file comes as files do, up to the confirmation.
pub async fn no_english_at_all(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "fr", "", "").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Un bon bol.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, "#title", &said("fr", "thanks.praise")?).await?;
    for key in [&SENTENCES[..], &["praise.prompt", "thanks.praise", "own.praise", "more", "done"]].concat() {
        ensure!(!was_read(scene, english(key)).await?, "{:?} stood there in English", english(key));
    }
    Ok(())
}

/// A file that takes longer than a second: English stands in, and goes as long as nothing has been chosen.
pub async fn late_words(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "de", HOLD, "").await?;
    browser.launch().await?;
    browser.script::<()>("aSecondPasses()", vec![]).await?;
    says(scene, "#title", english("title")).await?;
    let_through(scene, "/de.json").await?;
    says(scene, "#title", &said("de", "title")?).await?;
    says(scene, "#click", &said("de", "click.on")?).await?;
    ensure!(spoken(scene).await? == "de ltr", "the panel is in {}", spoken(scene).await?);
    browser.choose("praise").await?;
    let click = scene.collector.revision(0).await?;
    ensure!(click.body["wording"]["locale"] == "de", "it arrived as {}", click.text);
    Ok(())
}

/// Once something has been chosen in English it stays, until the next message.
pub async fn english_to_the_end(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "de", HOLD, "").await?;
    browser.launch().await?;
    browser.script::<()>("aSecondPasses()", vec![]).await?;
    says(scene, "#title", english("title")).await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The lid").await?;
    let_through(scene, "/de.json").await?;
    says(scene, "#title", english("title")).await?;
    ensure!(spoken(scene).await? == "en ltr", "the panel is in {}", spoken(scene).await?);
    ensure!(browser.value("message").await? == "The lid", "the words are gone");
    browser.type_into("message", " broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, "#title", english("thanks.complaint")).await?;
    ensure!(!was_read(scene, &said("de", "complaint.prompt")?).await?, "German came after all");
    let words = scene.collector.revision(1).await?;
    ensure!(words.body["wording"]["locale"] == "en", "it arrived as {}", words.text);
    browser.click(".sent [data-do=close]").await?;
    browser.launch().await?;
    says(scene, "#title", &said("de", "title")?).await
}

/// A second is a second: without a file, English is there by itself.
pub async fn english_after_a_second(scene: &Scene) -> Result<()> {
    let never = "<script>through = new Promise(() => {})</script>";
    held::open(scene, "ja", never, "").await?;
    scene.browser.launch().await?;
    says(scene, "#title", english("title")).await
}

/// Sends feedback in English after exactly one warning about the language.
async fn english_instead(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("the words in \"de\" are missing");
    held::open(scene, "de", "", "").await?;
    browser.launch().await?;
    says(scene, "#title", english("title")).await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", "Sell the lids alone.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, "#title", english("thanks.suggestion")).await?;
    let words = collector.revision(1).await?;
    ensure!(words.body["wording"]["locale"] == "en", "it arrived as {}", words.text);
    let warnings = browser.recorded().await?;
    ensure!(warnings.len() == 1, "not one warning: {warnings:?}");
    Ok(())
}

/// The file is missing.
pub async fn missing(scene: &Scene) -> Result<()> {
    scene.site.remove("/widget/de.json");
    english_instead(scene).await
}

/// The file was cut on its way.
pub async fn cut(scene: &Scene) -> Result<()> {
    let mut file = scene.site.read("/widget/de.json")?;
    file.truncate(file.len() / 2);
    scene.site.file("/widget/de.json", "application/json", file)?;
    english_instead(scene).await
}

/// The file is of another version, with fewer sentences.
pub async fn of_another_length(scene: &Scene) -> Result<()> {
    scene.site.file("/widget/de.json", "application/json", r#"["Feedback", "Schließen"]"#)?;
    english_instead(scene).await
}

/// The server has a page for everything that is missing.
pub async fn a_page_instead(scene: &Scene) -> Result<()> {
    scene.site.file("/widget/de.json", "text/html", "<!doctype html><title>Oops</title>")?;
    english_instead(scene).await
}

/// In a page that nobody sees yet, nothing is fetched; and no English stands in for what is not late.
pub async fn in_a_hidden_tab(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let hidden = "<script>
        const frames = [];
        const paint = window.requestAnimationFrame;
        window.requestAnimationFrame = act => frames.push(act);
        window.show = () => {
            window.requestAnimationFrame = paint;
            frames.splice(0).forEach(act => paint(act));
        };
    </script>";
    held::open(scene, "de", &[hidden, held::HOLD].concat(), "data-launcher=inline").await?;
    scene.loaded().await?;
    browser.script::<()>("aSecondPasses()", vec![]).await?;
    browser.script::<()>("show()", vec![]).await?;
    held::let_through(scene, ".json").await?;
    says(scene, "#title", &said("de", "title")?).await?;
    browser.script::<()>("aSecondPasses()", vec![]).await?;
    ensure!(!was_read(scene, english("title")).await?, "English stood there first");
    Ok(())
}

/// The button says what the site has it say, also once the words of the panel have come.
pub async fn a_label_that_stays(scene: &Scene) -> Result<()> {
    held::open(scene, "de", "", "data-label=Krüge").await?;
    scene.browser.launch().await?;
    says(scene, "#title", &said("de", "title")?).await?;
    scene.browser.arrived().await?;
    scene.browser.press(Key::Escape).await?;
    scene.browser.says("[part~=launcher]", "Krüge").await
}
