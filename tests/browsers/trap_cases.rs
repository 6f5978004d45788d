//! Traps at moments that need to be waited for: behind a post, in a callback, behind the confirmation.

use anyhow::{Context, Result, ensure};
use say_so::wording::english;
use say_so_tests::{Answer, Scene, until};

use super::{
    gates::run,
    held::{says, tasks},
    trap::{FORMATS, Post, Since, TRAP, WORDS, answer, finish, judge, trapped, write},
};

/// Holds back the answers to posts from `hold()` on, until `letThrough()`.
const HOLD: &str = "<script>
    const before = window.fetch;
    let through;
    window.hold = () => (through = new Promise(resolve => (window.letThrough = resolve)));
    window.fetch = async (...given) => {
        const answer = await before(...given);
        if (/feedback$/.test(answer.url)) await through;
        return answer;
    };
</script>";

/// The panel is called: a script follows a link of its.
pub const CALL: &str = "document.querySelector('say-so').shadowRoot.querySelector('[data-go]').click();";

/// While the words are on their way, and nobody knows yet whether they arrive: first aid waits for that answer.
pub async fn the_answer_under_way(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("without WebAssembly");
    for format in FORMATS {
        let post = Post::at(scene, format).await?;
        let since = Since::now(scene, &post).await?;
        post.open(scene, HOLD).await?;
        browser.arrived().await?;
        browser.choose("suggestion").await?;
        if format == "say-so" {
            says(scene, ".note", english("noted.suggestion")).await?;
        }
        write(scene).await?;
        run(scene, "hold()").await?;
        browser.send().await?;
        post.endpoint.wait_for(if format == "say-so" { 2 } else { 1 }).await?;
        run(scene, &["trapAfter(0);", CALL].concat()).await?;
        ensure!(browser.owner().await?.as_deref() == Some("aid"), "the panel that stopped is still in charge");
        browser.phase("sending").await?;
        ensure!(browser.value("message").await? == WORDS, "the words are gone");
        run(scene, "letThrough()").await?;
        browser.phase("sent").await?;
        says(scene, "#title", english("thanks.suggestion")).await?;
        judge(scene, &post, &since, "suggestion").await.context(format)?;
    }
    Ok(())
}

/// Stops the wasm once where it asks for something of the browser's.
fn stop(class: &str, name: &str) -> String {
    format!(
        "const was = Object.getOwnPropertyDescriptor({class}.prototype, '{name}');
         const get = () => {{
             Object.defineProperty({class}.prototype, '{name}', was);
             throw new WebAssembly.RuntimeError('unreachable executed');
         }};
         Object.defineProperty({class}.prototype, '{name}', {{ configurable: true, get }})"
    )
}

/// Between what is noted of a post and the post itself: the answer to the click before it is not taken for one to it.
pub async fn before_the_post(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("without WebAssembly");
    let post = Post::at(scene, "say-so").await?;
    let since = Since::now(scene, &post).await?;
    post.open(scene, "").await?;
    browser.arrived().await?;
    browser.choose("suggestion").await?;
    says(scene, ".note", english("noted.suggestion")).await?;
    write(scene).await?;
    run(scene, &stop("AbortController", "signal")).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    judge(scene, &post, &since, "suggestion").await
}

/// An answer to an older post comes while words are on their way: it says nothing of them.
pub async fn behind_an_older_answer(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("without WebAssembly");
    let post = Post::at(scene, "say-so").await?;
    let since = Since::now(scene, &post).await?;
    post.open(scene, HOLD).await?;
    browser.arrived().await?;
    run(scene, "hold(); window.letClickThrough = letThrough").await?;
    browser.choose("suggestion").await?;
    post.endpoint.wait_for(1).await?;
    write(scene).await?;
    run(scene, "hold()").await?;
    // The words do not arrive.
    post.endpoint.answer(Answer::refusal(503, "busy", "busy"));
    scene.expect("busy");
    browser.send().await?;
    post.endpoint.wait_for(2).await?;
    run(scene, "letClickThrough()").await?;
    tasks(scene).await?;
    run(scene, &["trapAfter(0);", CALL].concat()).await?;
    tasks(scene).await?;
    browser.phase("sending").await?;
    run(scene, "letThrough()").await?;
    browser.phase("not-kept").await?;
    post.endpoint.answer(answer(scene, "say-so"));
    finish(scene, "suggestion").await?;
    judge(scene, &post, &since, "suggestion").await
}

/// In what is called back while the wasm waits for the browser: nothing of the outer call runs on either.
pub async fn in_a_callback(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("without WebAssembly");
    let post = Post::at(scene, "say-so").await?;
    let since = Since::now(scene, &post).await?;
    post.open(scene, "").await?;
    browser.arrived().await?;
    browser.choose("suggestion").await?;
    says(scene, ".note", english("noted.suggestion")).await?;
    write(scene).await?;
    browser.click("[part~=reply]").await?;
    browser.type_into("email", "ada").await?;
    // The panel moves the focus, and a script of the page's answers with a click on another kind.
    let click = "const { shadowRoot } = document.querySelector('say-so');
        shadowRoot.querySelector('[part=problem]').addEventListener('focus', () => {
            trapAfter(0);
            shadowRoot.querySelector('[value=praise]').click();
        }, { once: true })";
    run(scene, click).await?;
    browser.send().await?;
    trapped(scene).await?;
    ensure!(browser.owner().await?.as_deref() == Some("aid"), "the panel that stopped is still in charge");
    says(scene, ".note", english("noted.praise")).await?;
    browser.type_into("email", "@example.com").await?;
    finish(scene, "praise").await?;
    judge(scene, &post, &since, "praise").await
}

/// In what is called back in the middle of sending: the outer call, which would post next, does not.
pub async fn in_a_callback_of_sending(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("without WebAssembly");
    let post = Post::at(scene, "say-so").await?;
    let since = Since::now(scene, &post).await?;
    // The panel asks for the time, and is called again before it gets it.
    let again = "<script>
        window.arm = () => {
            const { toISOString } = Date.prototype;
            Date.prototype.toISOString = function () {
                Date.prototype.toISOString = toISOString;
                trapAfter(0);
                document.querySelector('say-so').shadowRoot.querySelector('[data-go]').click();
                return this.toISOString();
            };
        };
    </script>";
    post.open(scene, again).await?;
    browser.arrived().await?;
    browser.choose("suggestion").await?;
    says(scene, ".note", english("noted.suggestion")).await?;
    write(scene).await?;
    run(scene, "arm()").await?;
    browser.send().await?;
    trapped(scene).await?;
    finish(scene, "suggestion").await?;
    tasks(scene).await?;
    judge(scene, &post, &since, "suggestion").await
}

/// While the confirmation stands: it goes on standing, and first aid sends the next message.
pub async fn behind_the_confirmation(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("without WebAssembly");
    scene.open_page(TRAP, &scene.tag(&collector.endpoint(), "")).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("suggestion").await?;
    write(scene).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.focused("confirmation").await?;
    run(scene, &["trapAfter(0);", CALL].concat()).await?;
    until("the panel to stop", async || Ok((!browser.recorded().await?.is_empty()).then_some(()))).await?;
    browser.phase("sent").await?;
    says(scene, "#title", english("thanks.suggestion")).await?;
    browser.says("[part~=confirmation]", WORDS).await?;
    browser.says("[part~=reference]", &collector.messages().await?[0].reference).await?;
    browser.click(".sent [data-do=close]").await?;
    browser.gone("[part~=panel]").await?;

    browser.launch().await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Lovely jug.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    ensure!(browser.owner().await?.as_deref() == Some("aid"), "the panel that stopped is back");
    says(scene, "#title", english("thanks.praise")).await?;
    let words = collector.revisions().await?.pop().context("nothing was kept")?;
    ensure!(words.message.as_deref() == Some("Lovely jug.") && words.revision == 1, "it arrived as {}", words.text);
    ensure!(collector.messages().await?.len() == 2, "not two messages: {:?}", collector.messages().await?);
    Ok(())
}
