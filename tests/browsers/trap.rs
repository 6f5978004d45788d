//! A wasm that traps where a test wants it to, and what has to come of it: first aid is in charge, one warning says so,
//! and the words arrive once.

use anyhow::{Result, ensure};
use say_so_tests::{Answer, Endpoint, Scene, until};

/// What is to be sent.
pub const WORDS: &str = "Sell the lids alone.";

/// Traps where the wasm next calls out, or so many calls later, by `trapAfter(calls)`: what is thrown there passes
/// through it, and nothing of it runs on.
pub const TRAP: &str = "<script>
    // A module of one function, which is unreachable: what it throws is a trap of the engine's own.
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const unreachable = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports.trap;
    window.calls = 0;
    window.trapAt = -1;
    window.trapped = false;
    window.trapAfter = more => (trapAt = calls + more);
    const guarded = call => (...given) => {
        if (calls++ === trapAt) {
            trapped = true;
            unreachable();
        }
        return call(...given);
    };
    const original = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = (answer, given) => {
        const imports = {};
        for (const [module, functions] of Object.entries(given)) {
            imports[module] = Object.fromEntries(Object.entries(functions).map(([name, call]) => [name, guarded(call)]));
        }
        return original.call(WebAssembly, answer, imports);
    };
</script>";

/// How endpoints take posts.
pub const FORMATS: [&str; 3] = ["say-so", "json", "form"];

/// Where words go, and what has arrived there.
pub struct Post {
    pub endpoint: Endpoint,
    pub format: &'static str,
}

/// What an endpoint of that format says of what it has received.
pub fn answer(scene: &Scene, format: &str) -> Answer {
    if format == "say-so" { Answer::Pass(scene.collector.endpoint()) } else { Answer::json(200, "{}") }
}

impl Post {
    /// An endpoint of that format; behind one of say-so's own stands the collector.
    pub async fn at(scene: &Scene, format: &'static str) -> Result<Self> {
        Ok(Self { endpoint: Endpoint::start(answer(scene, format)).await?, format })
    }

    /// Opens the panel of a new page, whose widget comes from the site, with something in its head.
    pub async fn open(&self, scene: &Scene, head: &str) -> Result<()> {
        self.page(scene, head).await?;
        scene.browser.launch().await
    }

    /// The same, and leaves the panel closed.
    pub async fn page(&self, scene: &Scene, head: &str) -> Result<()> {
        let address = self.endpoint.address();
        let tag =
            format!("<script src=/widget/embed.js data-endpoint=\"{address}\" data-format={}></script>", self.format);
        scene.open_page(&[TRAP, head].concat(), &tag).await
    }

    /// The kinds of the words that have arrived since there were so many posts and messages.
    async fn arrived(&self, scene: &Scene, since: &Since) -> Result<Vec<String>> {
        let mut kinds = Vec::new();
        if self.format == "say-so" {
            let rows = scene.collector.revisions().await?.into_iter().skip(since.rows);
            for row in rows.filter(|row| row.message.as_deref() == Some(WORDS)) {
                kinds.push(row.body["kind"].as_str().unwrap_or_default().to_owned());
            }
            return Ok(kinds);
        }
        for post in self.endpoint.received().into_iter().skip(since.posts) {
            let text = |name: &str| match self.format {
                "json" => anyhow::Ok(post.json()?[name].as_str().unwrap_or_default().to_owned()),
                _ => Ok(post.form()?.remove(name).unwrap_or_default()),
            };
            ensure!(text("message")? == WORDS, "there arrived {:?}", post.text());
            kinds.push(text("kind")?);
        }
        Ok(kinds)
    }
}

/// What had arrived, and what the page had recorded, before something was tried.
pub struct Since {
    rows: usize,
    messages: usize,
    pub posts: usize,
    lines: usize,
}

impl Since {
    pub async fn now(scene: &Scene, post: &Post) -> Result<Self> {
        Ok(Self {
            rows: scene.collector.revisions().await?.len(),
            messages: scene.collector.messages().await?.len(),
            posts: post.endpoint.received().len(),
            lines: scene.browser.recorded().await?.len(),
        })
    }
}

/// Sends the words as a visitor would who sees what is on the screen, until they are thanked for.
pub async fn finish(scene: &Scene, kind: &str) -> Result<()> {
    let browser = &scene.browser;
    let pressed = browser.attribute("[part~=kind][aria-pressed=true]", "value").await?;
    if browser.attribute("[part~=panel]", "data-phase").await?.as_deref() == Some("choose") || pressed.is_none() {
        browser.choose(kind).await?;
    }
    until("the words to be thanked for", async || {
        let phase = browser.attribute("[part~=panel]", "data-phase").await?.unwrap_or_default();
        match phase.as_str() {
            "sent" => return Ok(Some(())),
            "write" | "not-kept" => {
                ensure!(browser.value("message").await? == WORDS, "in {phase} the box holds other words");
                browser.send().await?;
            }
            _ => {}
        }
        Ok(None)
    })
    .await
}

/// Makes sure that after a trap first aid is in charge, that one warning says so, and that the words arrived once.
pub async fn judge(scene: &Scene, post: &Post, since: &Since, kind: &str) -> Result<()> {
    let browser = &scene.browser;
    let kinds = post.arrived(scene, since).await?;
    ensure!(kinds == [kind], "there arrived {kinds:?}");
    if post.format == "say-so" {
        let messages = scene.collector.messages().await?.len() - since.messages;
        ensure!(messages == 1, "there are {messages} messages");
    }
    ensure!(browser.owner().await?.as_deref() == Some("aid"), "the panel that stopped is still in charge");
    let recorded = browser.recorded().await?.split_off(since.lines);
    let warned = recorded.iter().filter(|line| line.contains("without WebAssembly")).count();
    ensure!(warned == 1, "not one warning: {recorded:?}");
    Ok(())
}

/// What is to be sent.
pub async fn write(scene: &Scene) -> Result<()> {
    scene.browser.type_into("message", WORDS).await
}

/// Waits until the wasm has trapped.
pub async fn trapped(scene: &Scene) -> Result<()> {
    let script = "return trapped";
    until("the trap", async || Ok(scene.browser.script::<bool>(script, vec![]).await?.then_some(()))).await
}
