//! The shell judges and writes every golden draft, and confirms every golden body, as the Rust code does, whose
//! tests make the files.

use anyhow::{Result, ensure};
use say_so_tests::Scene;
use serde_json::{Value, json};

const GOLDEN: &str = include_str!("../golden/drafts.json");
const CONFIRMATIONS: &str = include_str!("../golden/confirmations.json");
const ENGLISH: &str = include_str!("../../src/wording/locales/en.json");
const ARABIC: &str = include_str!("../../src/wording/locales/ar.json");

/// Judges the cases with the shell's own functions, in the page.
const JUDGE: &str = "
    const finish = arguments[arguments.length - 1];
    (async () => {
        const { tidy, check, words, write } = await import('/widget/shell.js');
        const context = { site: 'shop.example', id: '00112233445566778899aabbccddeeff', wording: { locale: 'en' } };
        const page = { url: 'https://shop.example/cart' };
        return golden.map(({ name, draft }) => {
            const tidied = tidy(draft);
            const problems = Object.fromEntries(Object.entries(check(tidied)).filter(([, problem]) => problem));
            if (Object.keys(problems).length) return { name, draft, problems };
            const said = { ...words(tidied, draft.trap), revision: 1, kind: 'complaint', page, took_ms: 4200 };
            return { name, draft, body: write(context, said, '2026-11-21T09:30:00.000Z') };
        });
    })().then(finish, error => finish([String(error)]));";

/// Composes the cases with the shell's own functions, in the page. A release has them inside shell.js.
const COMPOSE: &str = "
    const finish = arguments[arguments.length - 1];
    (async () => {
        const { compose, filled } = await import('/widget/confirmation.js');
        return golden.map((golden) => {
            const { locale, body, reader, day } = golden;
            const tell = (number, values) => filled(words[locale][number], values);
            const named = (instant) => (instant == day.instant ? day.said : 'the wrong day: ' + instant);
            return { ...golden, told: compose(tell, body, reader, named) };
        });
    })().then(finish, error => finish([String(error)]));";

/// Equal verdicts and equal bytes.
pub async fn drafts(scene: &Scene) -> Result<()> {
    scene.open_page("", "").await?;
    let golden: Vec<Value> = serde_json::from_str(GOLDEN)?;
    let script = format!("const golden = {};{JUDGE}", json!(golden));
    let judged: Vec<Value> = scene.browser.script_later(&script).await?;
    agree(&golden, &judged)
}

/// Equal sentences.
pub async fn confirmations(scene: &Scene) -> Result<()> {
    scene.open_page("", "").await?;
    let golden: Vec<Value> = serde_json::from_str(CONFIRMATIONS)?;
    // As they stand in the files: the shell knows a sentence by its place.
    let words = format!("{{ en: Object.values({ENGLISH}), ar: Object.values({ARABIC}) }}");
    let script = format!("const golden = {}; const words = {words};{COMPOSE}", json!(golden));
    let told: Vec<Value> = scene.browser.script_later(&script).await?;
    agree(&golden, &told)
}

/// Makes sure that the shell made of each case what stands in the file.
fn agree(golden: &[Value], made: &[Value]) -> Result<()> {
    ensure!(made.len() == golden.len(), "the shell made {} of {}: {made:?}", made.len(), golden.len());
    for (golden, made) in golden.iter().zip(made) {
        ensure!(golden == made, "the shell says otherwise:\n  {made}\n  {golden}");
    }
    Ok(())
}
