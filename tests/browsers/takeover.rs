//! The panel takes the shell's place without anybody noticing, and gives it back when it fails.

use anyhow::{Context, Result, ensure};
use say_so::wording::english;
use say_so_tests::{Engine, Scene, page, until};

use super::held;

/// Notes what is posted, once the page calls `watchPosts()`.
const POSTS: &str = "<script>
    window.watchPosts = () => {
        const before = window.fetch;
        window.posted = [];
        window.fetch = (file, options) => {
            if (options?.body) posted.push(options.body);
            return before(file, options);
        };
    };
</script>";

/// Tells when the wasm runs, and the shell could give its place away: see [`runs`].
pub const RUNS: &str = "<script>
    // The panel is rehearsed in a few tasks, one after another.
    const afterTasks = (tasks, act) => setTimeout(() => (tasks ? afterTasks(tasks - 1, act) : act()));
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const original = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const instance = await original.apply(WebAssembly, given);
            afterTasks(20, () => (window.runs = true));
            return instance;
        };
    }
</script>";

/// Waits until the wasm runs, on a page with [`RUNS`] in its head.
pub async fn runs(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    until("the wasm to run", async || Ok(browser.script::<bool>("return !!window.runs", vec![]).await?.then_some(())))
        .await
}

/// Lets the wasm through and waits until it runs; the panel can take over at the visitor's next act.
async fn arrive(scene: &Scene) -> Result<()> {
    scene.browser.script::<()>("letThrough()", vec![]).await?;
    runs(scene).await
}

/// Whether the panel, and not the shell, stands on the page: the shell's markup carries the class last, the panel's first.
async fn is_live(scene: &Scene) -> Result<bool> {
    let script =
        "return document.querySelector('say-so').shadowRoot.querySelector('.panel').getAttributeNames()[0] == 'class'";
    scene.browser.script(script, vec![]).await
}

/// Who types while the wasm arrives keeps the field, the words, the caret and what can be undone; Send is then the panel's.
pub async fn while_typing(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open_page(&[&held::back("wasm$"), RUNS].concat(), &scene.tag(&scene.collector.endpoint(), "")).await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The glaze is ").await?;
    let field = "document.querySelector('say-so').shadowRoot.querySelector('[name=message]')";
    browser.script::<()>(&format!("window.field = {field}; field.setSelectionRange(4, 4)"), vec![]).await?;
    arrive(scene).await?;
    browser.type_text("blue ").await?;
    let kept: (bool, usize) =
        browser.script(&format!("return [window.field === {field}, {field}.selectionStart]"), vec![]).await?;
    ensure!(kept == (true, 9), "the field was replaced, or the caret moved: {kept:?}");
    ensure!(browser.value("message").await? == "The blue glaze is ", "the words are others");
    ensure!(!is_live(scene).await?, "the panel came under the visitor's cursor");
    // WebKit's driver presses keys past what undoes.
    if scene.engine != Engine::WebKit {
        browser.undo().await?;
        until("what was typed to be undone", async || {
            Ok((browser.value("message").await?.len() < "The blue glaze is ".len()).then_some(()))
        })
        .await?;
        browser.paste("message", "'The blue glaze is'").await?;
    }
    browser.send().await?;
    browser.phase("sent").await?;
    ensure!(is_live(scene).await?, "the shell is still there");
    let words = scene.collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("The blue glaze is"), "it arrived as {}", words.text);
    ensure!(words.body["page"]["title"].is_string(), "what was shown did not go along: {}", words.text);
    ensure!(scene.collector.messages().await?.len() == 1, "two messages");
    Ok(())
}

/// What the shell could not deliver is posted by the panel with the same bytes.
pub async fn after_a_failure(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("unreachable");
    let endpoint = scene.collector.endpoint();
    // The site serves the widget itself: the collector is about to be down.
    scene
        .open_page(
            &[&held::back("wasm$"), POSTS, RUNS].concat(),
            &format!("<script async src=/widget/embed.js data-endpoint=\"{endpoint}\"></script>"),
        )
        .await?;
    browser.launch().await?;
    browser.choose("praise").await?;
    scene.collector.revision(0).await?;
    scene.collector.stop();
    browser.type_into("message", "Lovely jug.").await?;
    browser.script::<()>("watchPosts()", vec![]).await?;
    browser.send().await?;
    browser.phase("not-kept").await?;
    arrive(scene).await?;
    scene.collector.start_again()?;
    browser.send().await?;
    browser.phase("sent").await?;
    let posted: Vec<String> = browser.script("return posted", vec![]).await?;
    ensure!(posted.len() >= 2 && posted.iter().all(|body| *body == posted[0]), "not the same bytes: {posted:#?}");
    Ok(())
}

/// Stops the panel, once, as a trap would: where it asks for the time to write a body, or in a task of its own,
/// where it changes a text.
const STOP: &str = "<script>
    const stop = (prototype, name, how) => {
        const original = Object.getOwnPropertyDescriptor(prototype, name);
        const trap = () => {
            Object.defineProperty(prototype, name, original);
            throw new WebAssembly.RuntimeError('unreachable executed');
        };
        Object.defineProperty(prototype, name, { ...original, [how]: trap });
    };
    window.stopOnce = () => stop(Date.prototype, 'toISOString', 'value');
    window.stopInTask = () => stop(Node.prototype, 'nodeValue', 'set');
</script>";

/// A panel that stops in the middle is taken away, and the shell goes on with the words: the same Send still sends them.
pub async fn a_trap(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("without WebAssembly");
    let endpoint = scene.collector.endpoint();
    scene
        .open_page(STOP, &format!("<script async src=/widget/embed.js data-endpoint=\"{endpoint}\"></script>"))
        .await?;
    browser.launch().await?;
    until("the panel", async || Ok(is_live(scene).await?.then_some(()))).await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", "Sell the lids alone.").await?;
    browser.type_into("name", "Ada").await?;
    browser.script::<()>("stopOnce()", vec![]).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = scene.collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("Sell the lids alone."), "it arrived as {}", words.text);
    ensure!(words.body["kind"] == "suggestion", "it arrived as {}", words.text);
    ensure!(words.body["contact"]["name"] == "Ada", "the name is gone: {}", words.text);
    ensure!(!is_live(scene).await?, "the panel stands there as if nothing had been");
    ensure!(scene.collector.messages().await?.len() == 1, "two messages");
    Ok(())
}

/// So is one that stops in a task that nobody waits for: nothing of it is thrown at the page.
pub async fn a_trap_in_a_task(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("without WebAssembly");
    scene.open_page(STOP, &scene.tag(&collector.endpoint(), "")).await?;
    browser.launch().await?;
    until("the panel", async || Ok(is_live(scene).await?.then_some(()))).await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", "Sell the lids alone.").await?;
    browser.script::<()>("stopInTask()", vec![]).await?;
    browser.choose("praise").await?;
    until("the shell", async || Ok((!is_live(scene).await?).then_some(()))).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revisions().await?.pop().context("nothing was kept")?;
    ensure!(words.message.as_deref() == Some("Sell the lids alone."), "it arrived as {}", words.text);
    ensure!(words.body["kind"] == "praise", "it arrived as {}", words.text);
    Ok(())
}

/// A panel that stops while the confirmation stands leaves it standing, and the shell sends the next message.
pub async fn a_trap_behind_the_confirmation(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("without WebAssembly");
    scene.open_page(STOP, &scene.tag(&collector.endpoint(), "")).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", "Sell the lids alone.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.focused("title").await?;
    // Nothing that a visitor can reach runs wasm now: the form behind the confirmation does.
    let stop = "stopOnce();
        const form = document.querySelector('say-so').shadowRoot.querySelector('form');
        form.elements.message.value = 'Something else to write.';
        form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }))";
    browser.script::<()>(stop, vec![]).await?;
    until("the panel to stop", async || Ok((!browser.recorded().await?.is_empty()).then_some(()))).await?;
    browser.phase("sent").await?;
    browser.says("#title", english("thanks.suggestion")).await?;
    browser.says("[part~=confirmation]", "Sell the lids alone.").await?;
    browser.says("[part~=reference]", &collector.messages().await?[0].reference).await?;
    browser.click(".sent [data-do=close]").await?;
    browser.gone("[part~=panel]").await?;

    browser.launch().await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Lovely jug.").await?;
    ensure!(!is_live(scene).await?, "the panel that stopped is back");
    browser.send().await?;
    browser.phase("sent").await?;
    ensure!(!is_live(scene).await?, "the panel that stopped is back");
    browser.says("#title", english("thanks.praise")).await?;
    let words = collector.revisions().await?.pop().context("nothing was kept")?;
    ensure!(words.message.as_deref() == Some("Lovely jug.") && words.revision == 1, "it arrived as {}", words.text);
    ensure!(collector.messages().await?.len() == 2, "not two messages: {:?}", collector.messages().await?);
    Ok(())
}

/// A policy without `'wasm-unsafe-eval'` leaves the shell in charge.
pub async fn refused_by_the_policy(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("without WebAssembly");
    // Not every engine reports what it refuses to compile as a violation.
    scene.allow("wasm-eval");
    scene.allow("script-src");
    let source = collector.address();
    let policy = format!(
        "default-src 'none'; img-src 'self'; script-src 'self' {source}; connect-src {source}; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let address = scene.site.page(
        "/",
        &page("", &scene.tag(&collector.endpoint(), "")),
        &[("Content-Security-Policy", &policy)],
    )?;
    browser.goto(&address).await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The handle is loose.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.message.as_deref() == Some("The handle is loose."), "it arrived as {}", words.text);
    Ok(())
}
