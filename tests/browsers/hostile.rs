//! Words that try to be more than words arrive as they were written, and are shown as words.

use anyhow::{Context, Result, ensure};
use naughty_strings::BLNS;
use say_so::{
    feedback::trimmed,
    wording::{english, fill},
};
use say_so_tests::{Answer, Endpoint, Revision, Scene, page};
use serde::Deserialize;
use serde_json::json;

/// How many texts are sent by one call of a script, which has to end in its time.
const AT_ONCE: usize = 50;

/// Sends a text, given as a JavaScript expression, and finds it again: in the confirmation and in the database.
async fn round_trip(scene: &Scene, expression: &str, expected: &str) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    browser.paste("message", expression).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let quoted: String = browser
        .script("return document.querySelector('say-so').shadowRoot.querySelector('blockquote').textContent", vec![])
        .await?;
    ensure!(quoted == expected, "the confirmation quotes {quoted:?}");
    let stored = collector.revision(1).await?.message;
    ensure!(stored.as_deref() == Some(expected), "the database has {stored:?}");
    Ok(())
}

/// Sends a text that is the same in Rust and in JavaScript.
async fn plain(scene: &Scene, words: &str) -> Result<()> {
    round_trip(scene, &serde_json::to_string(words)?, words).await
}

/// Markup and templates stay text, here and in the inbox.
pub async fn markup(scene: &Scene) -> Result<()> {
    let words = "</textarea><script>throw 1</script><img src=x onerror=\"throw 2\"> &lt;b&gt; {name} ${7*7} '; drop table message; --";
    plain(scene, words).await?;
    let inside: u32 = scene
        .browser
        .script("return document.querySelector('say-so').shadowRoot.querySelectorAll('script, img').length", vec![])
        .await?;
    ensure!(inside == 0, "the words became elements");
    scene.browser.goto(&scene.collector.inbox()).await?;
    let shown: String = scene.browser.script("return document.body.innerText", vec![]).await?;
    ensure!(shown.contains(words), "the inbox shows {shown:?}");
    let made: u32 = scene.browser.script("return document.querySelectorAll('img[src=x]').length", vec![]).await?;
    ensure!(made == 0, "in the inbox the words became elements");
    Ok(())
}

/// Each of many texts that break something somewhere, and of our own that would run a script, is quoted and kept as it
/// was written, and is nothing but text in the inbox.
pub async fn each_in_turn(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let own: Vec<String> = serde_json::from_str(include_str!("../golden/hostile.json"))?;
    let texts = BLNS.iter().map(|text| (*text).to_owned()).chain(own);
    // As a textarea gives them back.
    let lines = texts.map(|text| text.replace("\r\n", "\n").replace('\r', "\n"));
    let texts: Vec<_> = lines.filter(|text| !trimmed(text).is_empty()).collect();
    scene.open().await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.script::<()>(include_str!("hostile.js"), vec![]).await?;
    for some in texts.chunks(AT_ONCE) {
        let sent: Vec<String> = browser
            .script_later(&format!("sendAll({}).then(arguments[0], e => arguments[0]([String(e)]))", json!(some)))
            .await?;
        let expected: Vec<_> = some.iter().map(|text| trimmed(text)).collect();
        ensure!(sent == expected, "the confirmations quote {sent:?}");
    }
    let stored = collector.revisions().await?.into_iter().filter_map(|revision| revision.message);
    let stored: Vec<_> = stored.map(|words| trimmed(&words).to_owned()).collect();
    ensure!(stored.iter().eq(texts.iter().map(|text| trimmed(text))), "the database has {stored:?}");

    browser.goto(&collector.inbox()).await?;
    let mut shown = 0;
    loop {
        browser.script::<()>(include_str!("hostile.js"), vec![]).await?;
        let page: Page = browser.script("return look()", vec![]).await?;
        ensure!(page.foreign.is_empty(), "in the inbox the words became {:?}", page.foreign);
        ensure!(page.wide <= page.window, "the inbox is {} px wide in a window of {}", page.wide, page.window);
        for words in page.words {
            // The newest stand first.
            shown += 1;
            let written = texts.iter().rev().nth(shown - 1).map(|text| trimmed(text)).unwrap_or_default();
            let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            ensure!(plain(&words).contains(&plain(written)), "{written:?} is shown as {words:?}");
        }
        let Some(older) = page.older else { break };
        browser.goto(&older).await?;
    }
    ensure!(shown == texts.len(), "the inbox shows {shown} of {}", texts.len());
    Ok(())
}

/// A page of the inbox.
#[derive(Deserialize)]
struct Page {
    /// The words of each message.
    words: Vec<String>,
    /// Elements and attributes that aren't the inbox's own, and scripts that have run.
    foreign: Vec<String>,
    /// How wide it is, in pixels.
    wide: u32,
    /// How wide the window is.
    window: u32,
    /// Where older messages stand.
    older: Option<String>,
}

/// Text that runs the other way, and marks that turn the rest of a line around.
pub async fn bidi(scene: &Scene) -> Result<()> {
    plain(scene, "המכסה נשבר \u{202e}txt.exe\u{202c} \u{2066}abc\u{2069} وصل مكسورا").await
}

/// Emoji of several code points, combining marks, characters outside the first plane.
pub async fn emoji(scene: &Scene) -> Result<()> {
    plain(scene, "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ☎︎ ❤️ Z͑ͫ̓a̴l𝔤o 𠜎\u{7f}\u{2028}end").await
}

/// Half a character can't travel: it becomes U+FFFD, and the words around it stay.
pub async fn lone_surrogates(scene: &Scene) -> Result<()> {
    round_trip(scene, "'a\\ud83d b\\ude42 c'", "a\u{fffd} b\u{fffd} c").await
}

/// 4,000 characters outside the first plane are 4,000, not 8,000.
pub async fn four_thousand_characters(scene: &Scene) -> Result<()> {
    round_trip(scene, "'🙂'.repeat(4000)", &"🙂".repeat(4000)).await
}

/// One more is too many: it is said, and nothing is cut.
pub async fn four_thousand_and_one(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    browser.paste("message", "'🙂'.repeat(4001)").await?;
    browser.send().await?;
    browser.focused("problem").await?;
    browser
        .says("[part~=problem]", &fill(&fill(english("error.message.long"), "length", "4,001"), "max", "4,000"))
        .await?;
    ensure!(browser.value("message").await?.chars().count() == 4001, "the words were cut");
    collector.revision(0).await?;
    ensure!(collector.revisions().await?.len() == 1, "they were posted all the same");
    Ok(())
}

/// A hostile name and a reply are shown as text too.
pub async fn a_name(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open().await?;
    browser.launch().await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Lovely.").await?;
    let name = "{name}<b>\u{202e}Ada";
    browser.click("[part~=reply]").await?;
    browser.type_into("email", "ada@example.com").await?;
    browser.paste("name", &serde_json::to_string(name)?).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let title: String = browser
        .script("return document.querySelector('say-so').shadowRoot.querySelector('#title').textContent", vec![])
        .await?;
    ensure!(title == fill(english("thanks.praise.name"), "name", name), "the title is {title:?}");
    Ok(())
}

/// A page that says how what is written as JSON is written, before the tag. It also does what a visitor does, once
/// `owner` is in charge, and only then stops: drivers write JSON in the page, too.
const POLLUTED: &str = "<script>
    const polluted = [Object, Array, String, Boolean, Number].map(({ prototype }) => prototype);
    for (const prototype of polluted) {
        prototype.toJSON = function () {
            return 'changed by the page';
        };
    }
    const find = selector => document.querySelector('say-so').shadowRoot.querySelector(selector);
    const seen = selector => new Promise(resolve => {
        const look = () => (find(selector) ? resolve() : requestAnimationFrame(look));
        look();
    });
    addEventListener('load', async () => {
        saySo.open();
        await seen('[data-by=' + owner + ']');
        find('[value=complaint]').click();
        await seen('[data-phase=write] [name=name]');
        find('[name=message]').value = 'The lid “broke”.';
        find('[name=reply]').checked = true;
        find('[name=name]').value = 'Ada';
        find('[name=email]').value = 'ada@example.com';
        find('[part=send]').click();
        await seen('[data-phase=sent]');
        for (const prototype of polluted) delete prototype.toJSON;
        fetch(told, { method: 'POST', body: 'done' });
    });
</script>";

/// Keys that objects have a meaning for travel as they are, and so does everything else on a page that writes its own
/// objects in its own way: the panel's body and first aid's are the golden ones to the byte.
pub async fn keys(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, site, .. } = scene;
    scene.expect("without WebAssembly");
    scene.expect("say-so.quote");
    let custom = r#"{"plan":"gold","constructor":"c","__proto__":"p","10":"ten","9":"nine","say-so.quote":"no"}"#;
    let attributes = format!("data-one-click=off data-custom='{custom}'");
    let tag = scene.tag(&collector.endpoint(), &attributes).replace("async ", "");
    let done = Endpoint::start(Answer::json(200, "{}")).await?;
    for (at, owner) in ["panel", "aid"].into_iter().enumerate() {
        let mut head = format!("<script>const owner = '{owner}', told = '{}'</script>", done.address());
        if owner == "aid" {
            head += "<script>delete window.WebAssembly</script>";
        }
        browser.goto(&site.page("/", &page(&[&head, POLLUTED].concat(), &tag), &[])?).await?;
        done.wait_for(at + 1).await?;
        let words = collector.revisions().await?.into_iter().nth(at).context("nothing was kept")?;
        let Revision { body, text, .. } = &words;
        let page = &body["page"];
        let expected = format!(
            "{{\"v\":1,\"site\":\"127.0.0.1\",\"id\":{},\"revision\":1,\"kind\":\"complaint\",\
             \"message\":\"The lid “broke”.\",\"contact\":{{\"name\":\"Ada\",\"email\":\"ada@example.com\",\"reply\":true}},\
             \"wording\":{{\"locale\":\"en\"}},\
             \"page\":{{\"url\":\"{}/\",\"title\":\"Delivery · Nettle Row Pottery\",\"language\":{},\"viewport\":{}}},\
             \"custom\":{{\"9\":\"nine\",\"10\":\"ten\",\"__proto__\":\"p\",\"constructor\":\"c\",\"plan\":\"gold\"}},\
             \"sent_at\":{},\"took_ms\":{}}}",
            body["id"],
            site.origin(),
            page["language"],
            page["viewport"],
            body["sent_at"],
            body["took_ms"],
        );
        ensure!(*text == expected, "by {owner} it arrived as {text}, not {expected}");
    }
    Ok(())
}
