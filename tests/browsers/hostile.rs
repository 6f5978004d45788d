//! Words that try to be more than words arrive as they were written, and are shown as words.

use anyhow::{Result, ensure};
use say_so::wording::{english, fill};
use say_so_tests::Scene;

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
    browser.paste("name", &serde_json::to_string(name)?).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let title: String = browser
        .script("return document.querySelector('say-so').shadowRoot.querySelector('#title').textContent", vec![])
        .await?;
    ensure!(title == fill(english("thanks.praise.name"), "name", name), "the title is {title:?}");
    Ok(())
}
