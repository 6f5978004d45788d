//! The page changes its language, and the widget follows where it disturbs nothing.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Scene, said};
use thirtyfour::Key;

use super::held::{self, POSTED, came, change, says, spoken, was_read};

/// What the launcher says, seen or not.
async fn labelled(scene: &Scene, tag: &str) -> Result<()> {
    let label = said(tag, "launcher")?;
    let script = "return document.querySelector('say-so').shadowRoot.querySelector('.open').textContent";
    say_so_tests::until(&format!("the launcher to say {label:?}"), async || {
        Ok((scene.browser.script::<String>(script, vec![]).await? == label).then_some(()))
    })
    .await
}

/// A closed panel: the launcher says its new word without asking for anything, the panel opens in the new language.
pub async fn closed(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "de", "", "").await?;
    browser.part("launcher").await?;
    change(scene, "fr").await?;
    labelled(scene, "fr").await?;
    let asked: Vec<String> = browser.script("return asked", vec![]).await?;
    ensure!(asked.is_empty(), "it asked for {asked:?}");
    browser.launch().await?;
    says(scene, "#title", &said("fr", "title")?).await?;
    browser.arrived().await?;
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    change(scene, "it").await?;
    labelled(scene, "it").await?;
    browser.launch().await?;
    says(scene, "#title", &said("it", "title")?).await?;
    ensure!(!was_read(scene, english("title")).await?, "English came in between");
    Ok(())
}

/// Holds back what makes the first screens send.
const HOLD_AID: &str = "<script>
    {
        const watched = window.fetch;
        const gate = new Promise(resolve => (window.letAidThrough = resolve));
        window.fetch = (file, ...rest) => (/[/]aid/.test(file) ? gate.then(() => watched(file, ...rest)) : watched(file, ...rest));
    }
</script>";

/// While first aid is on its way, the words of the page's first language are too; they are not said any more.
pub async fn while_loading(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "de", HOLD_AID, "").await?;
    browser.launch().await?;
    came(scene, "/de.json").await?;
    change(scene, "fr").await?;
    browser.script::<()>("letAidThrough()", vec![]).await?;
    says(scene, "#title", &said("fr", "title")?).await?;
    browser.arrived().await?;
    ensure!(spoken(scene).await? == "fr ltr", "the panel is in {}", spoken(scene).await?);
    ensure!(!was_read(scene, &said("de", "title")?).await?, "German came in between");
    Ok(())
}

/// Words that are being written stay, with the field's focus, and are sent in the new language.
async fn while_writing(scene: &Scene, thanks: &str) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    says(scene, "#title", &said("de", "title")?).await?;
    browser.choose("complaint").await?;
    collector.revision(0).await?;
    says(scene, "[part~=send]", &said("de", "complaint.send")?).await?;
    browser.click("[part~=reply]").await?;
    browser.type_into("name", "Ada").await?;
    browser.type_into("email", "ada@example.com").await?;
    browser.type_into("message", "Der Henkel").await?;
    change(scene, "fr").await?;
    says(scene, "[part~=send]", &said("fr", "complaint.send")?).await?;
    says(scene, "#title", &said("fr", "title")?).await?;
    browser.focused("message").await?;
    browser.type_text(" wackelt").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, "#title", thanks).await?;
    labelled(scene, "fr").await?;
    let words = collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("Der Henkel wackelt"), "it arrived as {}", words.text);
    let contact = serde_json::json!({ "name": "Ada", "email": "ada@example.com", "reply": true });
    ensure!(words.body["contact"] == contact, "the contact arrived as {}", words.text);
    ensure!(words.body["wording"]["locale"] == "fr", "it arrived as {}", words.text);
    ensure!(collector.messages().await?.len() == 1, "two messages");
    ensure!(!was_read(scene, english("complaint.prompt")).await?, "English came in between");
    Ok(())
}

/// Without the wasm: first aid thanks in the new language, and for that it needs no name.
pub async fn in_first_aid(scene: &Scene) -> Result<()> {
    scene.expect("without WebAssembly");
    scene.site.remove("/widget/say-so_bg.wasm");
    held::open(scene, "de", "", "").await?;
    scene.browser.launch().await?;
    while_writing(scene, &said("fr", "thanks.complaint")?).await
}

/// With the wasm in charge.
pub async fn in_the_panel(scene: &Scene) -> Result<()> {
    held::open(scene, "de", "", "").await?;
    scene.browser.launch().await?;
    scene.browser.arrived().await?;
    while_writing(scene, &said("fr", "thanks.complaint.name")?.replace("{name}", "Ada")).await
}

/// What a visitor was told stays as it is until they close it.
pub async fn after_the_confirmation(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "de", "", "").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Ein schöner Krug.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let told = browser.text("[part~=panel]").await?;
    ensure!(told.contains(&said("de", "own.praise")?), "it says {told:?}");
    change(scene, "ar").await?;
    came(scene, "/ar.json").await?;
    ensure!(browser.text("[part~=panel]").await? == told, "it says now {:?}", browser.text("[part~=panel]").await?);
    ensure!(spoken(scene).await? == "de ltr", "the panel is in {}", spoken(scene).await?);
    browser.click(".sent [data-do=close]").await?;
    browser.gone("[part~=panel]").await?;
    labelled(scene, "ar").await?;
    browser.launch().await?;
    says(scene, "#title", &said("ar", "title")?).await?;
    ensure!(spoken(scene).await? == "ar rtl", "the panel is in {}", spoken(scene).await?);
    Ok(())
}

/// Who changes the language and then back again finds what was there at first.
pub async fn back_and_forth(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "de", "", "").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", "Deckel einzeln").await?;
    for (lang, tag) in [("en-GB", "en"), ("zh-TW", "en"), ("pt", "pt-BR"), ("de", "de")] {
        change(scene, lang).await?;
        says(scene, "#title", &said(tag, "title")?).await?;
        ensure!(browser.value("message").await? == "Deckel einzeln", "the words are gone in {lang}");
    }
    browser.send().await?;
    browser.phase("sent").await?;
    let words = scene.collector.revision(1).await?;
    ensure!(words.body["wording"]["locale"] == "de", "it arrived as {}", words.text);
    Ok(())
}

/// Holds back the words on their way to the endpoint.
const HOLD_WORDS: &str = "<script>
    {
        const watched = window.fetch;
        const gate = new Promise(resolve => (window.letWordsThrough = resolve));
        window.fetch = async (file, ...rest) => {
            if (/message/.test(await posted(file, ...rest))) await gate;
            return watched(file, ...rest);
        };
    }
</script>";

/// While words are on their way nothing changes: they are answered in the language in which they were asked for.
pub async fn while_sending(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "de", &[POSTED, HOLD_WORDS].concat(), "").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Ein schöner Krug.").await?;
    browser.send().await?;
    browser.phase("sending").await?;
    change(scene, "fr").await?;
    came(scene, "/fr.json").await?;
    says(scene, "[part~=send]", &said("de", "sending")?).await?;
    browser.script::<()>("letWordsThrough()", vec![]).await?;
    browser.phase("sent").await?;
    says(scene, "#title", &said("de", "thanks.praise")?).await?;
    browser.click(".sent [data-do=close]").await?;
    browser.launch().await?;
    says(scene, "#title", &said("fr", "title")?).await
}

/// Of two changes in a row the last one counts, however late the words of the first come.
pub async fn the_last_of_two(scene: &Scene) -> Result<()> {
    held::open(scene, "en", &held::back("de(-[0-9a-f]+)?[.]json"), "").await?;
    scene.browser.launch().await?;
    scene.browser.arrived().await?;
    change(scene, "de").await?;
    held::tasks(scene).await?;
    change(scene, "fr").await?;
    says(scene, "#title", &said("fr", "title")?).await?;
    scene.browser.script::<()>("letThrough()", vec![]).await?;
    came(scene, "/de.json").await?;
    says(scene, "#title", &said("fr", "title")?).await?;
    ensure!(spoken(scene).await? == "fr ltr", "the panel is in {}", spoken(scene).await?);
    Ok(())
}
