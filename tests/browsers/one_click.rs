//! Choosing a kind is feedback: it makes a row at once, and words are added to it.

use anyhow::{Context, Result, ensure};
use say_so::wording::english;
use say_so_tests::{Scene, page, said};

use super::{
    gates,
    held::{self, HOLD, says},
};

/// A click on a kind is revision 0; the words are revision 1 of the same message, and answered.
pub async fn a_click_makes_a_row(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    let bare = collector.revision(0).await?;
    ensure!(bare.message.is_none() && bare.body["kind"] == "complaint", "revision 0 is {}", bare.text);

    browser.type_into("message", "The lid arrived in two pieces.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.says("[part~=confirmation]", "The lid arrived in two pieces.").await?;

    let words = collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("The lid arrived in two pieces."), "revision 1 is {}", words.text);
    ensure!(words.body["id"] == bare.body["id"], "two messages: {} and {}", bare.text, words.text);
    let messages = collector.messages().await?;
    ensure!(messages.len() == 1, "not one message: {messages:?}");
    browser.says("[part~=reference]", &messages[0].reference).await
}

/// A changed mind is the next revision of the same message.
pub async fn another_kind(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    collector.revision(0).await?;
    says(scene, ".note", english("noted.complaint")).await?;
    browser.choose("suggestion").await?;
    let changed = collector.revision(1).await?;
    ensure!(changed.message.is_none() && changed.body["kind"] == "suggestion", "revision 1 is {}", changed.text);
    says(scene, ".note", english("noted.suggestion")).await?;
    let messages = collector.messages().await?;
    ensure!(messages.len() == 1 && messages[0].kind == "suggestion", "not one message: {messages:?}");
    Ok(())
}

/// A click can be taken back once it has been answered: the endpoint has nothing of it any more, and what follows is
/// another message, with the words that are being written.
pub async fn undo(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open_page(&held::back("v1[/]feedback$"), &scene.tag(&collector.endpoint(), "")).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    says(scene, ".note", english("noting")).await?;
    ensure!(!browser.sees("[data-do=undo]").await?, "it offers to take back what may not have arrived");
    browser.script::<()>("letThrough()", vec![]).await?;
    says(scene, ".note", english("noted.praise")).await?;
    let first = collector.revision(0).await?;
    browser.type_into("message", "The lid").await?;
    browser.click("[data-do=undo]").await?;
    browser.phase("choose").await?;
    says(scene, ".note", english("undo.done")).await?;
    browser.focused("title").await?;
    ensure!(collector.revisions().await?.is_empty(), "the click is still there");
    browser.choose("complaint").await?;
    let second = collector.revision(0).await?;
    ensure!(
        second.body["kind"] == "complaint" && second.body["id"] != first.body["id"],
        "it arrived as {}",
        second.text
    );
    says(scene, ".note", english("noted.complaint")).await?;
    browser.seen("[data-do=undo]").await?;
    browser.type_into("message", " broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("The lid broke."), "it arrived as {}", words.text);
    ensure!(words.body["id"] == second.body["id"] && collector.messages().await?.len() == 1, "two messages");
    Ok(())
}

/// A click that can't be taken back is not said to be, and its message goes on.
pub async fn undo_that_fails(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("withdraw");
    scene.open().await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    says(scene, ".note", english("noted.praise")).await?;
    collector.stop();
    browser.click("[data-do=undo]").await?;
    says(scene, ".note", english("undo.failed")).await?;
    browser.phase("write").await?;
    collector.start_again()?;
    browser.type_into("message", "A lovely jug.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let messages = collector.messages().await?;
    ensure!(messages.len() == 1 && collector.revisions().await?.len() == 2, "there are {messages:?}");
    Ok(())
}

/// A click that first aid posted can be taken back once the panel is there.
pub async fn undo_what_first_aid_posted(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    gates::open(scene, "", "").await?;
    browser.choose("suggestion").await?;
    says(scene, ".note", english("noted.suggestion")).await?;
    ensure!(!browser.sees("[data-do=undo]").await?, "first aid takes nothing back");
    gates::adopted(scene).await?;
    browser.click("[data-do=undo]").await?;
    browser.phase("choose").await?;
    ensure!(collector.revisions().await?.is_empty(), "the click is still there");
    Ok(())
}

/// A click whose withdrawal has happened, though nobody could say so: the words are another message's, and arrive.
pub async fn undone_after_all(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("withdraw");
    scene.expect("410");
    let lose = "<script>
        const before = window.fetch;
        window.fetch = async (file, options) => {
            const answer = await before(file, options);
            if (/withdraw/.test(answer.url)) throw new TypeError('lost');
            return answer;
        };
    </script>";
    scene.open_page(lose, &scene.tag(&collector.endpoint(), "")).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    says(scene, ".note", english("noted.praise")).await?;
    browser.click("[data-do=undo]").await?;
    says(scene, ".note", english("undo.failed")).await?;
    browser.type_into("message", "A lovely jug.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let messages = collector.messages().await?;
    ensure!(messages.len() == 1, "not one message: {messages:?}");
    let words = collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("A lovely jug."), "it arrived as {}", words.text);
    Ok(())
}

/// What was wrong before Undo is not said of the next message.
pub async fn undo_without_what_was_wrong(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open().await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    says(scene, ".note", english("noted.praise")).await?;
    browser.send().await?;
    browser.focused("problem").await?;
    browser.click("[data-do=undo]").await?;
    browser.phase("choose").await?;
    browser.choose("complaint").await?;
    ensure!(!browser.sees("[part~=problem]").await?, "it says what was wrong with another message");
    Ok(())
}

/// In a page that changes by script, a click is left behind on the page where it was; words keep that page's address,
/// and the panel says so.
pub async fn on_another_page(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    let first = collector.revision(0).await?;
    says(scene, ".note", english("noted.praise")).await?;
    let go = |to: &str| format!("saySo.close(); history.pushState(0, '', '/{to}'); saySo.open()");
    browser.script::<()>(&go("second"), vec![]).await?;
    browser.phase("choose").await?;
    browser.choose("complaint").await?;
    says(scene, ".note", english("noted.complaint")).await?;
    let second = collector.revisions().await?.pop().context("nothing came")?;
    ensure!(second.body["id"] != first.body["id"] && second.revision == 0, "it arrived as {}", second.text);
    ensure!(second.body["page"]["url"].as_str().is_some_and(|url| url.ends_with("/second")), "from {}", second.text);
    browser.type_into("message", "The lid broke.").await?;
    browser.script::<()>(&go("third"), vec![]).await?;
    browser.phase("write").await?;
    says(scene, ".note", english("page.left")).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.body["id"] == second.body["id"], "it arrived as {}", words.text);
    ensure!(words.body["page"]["url"].as_str().is_some_and(|url| url.ends_with("/second")), "from {}", words.text);
    Ok(())
}

/// The same before the wasm is there, and where it can't run.
pub async fn on_another_page_in_first_aid(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("without WebAssembly");
    scene.site.remove("/widget/say-so_bg.wasm");
    held::open(scene, "en", "", "").await?;
    browser.launch().await?;
    browser.choose("praise").await?;
    says(scene, ".note", english("noted.praise")).await?;
    let go = |to: &str| format!("saySo.close(); history.pushState(0, '', '/{to}'); saySo.open()");
    browser.script::<()>(&go("second"), vec![]).await?;
    browser.phase("choose").await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.script::<()>(&go("third"), vec![]).await?;
    says(scene, ".note", english("page.left")).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.body["page"]["url"].as_str().is_some_and(|url| url.ends_with("/second")), "from {}", words.text);
    ensure!(collector.messages().await?.len() == 2, "not a message for each page");
    Ok(())
}

/// The line that says what a click sends belongs to the buttons, which can't be pressed before it stands there.
pub async fn nothing_unsaid(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "de", HOLD, "").await?;
    browser.launch().await?;
    let able = "const kinds = [...document.querySelector('say-so').shadowRoot.querySelectorAll('[part=kind]')];
        return kinds.map(kind => !kind.closest('[inert]') && !!document.querySelector('say-so').shadowRoot
            .getElementById(kind.getAttribute('aria-describedby')).textContent.trim())";
    let abled: Vec<bool> = browser.script(able, vec![]).await?;
    ensure!(abled == [false; 3], "they can be pressed, and say nothing: {abled:?}");
    browser.script::<()>("letThrough()", vec![]).await?;
    says(scene, "#click", &said("de", "click.on")?).await?;
    let abled: Vec<bool> = browser.script(able, vec![]).await?;
    ensure!(abled == [true; 3], "they can't be pressed: {abled:?}");
    browser.choose("praise").await
}

/// Where one click is off, nothing leaves the page before Send, and then all of it at once.
pub async fn off(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open_with("data-one-click=off").await?;
    browser.launch().await?;
    // It comes with first aid.
    says(scene, ".choose p", english("click.off")).await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Lovely.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let revisions = collector.revisions().await?;
    ensure!(revisions.len() == 1 && revisions[0].message.is_some(), "not the words alone: {revisions:?}");
    Ok(())
}

/// A bare click carries what its line says; what goes along with words is shown, and can be taken out.
pub async fn what_we_send(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, site, .. } = scene;
    let tag = scene.tag(&collector.endpoint(), r#"data-custom='{"plan":"pro"}'"#);
    let page = site.page("/orders", &page("", &tag), &[])?;
    browser.goto(&format!("{page}?secret=1#part")).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.says(".choose p", english("click.on")).await?;
    browser.choose("complaint").await?;
    let bare = collector.revision(0).await?;
    let fields: Vec<_> = bare.body.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    ensure!(
        fields.iter().all(|name| ["v", "site", "id", "revision", "kind", "wording", "page", "sent_at"].contains(name)),
        "the click carries {fields:?}"
    );
    ensure!(bare.body["page"] == serde_json::json!({ "url": page }), "the click carries {}", bare.text);

    browser.click("summary").await?;
    let titled = format!("{} Delivery · Nettle Row Pottery", english("sends.title"));
    for shown in [format!("{} {page}", english("sends.page")), titled, "plan: pro".into()] {
        browser.says(".sends", &shown).await?;
    }
    browser.click("[name=title]").await?;
    browser.click("[name=custom]").await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.body["page"].get("title").is_none(), "the title went along: {}", words.text);
    ensure!(words.body.get("custom").is_none(), "what the site adds went along: {}", words.text);
    ensure!(words.body["page"]["viewport"].is_array(), "the window's size is missing: {}", words.text);
    Ok(())
}
