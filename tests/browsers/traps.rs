//! A panel that traps is never called again, and first aid goes on with the same nodes: whenever the wasm traps while it
//! does something for the visitor, the words arrive, once.

use anyhow::{Context, Result, ensure};
use say_so::wording::english;
use say_so_tests::{Answer, Scene};

use super::{
    gates::{RUNS, run, runs},
    held::{says, tasks},
    trap::{FORMATS, Post, Since, WORDS, answer, finish, judge, trapped, write},
};

/// Up to so many moments among the calls: the first, the last, and those between.
fn moments(calls: u32, most: u32) -> Vec<u32> {
    let most = most.min(calls).max(1);
    (0..most).map(|at| at * calls.saturating_sub(1) / (most - 1).max(1)).collect()
}

/// Has an act of the visitor's trap, once at each of so many moments, and finds the words once each time. `after` waits for
/// all that follows from the act where nothing traps.
async fn sweep(
    scene: &Scene,
    post: &Post,
    most: u32,
    kind: &str,
    before: impl AsyncFn() -> Result<()>,
    act: impl AsyncFn() -> Result<()>,
    after: impl AsyncFn() -> Result<()>,
) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("without WebAssembly");
    // What a browser does beside it at times, such as reading the fields once more, has calls of its own.
    let mut calls = u32::MAX;
    for _ in 0..3 {
        post.open(scene, "").await?;
        browser.arrived().await?;
        before().await?;
        tasks(scene).await?;
        run(scene, "window.calls = 0").await?;
        act().await?;
        after().await?;
        tasks(scene).await?;
        calls = calls.min(browser.script("return calls", vec![]).await?);
    }
    ensure!(calls > 0, "the wasm had nothing to do");
    for moment in moments(calls, most) {
        let trial = async {
            let mut since = Since::now(scene, post).await?;
            post.open(scene, "").await?;
            browser.arrived().await?;
            before().await?;
            since.posts = post.endpoint.received().len();
            tasks(scene).await?;
            run(scene, &format!("trapAfter({moment})")).await?;
            act().await?;
            trapped(scene).await?;
            finish(scene, kind).await?;
            judge(scene, post, &since, kind).await
        };
        trial.await.with_context(|| format!("{}: at call {moment} of {calls}", post.format))?;
    }
    Ok(())
}

/// While the wasm starts, and while it adopts.
pub async fn at_start(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("without WebAssembly");
    let post = Post::at(scene, "say-so").await?;
    post.open(scene, "").await?;
    browser.arrived().await?;
    tasks(scene).await?;
    let calls: u32 = browser.script("return calls", vec![]).await?;
    for moment in moments(calls, 8) {
        let trial = async {
            let since = Since::now(scene, &post).await?;
            post.open(scene, &format!("<script>trapAt = {moment}</script>")).await?;
            trapped(scene).await?;
            browser.choose("suggestion").await?;
            browser.type_into("message", WORDS).await?;
            finish(scene, "suggestion").await?;
            judge(scene, &post, &since, "suggestion").await
        };
        trial.await.with_context(|| format!("at call {moment} of {calls}"))?;
    }
    Ok(())
}

/// While the panel is prepared for a visitor who has only come near: nothing of it is drawn yet.
pub async fn before_it_is_opened(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("without WebAssembly");
    let post = Post::at(scene, "say-so").await?;
    let near = async |head: &str| {
        post.page(scene, head).await?;
        run(scene, "document.querySelector('say-so').dispatchEvent(new PointerEvent('pointerenter'))").await
    };
    near(RUNS).await?;
    runs(scene).await?;
    let calls: u32 = browser.script("return calls", vec![]).await?;
    for moment in moments(calls, 8) {
        let trial = async {
            let since = Since::now(scene, &post).await?;
            near(&format!("<script>trapAt = {moment}</script>")).await?;
            trapped(scene).await?;
            ensure!(browser.owner().await?.is_none(), "the panel is drawn");
            browser.launch().await?;
            browser.choose("suggestion").await?;
            browser.type_into("message", WORDS).await?;
            finish(scene, "suggestion").await?;
            judge(scene, &post, &since, "suggestion").await
        };
        trial.await.with_context(|| format!("at call {moment} of {calls}"))?;
    }
    Ok(())
}

/// While a kind is chosen and posted.
pub async fn choosing(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let post = Post::at(scene, "say-so").await?;
    // The box has the words before, as one that was opened again.
    let before = async || {
        let write = "document.querySelector('say-so').shadowRoot.querySelector('[name=message]').value = arguments[0]";
        browser.script::<()>(write, vec![WORDS.into()]).await
    };
    let act = async || browser.click("[part~=kind][value=complaint]").await;
    sweep(scene, &post, 8, "complaint", before, act, async || says(scene, ".note", english("noted.complaint")).await)
        .await
}

/// While words are written, and another kind is chosen.
pub async fn another_kind(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let post = Post::at(scene, "say-so").await?;
    let before = async || {
        browser.choose("complaint").await?;
        says(scene, ".note", english("noted.complaint")).await?;
        write(scene).await
    };
    let act = async || browser.click("[part~=kind][value=praise]").await;
    sweep(scene, &post, 8, "praise", before, act, async || says(scene, ".note", english("noted.praise")).await).await
}

/// While words are sent: before the post, behind it, while the answer is read, and while it is told.
pub async fn sending(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    for format in FORMATS {
        let post = Post::at(scene, format).await?;
        let before = async || {
            browser.choose("suggestion").await?;
            if format == "say-so" {
                says(scene, ".note", english("noted.suggestion")).await?;
            }
            write(scene).await
        };
        let act = async || browser.send().await;
        sweep(scene, &post, 14, "suggestion", before, act, async || browser.phase("sent").await).await?;
    }
    Ok(())
}

/// While words that were refused are sent again.
pub async fn trying_again(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    for format in FORMATS {
        scene.expect("busy");
        let post = Post::at(scene, format).await?;
        let before = async || {
            browser.choose("suggestion").await?;
            if format == "say-so" {
                says(scene, ".note", english("noted.suggestion")).await?;
            }
            write(scene).await?;
            post.endpoint.answer(Answer::refusal(503, "busy", "busy"));
            browser.send().await?;
            browser.phase("not-kept").await?;
            post.endpoint.answer(answer(scene, format));
            Ok(())
        };
        let act = async || browser.send().await;
        sweep(scene, &post, 5, "suggestion", before, act, async || browser.phase("sent").await).await?;
    }
    Ok(())
}
