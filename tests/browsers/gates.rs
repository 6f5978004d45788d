//! A page on which the test says when the wasm comes, and which notes what a visitor could notice of it.

use anyhow::{Result, ensure};
use say_so_tests::{Scene, until};

use super::held::{POSTED, tasks};

/// Tells when the wasm runs: see [`runs`].
pub const RUNS: &str = "<script>
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const original = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const instance = await original.apply(WebAssembly, given);
            window.runs = true;
            return instance;
        };
    }
</script>";

/// Waits until the wasm runs, on a page with [`RUNS`] in its head, and what follows from that has happened.
pub async fn runs(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    until("the wasm to run", async || Ok(browser.script::<bool>("return !!window.runs", vec![]).await?.then_some(())))
        .await?;
    tasks(scene).await
}

/// Holds back the wasm, and what else is named by `hold`, until it is freed by that name: `posts` before they are made,
/// `answers` to them, the `seconds` for which first aid waits for the panel. Notes who posts what.
const GATES: &str = "<script>
    {
        const held = {};
        const freed = {};
        window.hold = name => (held[name] = new Promise(resolve => (freed[name] = resolve)));
        window.free = name => (freed[name]?.(), delete held[name]);
        window.made = [];
        const before = window.fetch;
        window.fetch = async (file, ...rest) => {
            if (/wasm$/.test(file?.url ?? file)) await held.wasm;
            const body = await posted(file, ...rest);
            if (body === null) return before(file, ...rest);
            made.push([file instanceof Request ? 'panel' : 'aid', body]);
            await held.posts;
            const answer = await before(file, ...rest);
            await held.answers;
            return answer;
        };
        const later = window.setTimeout;
        window.setTimeout = (act, after, ...rest) => after === 2000 && held.seconds ? void held.seconds.then(act) : later(act, after, ...rest);
        hold('wasm');
    }
</script>";

/// Notes every text that the quiet line says, and in `flickered` every text that goes and comes back; `keep()` remembers
/// the nodes and the focus, and `kept()` says what of them is another.
const WATCH: &str = "<script>
    {
        window.aloud = [];
        window.flickered = [];
        let root;
        const nodes = () => {
            const all = [];
            const walk = document.createTreeWalker(root.querySelector('.frame'));
            while (walk.nextNode()) all.push(walk.currentNode);
            // What the panel adds, and does not show yet.
            const added = [...root.querySelectorAll('.undo, .reach')];
            return all.filter(node => !added.some(part => part.contains(node)));
        };
        // What each text says, and what those said that are blank now.
        const said = new Map();
        const gone = new Map();
        const look = () => {
            for (const node of nodes().filter(node => node.nodeType === Node.TEXT_NODE)) {
                const [text, was] = [node.data.trim(), said.get(node) ?? ''];
                if (text === was) continue;
                said.set(node, text);
                if (!text) gone.set(node, was);
                else if (gone.get(node) === text) flickered.push(text);
            }
        };
        // A text that is put in anew may be read out anew.
        let heard = '';
        const hear = () => {
            const text = [...root.querySelector('.note')?.childNodes ?? []].map(node => node.data ?? '').join('').trim();
            if (text !== heard && text) aloud.push(text);
            heard = text;
        };
        // Once what happens at once has happened: nothing is shown or read out in between.
        const settle = async () => {
            hear();
            for (let turns = 50; turns; turns--) await null;
            look();
        };
        const shadow = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (options) {
            root = shadow.call(this, options);
            new MutationObserver(settle).observe(root, { subtree: true, childList: true, characterData: true });
            return root;
        };
        let before;
        window.keep = () => {
            flickered.length = 0;
            gone.clear();
            before = { nodes: nodes(), focus: root.activeElement };
        };
        window.kept = () => {
            const now = nodes();
            const other = before.nodes.filter((node, at) => node !== now[at]).map(node => node.nodeName);
            if (now.length !== before.nodes.length) other.push(now.length - before.nodes.length + ' more nodes');
            if (root.activeElement !== before.focus) other.push('focus');
            return [...other, ...flickered];
        };
    }
</script>";

/// Opens a page on which the wasm is held back, with something more in its head.
pub async fn open(scene: &Scene, head: &str, attributes: &str) -> Result<()> {
    open_at(scene, &scene.collector.endpoint(), head, attributes).await
}

/// The same with another endpoint.
pub async fn open_at(scene: &Scene, endpoint: &str, head: &str, attributes: &str) -> Result<()> {
    let tag = scene.tag(endpoint, attributes);
    scene.open_page(&[POSTED, GATES, WATCH, RUNS, head].concat(), &tag).await?;
    scene.browser.launch().await?;
    // First aid puts in what can be typed in without.
    let there = "return !!document.querySelector('say-so').shadowRoot.querySelector('[name=name]')";
    until("first aid", async || Ok(scene.browser.script::<bool>(there, vec![]).await?.then_some(()))).await
}

/// Runs a script on the page.
pub async fn run(scene: &Scene, script: &str) -> Result<()> {
    scene.browser.script(script, vec![]).await
}

/// Lets the wasm through and waits until the panel has adopted what stands there, unnoticed.
pub async fn adopted(scene: &Scene) -> Result<()> {
    run(scene, "keep(); free('wasm')").await?;
    scene.browser.arrived().await?;
    kept(scene).await
}

/// Makes sure that nodes and focus are the same, and that no text has gone and come back.
pub async fn kept(scene: &Scene) -> Result<()> {
    tasks(scene).await?;
    let other: Vec<String> = scene.browser.script("return kept()", vec![]).await?;
    ensure!(other.is_empty(), "the visitor can notice: {other:?}");
    Ok(())
}

/// Makes sure that the quiet line has said these texts, each once.
pub async fn heard(scene: &Scene, expected: &[&str]) -> Result<()> {
    let aloud: Vec<String> = scene.browser.script("return aloud", vec![]).await?;
    ensure!(aloud == expected, "there was said aloud {aloud:?}");
    Ok(())
}

/// Who posted words so far, in turn: `aid` or `panel`.
pub async fn posters(scene: &Scene) -> Result<Vec<String>> {
    let script = "return made.filter(([, body]) => /message/.test(body)).map(([by]) => by)";
    scene.browser.script(script, vec![]).await
}

/// Makes sure that these words have arrived, once.
pub async fn arrived_once(scene: &Scene, words: &str) -> Result<()> {
    let messages = scene.collector.messages().await?;
    ensure!(messages.len() == 1, "not one message: {messages:?}");
    let mut rows = scene.collector.revisions().await?;
    rows.retain(|row| row.message.is_some());
    ensure!(rows.len() == 1 && rows[0].message.as_deref() == Some(words), "not these words once: {rows:?}");
    Ok(())
}
