//! The studio: words are written and checked there, tried in the real widget, and taken along.

use anyhow::{Context, Result, ensure};
use say_so_tests::{Scene, said, until, widget};
use serde_json::{Value, json};

use super::access;

/// The page, with the recorder in it: its other files come from the release.
const PAGE: &str = "/studio-recorded.html";

/// What the preview's frame says at a selector of the widget.
const SAID: &str = "return [...document.querySelectorAll('iframe')].map(frame =>
    frame.contentDocument?.querySelector('say-so')?.shadowRoot.querySelector(arguments[0])?.textContent ?? '')";

async fn open(scene: &Scene) -> Result<()> {
    let page = widget()?.join("studio.html");
    let html = std::fs::read_to_string(&page).context("the studio isn't built: `cargo xtask dist` builds it")?;
    scene.demo_file(PAGE.trim_start_matches('/'), &html)?;
    scene.visit(PAGE).await?;
    there(scene).await
}

async fn there(scene: &Scene) -> Result<()> {
    until("the studio", async || {
        let there: bool = scene.browser.script("return !!document.querySelector('.steps')", vec![]).await?;
        Ok(there.then_some(()))
    })
    .await
}

/// Waits until the frames of the preview say this.
async fn previews(scene: &Scene, selector: &str, said: &[&str]) -> Result<()> {
    until(&format!("the preview to say {said:?}"), async || {
        let now: Vec<String> = scene.browser.script(SAID, vec![selector.into()]).await?;
        Ok((now == said).then_some(()))
    })
    .await
}

/// The text of an element of the page, once it has one that contains this.
async fn says(scene: &Scene, selector: &str, part: &str) -> Result<String> {
    until(&format!("{selector} to say {part:?}"), async || {
        let text = text(scene, selector).await?;
        Ok(text.contains(part).then_some(text))
    })
    .await
}

async fn text(scene: &Scene, selector: &str) -> Result<String> {
    scene.browser.script("return document.querySelector(arguments[0])?.textContent ?? ''", vec![selector.into()]).await
}

async fn step(scene: &Scene, name: &str) -> Result<()> {
    scene.browser.click_on_page(&format!("[data-step={name}]")).await
}

/// Types into a field of the page.
async fn write(scene: &Scene, id: &str, text: &str) -> Result<()> {
    scene.browser.click_on_page(&format!("#{id}")).await?;
    scene.browser.type_text(text).await
}

/// Puts a text into a field at once, as pasting does.
async fn paste(scene: &Scene, id: &str, text: &str) -> Result<()> {
    let script = "const field = document.getElementById(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }))";
    scene.browser.script(script, vec![id.into(), text.into()]).await
}

/// The link that holds the file.
async fn link(scene: &Scene) -> Result<String> {
    step(scene, "take").await?;
    let copied = "navigator.clipboard.writeText = async text => { window.copied = text }";
    scene.browser.script::<()>(copied, vec![]).await?;
    scene.browser.click_on_page("[data-do=copy-link]").await?;
    says(scene, ".said", "Copied.").await?;
    scene.browser.script("return window.copied", vec![]).await
}

async fn start_over(scene: &Scene) -> Result<()> {
    scene.browser.click_on_page("[data-do=over]").await?;
    scene.browser.click_on_page("[data-do=over-yes]").await
}

/// Waits until a field of the page shows this.
async fn shows(scene: &Scene, id: &str, text: &str) -> Result<()> {
    until(&format!("#{id} to show {text:?}"), async || {
        let script = "return document.getElementById(arguments[0])?.value ?? ''";
        let shown: String = scene.browser.script(script, vec![id.into()]).await?;
        Ok((shown == text).then_some(()))
    })
    .await
}

/// A title is edited, and the real widget says it while it is; a robotic sentence is found; the downloaded file makes
/// the demo say what was written.
pub async fn from_words_to_the_demo(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene).await?;
    previews(scene, "#title", &["What’s on your mind?"]).await?;
    write(scene, "reader-person", "Mara").await?;
    step(scene, "words").await?;
    write(scene, "wording-en-title", "How is your jug?").await?;
    previews(scene, "#title", &["How is your jug?"]).await?;
    let focused: String = browser.script("return document.activeElement.id", vec![]).await?;
    ensure!(focused == "wording-en-title", "the preview has taken the focus to {focused:?}");

    browser.click_on_page("[data-kind=complaint]").await?;
    write(scene, "wording-en-own-complaint", "Rest assured.").await?;
    let found = says(scene, "#wording-en-own-complaint-findings", "rest assured").await?;
    ensure!(found.starts_with("Mend this: It says"), "the finding says {found:?}");
    says(scene, "[data-step=words]", "1 to mend").await?;
    paste(scene, "wording-en-own-complaint", "That is on us.").await?;
    until("nothing to be found", async || {
        let found = text(scene, "#wording-en-own-complaint-findings").await?;
        Ok(found.is_empty().then_some(()))
    })
    .await?;

    step(scene, "hours").await?;
    browser.click_on_page("[data-do=office]").await?;
    says(scene, "#trial-reads", "Mara will read it and write to you by ").await?;
    browser.click_on_page("[data-look=all]").await?;
    until("every screen in these words", async || {
        let screen = "const said = (screen, selector) => document.querySelector(`[data-screen=${screen}] div div`)
            ?.shadowRoot?.querySelector(selector)?.textContent ?? '';
            return [said('choose', '#title'), said('sent-complaint', '.own'), said('sent-complaint', '.reads')]";
        let [title, own, reads]: [String; 3] = browser.script(screen, vec![]).await?;
        let by = "Mara will read it and write to you by ";
        Ok((title == "How is your jug?" && own == "That is on us." && reads.starts_with(by)).then_some(()))
    })
    .await?;

    step(scene, "take").await?;
    let save = "const made = URL.createObjectURL;
        URL.createObjectURL = blob => ((window.saved = blob), made.call(URL, blob))";
    browser.script::<()>(save, vec![]).await?;
    browser.click_on_page("[data-do=download]").await?;
    let file: String = browser.script_later("window.saved.text().then(arguments[arguments.length - 1])").await?;
    let [reader, wording] =
        [json!({ "person": "Mara" }), json!({ "title": "How is your jug?", "own.complaint": "That is on us." })];
    let held: Value = serde_json::from_str(&file)?;
    ensure!(held["reader"] == reader && held["wording"] == json!({ "en": wording }), "the file holds {file}");
    ensure!(
        held["hours"]["friday"] == json!(["09:00-17:00"]) && held["hours"]["reply"] == "2 days",
        "the file holds {file}"
    );

    scene.demo_file("say-so.json", &file)?;
    scene.visit("/").await?;
    browser.launch().await?;
    browser.says("#title", "How is your jug?").await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.says(".own", "That is on us.").await?;
    browser.script("localStorage.clear()", vec![]).await
}

/// What can't be read is named and changes nothing; what is unknown survives; work survives a reload and a link.
pub async fn nothing_is_lost(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene).await?;
    let requests = "return performance.getEntriesByType('resource').map(({ name }) => name)
        .filter(name => !name.startsWith(location.origin + '/'))";
    let import = async |json: &str| {
        step(scene, "reader").await?;
        browser.script::<()>("document.getElementById('import').open = true", vec![]).await?;
        paste(scene, "import-text", json).await?;
        browser.click_on_page("[data-do=import]").await
    };
    let file = async || {
        step(scene, "take").await?;
        text(scene, "#json").await
    };
    let whole = r#"{ "zebra": [1, { "b": null }], "experiments": [
        { "id": "titles", "variants": [{ "id": "a" }, { "id": "b", "wording": { "en": { "title": "Well?" } } }] }
    ] }"#;
    import(whole).await?;
    ensure!(serde_json::from_str::<Value>(&file().await?)? == serde_json::from_str::<Value>(whole)?);
    says(scene, ".left", "There is no such member").await?;
    import("{\n  \"reader\": }").await?;
    says(scene, "#import-wrong", "line 2, column 13").await?;
    ensure!(serde_json::from_str::<Value>(&file().await?)? == serde_json::from_str::<Value>(whole)?);

    step(scene, "experiments").await?;
    previews(scene, "#title", &["What’s on your mind?", "Well?"]).await?;
    scene.visit(PAGE).await?;
    there(scene).await?;
    ensure!(serde_json::from_str::<Value>(&file().await?)? == serde_json::from_str::<Value>(whole)?);

    let link = link(scene).await?;
    start_over(scene).await?;
    ensure!(file().await?.trim() == "{}", "there is something left");
    let kept: Option<String> = browser.script("return localStorage.getItem('say-so.studio')", vec![]).await?;
    ensure!(kept.is_none(), "this is kept: {kept:?}");
    browser.goto("about:blank").await?;
    browser.goto(&link).await?;
    there(scene).await?;
    ensure!(serde_json::from_str::<Value>(&file().await?)? == serde_json::from_str::<Value>(whole)?);
    let elsewhere: Vec<String> = browser.script(requests, vec![]).await?;
    ensure!(elsewhere.is_empty(), "it asks elsewhere: {elsewhere:?}");
    browser.script("localStorage.clear()", vec![]).await
}

/// A link that is opened again leaves the way back to the work from before it.
pub async fn opened_again(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene).await?;
    write(scene, "reader-person", "Mara").await?;
    let link = link(scene).await?;
    start_over(scene).await?;
    step(scene, "reader").await?;
    write(scene, "reader-person", "Dana").await?;
    for address in ["about:blank", &link, "about:blank", &link] {
        browser.goto(address).await?;
        if address == link {
            there(scene).await?;
            shows(scene, "reader-person", "Mara").await?;
            scene.visit(PAGE).await?;
            there(scene).await?;
        }
    }
    browser.click_on_page("[data-do=go-back]").await?;
    shows(scene, "reader-person", "Dana").await?;

    // Into the open page.
    step(scene, "words").await?;
    browser.goto(&link).await?;
    shows(scene, "reader-person", "Mara").await?;
    browser.click_on_page("[data-do=go-back]").await?;
    shows(scene, "reader-person", "Dana").await?;
    browser.script("localStorage.clear()", vec![]).await
}

/// What is typed into a number's field stays as it is typed.
pub async fn weights(scene: &Scene) -> Result<()> {
    const FIELD: &str = "experiments--0--variants--0--weight";
    open(scene).await?;
    step(scene, "experiments").await?;
    scene.browser.click_on_page("[data-do=add-experiment]").await?;
    scene.browser.click_on_page(&format!("#{FIELD}")).await?;
    for key in ["1", ".", "5"] {
        scene.browser.type_text(key).await?;
    }
    shows(scene, FIELD, "1.5").await?;
    says(scene, &format!("#{FIELD}-findings"), "a whole number from 0 to").await?;
    step(scene, "take").await?;
    let file: Value = serde_json::from_str(&text(scene, "#json").await?)?;
    ensure!(file["experiments"][0]["variants"][0]["weight"] == "1.5", "the file holds {file}");
    step(scene, "experiments").await?;
    shows(scene, FIELD, "1.5").await?;
    scene.browser.script("localStorage.clear()", vec![]).await
}

/// What is left to mend leads to its field, in its language; an experiment in the old form is put into the list by one
/// click, and back again by another.
pub async fn mended(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene).await?;
    let old = r#"{ "wording": { "de": { "own.praise": "Ihr Anliegen ist uns wichtig." } }, "experiment": {
        "name": "titles", "variants": { "as ever": {}, "short": { "en": { "title": "Well?" } } } } }"#;
    browser.script::<()>("document.getElementById('import').open = true", vec![]).await?;
    paste(scene, "import-text", old).await?;
    browser.click_on_page("[data-do=import]").await?;
    step(scene, "take").await?;
    let found = says(scene, ".left", "Go to “Your words”").await?;
    ensure!(found.contains("de, own.praise (line "), "it says {found:?}");
    browser.click_on_page(".left li button").await?;
    until("the field in German", async || {
        let script = "return [document.activeElement.id, document.activeElement.lang, document.querySelector('#locale').value].join()";
        let there: String = browser.script(script, vec![]).await?;
        Ok((there == "wording-de-own-praise,de,de").then_some(()))
    })
    .await?;
    let file = async || -> Result<Value> {
        step(scene, "take").await?;
        Ok(serde_json::from_str(&text(scene, "#json").await?)?)
    };
    step(scene, "experiments").await?;
    browser.click_on_page("[data-do=list-single]").await?;
    says(scene, ".said", "Some of its names had to change").await?;
    shows(scene, "experiments--0--variants--0--id", "as-ever").await?;
    let listed = file().await?;
    ensure!(listed["experiments"][0]["id"] == "titles" && listed.get("experiment").is_none(), "it holds {listed}");
    browser.click_on_page("[data-do=go-back]").await?;
    let back = file().await?;
    ensure!(back == serde_json::from_str::<Value>(old)?, "it holds {back}");
    browser.script("localStorage.clear()", vec![]).await
}

/// What is sent in the preview is confirmed there, and reaches nobody.
pub async fn tried(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    open(scene).await?;
    previews(scene, "#title", &["What’s on your mind?"]).await?;
    browser.enter_frame().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Lovely.").await?;
    // Below the window's edge: a driver's pointer doesn't scroll a frame.
    let send = "document.querySelector('say-so').shadowRoot.querySelector('[part~=send]').click()";
    browser.script::<()>(send, vec![]).await?;
    browser.phase("sent").await?;
    browser.says("[part~=reference]", "K7M-4QPA").await?;
    ensure!(collector.revisions().await?.is_empty(), "it has reached the collector");
    browser.script("localStorage.clear()", vec![]).await
}

/// Without a network, words are tried all the same.
pub async fn offline(scene: &Scene) -> Result<()> {
    open(scene).await?;
    until("what the preview needs to be kept", async || {
        let kept = "const done = arguments[arguments.length - 1];
            navigator.serviceWorker.getRegistration('/studio/').then(it => done(it?.active?.state ?? ''))";
        let state: String = scene.browser.script_later(kept).await?;
        Ok((state == "activated").then_some(()))
    })
    .await?;
    previews(scene, "#title", &["What’s on your mind?"]).await?;
    scene.collector.stop();
    step(scene, "words").await?;
    write(scene, "wording-en-title", "How is your jug?").await?;
    previews(scene, "#title", &["How is your jug?"]).await?;
    scene.browser.script::<()>("document.querySelector('#locale').value = 'de'", vec![]).await?;
    let change = "document.querySelector('#locale').dispatchEvent(new Event('change', { bubbles: true }))";
    scene.browser.script::<()>(change, vec![]).await?;
    let title = said("de", "title")?;
    previews(scene, "#title", &[&title]).await?;
    let clear = "const done = arguments[arguments.length - 1];
        localStorage.clear();
        navigator.serviceWorker.getRegistration('/studio/').then(it => it.unregister()).then(() => done(null))";
    scene.browser.script_later(clear).await
}

/// axe-core finds nothing in any step, light or dark.
pub async fn clean(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene).await?;
    let look = async |what: &str| access::clean_in(scene, what, "document").await;
    for scheme in ["light", "dark"] {
        browser.media("screen", &[("prefers-color-scheme", scheme)]).await?;
        for name in ["reader", "hours", "words", "experiments", "take"] {
            step(scene, name).await?;
            match name {
                "hours" => browser.click_on_page("[data-do=office]").await?,
                "words" => paste(scene, "wording-en-title", "Kindly tell us").await?,
                "experiments" if scheme == "light" => browser.click_on_page("[data-do=add-experiment]").await?,
                _ => {}
            }
            let open = "document.querySelectorAll('details').forEach(fold => { fold.open = true })";
            browser.script::<()>(open, vec![]).await?;
            look(&format!("{name}, {scheme}")).await?;
        }
        browser.click_on_page("[data-look=all]").await?;
        look(&format!("every screen, {scheme}")).await?;
        browser.click_on_page("[data-look=try]").await?;
    }
    browser.script("localStorage.clear()", vec![]).await
}

/// In the other engines: a title is edited, and the widget says it.
pub async fn sample(scene: &Scene) -> Result<()> {
    open(scene).await?;
    step(scene, "words").await?;
    write(scene, "wording-en-title", "How is your jug?").await?;
    previews(scene, "#title", &["How is your jug?"]).await?;
    write(scene, "wording-en-title", " Kindly").await?;
    says(scene, "#wording-en-title-findings", "kindly").await?;
    scene.browser.script("localStorage.clear()", vec![]).await
}
