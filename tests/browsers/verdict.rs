//! What a visitor is told of words that went to some endpoint: by the panel, and by first aid where the wasm is missing.

use anyhow::{Context, Result, ensure};
use say_so::wording::english;
use say_so_tests::{Answer, Endpoint, Scene, page};

use super::held::says;

/// What is sent.
pub const WORDS: &str = "Sell the lids alone.";

/// Who posts the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The Leptos panel.
    Panel,
    /// First aid: the wasm is missing.
    FirstAid,
}

/// What the visitor is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The words have arrived.
    Received,
    /// They may have.
    Unsure,
    /// They have not, for this reason of the catalog.
    NotSent(&'static str),
}

/// The attributes of a tag for a format, in which a click on a kind posts nothing.
pub fn tag(endpoint: &str, attributes: &str) -> String {
    format!("<script src=/widget/embed.js data-one-click=off data-endpoint=\"{endpoint}\" {attributes}></script>")
}

/// Tries both posters in turn: what is tried with the wasm, and then without.
pub async fn both(scene: &Scene, tried: impl AsyncFn(By) -> Result<()>) -> Result<()> {
    tried(By::Panel).await.context("by the panel")?;
    scene.site.remove("/widget/say-so_bg.wasm");
    scene.expect("without WebAssembly");
    tried(By::FirstAid).await.context("by first aid")
}

/// Opens a page, and writes the words in its panel.
pub async fn write(scene: &Scene, by: By, head: &str, tag: &str, headers: &[(&str, &str)]) -> Result<()> {
    let browser = &scene.browser;
    browser.goto(&scene.site.page("/", &page(head, tag), headers)?).await?;
    browser.launch().await?;
    if by == By::Panel {
        browser.arrived().await?;
    }
    browser.choose("suggestion").await?;
    browser.type_into("message", WORDS).await
}

/// Makes sure that the screen says the verdict, and whose it is.
pub async fn told(scene: &Scene, by: By, attributes: &str, verdict: Verdict) -> Result<()> {
    let browser = &scene.browser;
    let merges = !attributes.contains("data-format");
    let (phase, title, reason) = match verdict {
        Verdict::Received => {
            browser.phase("sent").await?;
            ensure!(merges || !browser.sees("[part~=reference]").await?, "it shows a reference that nobody gave");
            return says(scene, "#title", english("thanks.suggestion")).await;
        }
        Verdict::Unsure => ("unsure", "unsure.suggestion", if merges { "unsure.again" } else { "unsure.next" }),
        Verdict::NotSent(reason) => ("not-kept", "problem.suggestion", reason),
    };
    browser.phase(phase).await?;
    browser.focused("problem").await?;
    says(scene, "[data-fill=problem-title]", english(title)).await?;
    says(scene, "[data-fill=problem-reason]", english(reason)).await?;
    says(scene, "[data-copy=message]", english("copy.words")).await?;
    says(scene, "[part~=send]", english("again")).await?;
    ensure!(browser.value("message").await? == WORDS, "the words are gone");
    ensure!(!browser.sees("[part~=confirmation]").await?, "it says thank you all the same");
    let owner = if by == By::Panel { "panel" } else { "aid" };
    ensure!(browser.owner().await?.as_deref() == Some(owner), "it is not {owner} that says so");
    Ok(())
}

/// What an endpoint answers to words in a format, what the visitor is told of that, and how many posts that took.
pub struct Case {
    /// What it answers.
    pub answer: Answer,
    /// Of the tag: the format, and what the endpoint needs.
    pub attributes: &'static str,
    /// What the visitor is told.
    pub verdict: Verdict,
    /// How often the panel posts; first aid posts once, if it can.
    pub posts: usize,
}

/// Tries these cases by both. Nothing of ours is on the console but one line for words
/// that came to nothing.
pub async fn cases(scene: &Scene, head: &str, cases: &[Case]) -> Result<()> {
    both(scene, async |by| {
        for Case { answer, attributes, verdict, posts } in cases {
            let endpoint = Endpoint::start(answer.clone()).await?;
            if *verdict != Verdict::Received {
                scene.expect(endpoint.address());
            }
            let tried = async {
                write(scene, by, head, &tag(endpoint.address(), attributes), &[]).await?;
                scene.browser.send().await?;
                told(scene, by, attributes, *verdict).await?;
                let (got, expected) = (endpoint.received().len(), if by == By::Panel { *posts } else { 1.min(*posts) });
                ensure!(got == expected, "there were {got} posts, not {expected}");
                lines(scene, &endpoint, usize::from(*verdict != Verdict::Received)).await
            };
            tried.await.with_context(|| format!("{attributes} {answer:?}"))?;
        }
        Ok(())
    })
    .await
}

/// Makes sure that the console has so many lines of an endpoint.
async fn lines(scene: &Scene, endpoint: &Endpoint, expected: usize) -> Result<()> {
    let recorded = scene.browser.recorded().await?;
    let lines = recorded.iter().filter(|line| line.contains(endpoint.address())).count();
    ensure!(lines == expected, "the console has {lines} lines of it, not {expected}: {recorded:?}");
    Ok(())
}
