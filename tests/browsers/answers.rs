//! What a visitor does with the confirmation: keeps it, adds to it, lets it be quoted, takes it back.

use anyhow::{Context, Result, ensure};
use say_so::wording::english;
use say_so_tests::{Answer, Endpoint, Scene, until};
use serde_json::json;
use thirtyfour::Key;

use super::held::{self, says};

/// Where what has been done is said aloud.
const SAID: &str = ".sent [data-fill=said]";
/// What is heard of a button that says it has done its work.
const ALOUD: &str = ".sent .unseen";

/// Leaves words of a kind; they stand in a confirmation then.
async fn leave(scene: &Scene, kind: &str, words: &str) -> Result<()> {
    let browser = &scene.browser;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose(kind).await?;
    scene.collector.revision(0).await?;
    says(scene, ".note", english(&format!("noted.{kind}"))).await?;
    browser.type_into("message", words).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, ".quote", words).await
}

/// An endpoint has its own sentences for the moment; what can't be said of them is not.
pub async fn of_the_endpoint(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let confirmation = json!({
        "own.complaint": "The potter knows already.",
        "reads.none": "We read it.",
        "thanks.complaint": 7,
        "wrote": "This is what we heard:",
        "done": "Goodbye",
        "own.complain": "Oh.",
    });
    let receipt = json!({ "ok": true, "reference": "JUG-7", "confirmation": confirmation });
    let endpoint = Endpoint::start(Answer::json(201, &receipt.to_string())).await?;
    let warnings = [
        "reads.none must hold {reader}; it holds none",
        "thanks.complaint must be a text",
        "own.complain is unknown; the nearest is own.complaint",
    ];
    warnings.iter().for_each(|warning| scene.expect(warning));
    scene.open_at(endpoint.address(), "").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, ".own", "The potter knows already.").await?;
    says(scene, "[part~=reference]", "JUG-7").await?;
    says(scene, ".sent .about", "This is what we heard:").await?;
    says(scene, ".sent .send", "Goodbye").await?;
    says(scene, "#title", english("thanks.complaint")).await?;
    says(scene, ".reads", &english("reads.none").replace("{reader}", english("reader.us"))).await?;
    ensure!(!browser.sees("[data-do=take-back]").await?, "it offers what the endpoint doesn't");
    let recorded = browser.recorded().await?;
    ensure!(recorded.len() == warnings.len(), "not one warning each: {recorded:?}");
    Ok(())
}

/// Asks for the message to be deleted, and means it.
async fn delete(scene: &Scene) -> Result<()> {
    scene.browser.click("[data-do=take-back]").await?;
    scene.browser.focused("keep").await?;
    scene.browser.click("[data-do=delete]").await
}

/// Whoever asks for the message to be deleted is asked, and then it is; it says so, and shows nothing of it any more.
pub async fn taken_back(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    leave(scene, "complaint", "The lid broke, said Ada.").await?;
    browser.click("[data-do=take-back]").await?;
    says(scene, "#ask", english("take-back.ask")).await?;
    browser.focused("keep").await?;
    browser.press(Key::Enter).await?;
    browser.focused("take-back").await?;
    ensure!(collector.messages().await?.len() == 1, "it was deleted without being meant");
    browser.press(Key::Enter).await?;
    browser.focused("keep").await?;
    browser.click("[data-do=delete]").await?;
    says(scene, "#title", english("take-back.done")).await?;
    browser.focused("title").await?;
    ensure!(collector.messages().await?.is_empty(), "the message is still there");
    ensure!(collector.revisions().await?.is_empty(), "its revisions are still there");
    let shown = browser.text("[part~=panel]").await?;
    ensure!(!shown.contains("said Ada") && !shown.contains(english("more")), "there still stands {shown:?}");
    // Whoever goes on begins anew.
    browser.click(".sent [data-do=close]").await?;
    leave(scene, "suggestion", "Sell the lids alone.").await?;
    let messages = collector.messages().await?;
    ensure!(messages.len() == 1 && messages[0].kind == "suggestion", "there are {messages:?}");
    Ok(())
}

/// A deletion that fails is never said to have been one, and can be tried again.
pub async fn not_taken_back(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("withdraw");
    held::open(scene, "en", "", "").await?;
    leave(scene, "complaint", "The lid broke.").await?;
    collector.stop();
    delete(scene).await?;
    says(scene, SAID, english("take-back.failed")).await?;
    says(scene, "#title", english("thanks.complaint")).await?;
    says(scene, ".quote", "The lid broke.").await?;
    collector.start_again()?;
    ensure!(collector.messages().await?.len() == 1, "it is gone all the same");
    browser.focused("delete").await?;
    browser.press(Key::Enter).await?;
    says(scene, "#title", english("take-back.done")).await?;
    ensure!(collector.messages().await?.is_empty(), "the message is still there");
    Ok(())
}

/// An endpoint that refuses to delete, or names another server for it, which then is asked for nothing.
pub async fn refused(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("withdraw");
    scene.expect("its address is on another server");
    let other = Endpoint::start(Answer::json(200, r#"{"ok":true}"#)).await?;
    for address in ["feedback/withdraw", other.address()] {
        let receipt = json!({ "ok": true, "key": "k", "withdraw": address });
        let endpoint = Endpoint::start(Answer::json(201, &receipt.to_string())).await?;
        scene.open_at(endpoint.address(), "data-one-click=off").await?;
        browser.launch().await?;
        browser.arrived().await?;
        browser.choose("complaint").await?;
        browser.type_into("message", "The lid broke.").await?;
        browser.send().await?;
        browser.phase("sent").await?;
        endpoint.answer(Answer::refusal(403, "wrong-key", "not yours"));
        delete(scene).await?;
        says(scene, SAID, english("take-back.failed")).await?;
        says(scene, "#title", english("thanks.complaint")).await?;
    }
    ensure!(other.received().is_empty(), "the key went to another server");
    Ok(())
}

/// Leaves praise under a name; it stands in a confirmation then.
async fn praise(scene: &Scene, words: &str) -> Result<()> {
    let browser = &scene.browser;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    scene.collector.revision(0).await?;
    says(scene, ".note", english("noted.praise")).await?;
    browser.type_into("message", words).await?;
    browser.click("[part~=reply]").await?;
    browser.type_into("name", "Ada").await?;
    browser.type_into("email", "ada@example.com").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, ".quote", words).await
}

/// Praise that may be quoted by name is the next revision, and part of every later one.
pub async fn quoted(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open_with("data-custom='{\"plan\":\"gold\"}'").await?;
    praise(scene, "A lovely jug.").await?;
    browser.click("[data-do=quote]").await?;
    says(scene, SAID, english("quote.sent")).await?;
    browser.gone("[data-do=quote]").await?;
    let asked = collector.revision(2).await?;
    let custom = json!({ "plan": "gold", "say-so.quote": "yes" });
    ensure!(asked.body["custom"] == custom, "it arrived as {}", asked.text);
    ensure!(asked.message.as_deref() == Some("A lovely jug."), "it arrived as {}", asked.text);
    // The same words again are the same revision.
    for words in ["", " And the bowl."] {
        ensure!(collector.revisions().await?.len() == 3, "something else was posted");
        browser.click("[data-do=more]").await?;
        browser.focused("message").await?;
        browser.type_text(words).await?;
        browser.send().await?;
        browser.phase("sent").await?;
    }
    says(scene, ".quote", "A lovely jug. And the bowl.").await?;
    let added = collector.revision(3).await?;
    ensure!(added.message.as_deref() == Some("A lovely jug. And the bowl."), "it arrived as {}", added.text);
    ensure!(added.body["custom"] == custom, "it arrived as {}", added.text);
    ensure!(!browser.sees("[data-do=quote]").await?, "it asks once more");
    ensure!(collector.messages().await?.len() == 1, "two messages");
    Ok(())
}

/// Whoever left no address can leave it with the confirmation: an answer is promised then, as the next revision, and
/// words that are added later keep it.
pub async fn answered_after_all(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    leave(scene, "complaint", "The lid broke.").await?;
    says(scene, ".reads", &english("reads.none").replace("{reader}", english("reader.us"))).await?;
    browser.click(".answer summary").await?;
    browser.click("[data-do=answer]").await?;
    says(scene, "#answer-error", english("error.email.wrong")).await?;
    browser.focused("answer").await?;
    browser.type_text("ada").await?;
    browser.press(Key::Enter).await?;
    browser.focused("answer").await?;
    ensure!(collector.revisions().await?.len() == 2, "a wrong address was posted");
    browser.type_text("@example.com").await?;
    browser.press(Key::Enter).await?;
    let reads = english("reads.reply").replace("{reader}", english("reader.us"));
    says(scene, ".reads", &reads.replace("{email}", "ada@example.com")).await?;
    browser.focused("more").await?;
    browser.gone("[name=answer]").await?;
    let contact = json!({ "email": "ada@example.com", "reply": true });
    let asked = collector.revision(2).await?;
    ensure!(asked.message.as_deref() == Some("The lid broke."), "it arrived as {}", asked.text);
    ensure!(asked.body["contact"] == contact, "it arrived as {}", asked.text);
    browser.click("[data-do=more]").await?;
    browser.focused("message").await?;
    browser.type_text(" Twice.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, ".quote", "The lid broke. Twice.").await?;
    let added = collector.revision(3).await?;
    ensure!(added.body["contact"] == contact, "it arrived as {}", added.text);
    ensure!(!browser.sees(".answer").await?, "it asks once more");
    ensure!(collector.messages().await?.len() == 1, "two messages");
    Ok(())
}

/// Words that are added while the address is still on its way are not taken for what has arrived.
pub async fn added_before_the_answer(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("unreachable");
    held::open(scene, "en", HOLD_ANSWERS, "").await?;
    leave(scene, "complaint", "The lid broke.").await?;
    browser.click(".answer summary").await?;
    browser.type_into_field("answer", "ada@example.com").await?;
    browser.script::<()>("holdAnswers()", vec![]).await?;
    browser.click("[data-do=answer]").await?;
    collector.revision(2).await?;
    browser.click("[data-do=more]").await?;
    browser.focused("message").await?;
    browser.type_text(" Twice.").await?;
    browser.script::<()>("holdNoMore()", vec![]).await?;
    collector.stop();
    browser.send().await?;
    browser.phase("unsure").await?;
    let_through(scene).await?;
    browser.phase("unsure").await?;
    collector.start_again()?;
    browser.send().await?;
    browser.phase("sent").await?;
    let added = collector.revision(3).await?;
    ensure!(added.message.as_deref() == Some("The lid broke. Twice."), "it arrived as {}", added.text);
    ensure!(added.body["contact"]["email"] == "ada@example.com", "it arrived as {}", added.text);
    Ok(())
}

/// Whoever adds nothing after all and closes begins anew.
pub async fn left_as_they_arrived(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open().await?;
    leave(scene, "complaint", "The lid broke.").await?;
    browser.click("[data-do=more]").await?;
    browser.focused("message").await?;
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    browser.launch().await?;
    browser.phase("choose").await?;
    browser.choose("praise").await?;
    ensure!(browser.value("message").await?.is_empty(), "the words before are still there");
    Ok(())
}

/// An address that does not arrive is not said to have done so, and can be tried again: the same bytes.
pub async fn not_answered_yet(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("unreachable");
    scene.open().await?;
    leave(scene, "suggestion", "Sell the lids alone.").await?;
    browser.click(".answer summary").await?;
    browser.type_into_field("answer", "ada@example.com").await?;
    collector.stop();
    browser.click("[data-do=answer]").await?;
    says(scene, SAID, english("problem.unreachable")).await?;
    says(scene, "[data-do=answer]", english("again")).await?;
    says(scene, ".reads", &english("reads.none").replace("{reader}", english("reader.us"))).await?;
    collector.start_again()?;
    browser.click("[data-do=answer]").await?;
    browser.focused("more").await?;
    let asked = collector.revision(2).await?;
    ensure!(asked.body["contact"]["email"] == "ada@example.com", "it arrived as {}", asked.text);
    ensure!(collector.revisions().await?.len() == 3, "it was posted under two revisions");
    Ok(())
}

/// Holds back the answers to posts from `holdAnswers()` to `holdNoMore()`, until `letThrough()`: by then the endpoint
/// has done what it was asked to.
const HOLD_ANSWERS: &str = "<script>
    {
        const before = window.fetch;
        let through;
        window.holdAnswers = () => (through = new Promise(resolve => (window.letThrough = resolve)));
        window.holdNoMore = () => (through = undefined);
        window.answers = 0;
        window.fetch = async (file, options) => {
            const held = (file?.method ?? options?.method) === 'POST' && through;
            const answer = await before(file, options);
            if (held) await held, answers++;
            return answer;
        };
    }
</script>";

/// Lets the answers through, and waits until what follows from them has happened.
async fn let_through(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let before: u32 =
        browser.script("const before = answers; holdNoMore(); letThrough(); return before", vec![]).await?;
    until("the answer that was held back", async || {
        Ok((browser.script::<u32>("return answers", vec![]).await? > before).then_some(()))
    })
    .await?;
    held::tasks(scene).await
}

/// A confirmation that nothing has been done with yet, to somebody of that name or of none.
async fn untouched(scene: &Scene, kind: &str, name: Option<&str>, words: &str) -> Result<()> {
    let browser = &scene.browser;
    let heading = match name {
        Some(name) => english(&format!("thanks.{kind}.name")).replace("{name}", name),
        None => english(&format!("thanks.{kind}")).into(),
    };
    says(scene, "#title", &heading).await?;
    says(scene, ".quote", words).await?;
    says(scene, "[data-do=more]", english("more")).await?;
    says(scene, "[data-do=take-back]", english("take-back")).await?;
    ensure!(
        browser.sees("[data-do=quote]").await? == (kind == "praise" && name.is_some()),
        "it asks for something else"
    );
    ensure!(browser.sees(".answer").await? == name.is_none(), "it offers something else");
    let said = browser.text(SAID).await?;
    ensure!(said.is_empty(), "it says {said:?}, of the message before");
    Ok(())
}

/// Closes the confirmation before an answer that is held back comes: to nothing that is open, or late to the
/// confirmation of other words.
async fn closed_before(scene: &Scene, late: Option<(&str, &str)>) -> Result<()> {
    let browser = &scene.browser;
    browser.click(".sent [data-do=close]").await?;
    if let Some((kind, words)) = late {
        browser.script::<()>("holdNoMore()", vec![]).await?;
        match kind {
            "praise" => praise(scene, words).await?,
            kind => leave(scene, kind, words).await?,
        }
    }
    let_through(scene).await
}

/// Whoever closes the confirmation while the permission is under way hears no more of it, and begins anew.
pub async fn closed_while_quoted(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    held::open(scene, "en", HOLD_ANSWERS, "").await?;
    // The answer comes when nothing is open, and when the next confirmation stands.
    for (at, late) in [None, Some(("praise", "And the bowl."))].into_iter().enumerate() {
        praise(scene, "A lovely jug.").await?;
        browser.script::<()>("holdAnswers()", vec![]).await?;
        browser.click("[data-do=quote]").await?;
        let quoted = until("the permission to arrive", async || {
            Ok(collector.revisions().await?.into_iter().filter(|it| it.revision == 2).nth(at))
        });
        ensure!(quoted.await?.body["custom"]["say-so.quote"] == "yes", "it may not be quoted");
        closed_before(scene, late).await?;
    }
    untouched(scene, "praise", Some("Ada"), "And the bowl.").await?;
    let last = collector.revisions().await?.pop().context("nothing was kept")?;
    ensure!(last.message.as_deref() == Some("And the bowl.") && last.revision == 1, "it arrived as {}", last.text);
    ensure!(last.body.get("custom").is_none(), "what was asked of the praise before goes along: {}", last.text);
    ensure!(collector.messages().await?.len() == 3, "not three messages: {:?}", collector.messages().await?);
    Ok(())
}

/// Whoever closes the confirmation while the words are taken back hears no more of it, and begins anew.
pub async fn closed_while_taken_back(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    held::open(scene, "en", HOLD_ANSWERS, "").await?;
    for late in [None, Some(("complaint", "The handle, too."))] {
        leave(scene, "complaint", "The lid broke.").await?;
        browser.script::<()>("holdAnswers()", vec![]).await?;
        delete(scene).await?;
        until("the message to go", async || Ok(collector.messages().await?.is_empty().then_some(()))).await?;
        closed_before(scene, late).await?;
    }
    untouched(scene, "complaint", None, "The handle, too.").await?;
    let revisions = collector.revisions().await?;
    let words: Vec<_> = revisions.iter().map(|it| it.message.as_deref()).collect();
    ensure!(words == [None, Some("The handle, too.")], "there is {words:?}");
    Ok(())
}

/// Whoever leaves before the answer is there finds it on coming back, whatever the site closes meanwhile.
pub async fn closed_while_sending(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    held::open(scene, "en", HOLD_ANSWERS, "").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    says(scene, ".note", english("noted.complaint")).await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.script::<()>("holdAnswers()", vec![]).await?;
    browser.send().await?;
    collector.revision(1).await?;
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    let_through(scene).await?;
    browser.script::<()>("saySo.close()", vec![]).await?;
    browser.launch().await?;
    untouched(scene, "complaint", None, "The lid broke.").await
}

/// A complaint asks for no quotation, nor does praise by nobody.
pub async fn not_to_be_quoted(scene: &Scene) -> Result<()> {
    scene.open_with("data-one-click=off").await?;
    for kind in ["complaint", "praise"] {
        let browser = &scene.browser;
        browser.launch().await?;
        browser.arrived().await?;
        browser.choose(kind).await?;
        browser.type_into("message", "A lid.").await?;
        browser.send().await?;
        browser.phase("sent").await?;
        untouched(scene, kind, None, "A lid.").await?;
        browser.click(".sent [data-do=close]").await?;
    }
    Ok(())
}

/// A page says that it is in what is no language: all is said and kept as in the one that it begins with.
pub async fn in_no_language(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "en-us_x", KEEP, "").await?;
    leave(scene, "suggestion", "Sell the lids alone.").await?;
    untouched(scene, "suggestion", None, "Sell the lids alone.").await?;
    browser.click("[data-do=save]").await?;
    let file = kept(scene, 1).await?;
    ensure!(file.contains("Sell the lids alone."), "the file holds {file:?}");
    Ok(())
}

/// Keeps what is copied and saved in the page.
const KEEP: &str = "<script>
    window.kept = [];
    const url = URL.createObjectURL;
    URL.createObjectURL = blob => (blob.text().then(text => kept.push(text)), url(blob));
    HTMLAnchorElement.prototype.click = function () { window.saved = this.download };
    Object.defineProperty(navigator, 'clipboard', {
        value: { writeText: async text => { if (window.refuse) throw new Error('no'); kept.push(text) } },
    });
</script>";

/// The text last copied or saved, once there are as many.
async fn kept(scene: &Scene, count: usize) -> Result<String> {
    let kept = until("the text to be kept", async || {
        let kept: Vec<String> = scene.browser.script("return kept", vec![]).await?;
        Ok(Some(kept).filter(|kept| kept.len() == count))
    });
    kept.await?.pop().context("nothing was kept")
}

/// A copy has what was written, what was said of it, the reference, the page, and the day as it is written where
/// the visitor lives.
pub async fn copies(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    held::open(scene, "en-GB", KEEP, "").await?;
    leave(scene, "suggestion", "Sell the lids alone.").await?;
    let reference = collector.messages().await?[0].reference.clone();
    let referred = format!("{} {reference}", english("reference"));
    let address: String = browser.script("return location.href", vec![]).await?;
    let day: String =
        browser.script("return new Date().toLocaleDateString('en-GB', { dateStyle: 'full' })", vec![]).await?;
    let told = [english("own.suggestion"), english("thanks.suggestion"), &referred, &address, &day];
    let parts = [&["Sell the lids alone."], &told[..]].concat();

    browser.click("[data-do=save]").await?;
    let file = kept(scene, 1).await?;
    ensure!(parts.iter().all(|part| file.contains(part)), "the file holds {file:?}");
    let name: String = browser.script("return saved", vec![]).await?;
    ensure!(name.contains(&reference) && name.ends_with(".txt"), "it is saved as {name:?}");

    browser.click("[data-do=copy-reference]").await?;
    says(scene, ALOUD, english("copied")).await?;
    ensure!(kept(scene, 2).await? == reference, "something else was copied");
    let role = browser.attribute(ALOUD, "role").await?;
    ensure!(role.as_deref() == Some("status"), "who hears the page is not told: {role:?}");

    browser.script::<()>("window.refuse = true", vec![]).await?;
    browser
        .script::<()>(
            "document.querySelector('say-so').shadowRoot.querySelector('[data-do=copy-reference]').click()",
            vec![],
        )
        .await?;
    says(scene, ALOUD, english("selected")).await?;
    Ok(())
}
