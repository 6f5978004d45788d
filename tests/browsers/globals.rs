//! Whose JavaScript it is: pages replace what the widget expects of a browser, each thing by one that does nothing.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use say_so_tests::Scene;
use serde::Deserialize;
use serde_json::json;

/// The outer page's script.
const VISITS: &str = include_str!("globals.js");

/// What the widget can't do without, and docs/pages.md says so: it draws with these, listens, fetches, waits, and reads
/// and writes what travels.
const NEEDED: [&str; 31] = [
    "Array",
    "CSSStyleSheet",
    "Crypto.prototype.getRandomValues",
    "Date",
    "Date.prototype.toISOString",
    "Document.prototype.createElementNS",
    "Document.prototype.querySelectorAll",
    "DocumentFragment.prototype.append",
    "DocumentFragment.prototype.querySelector",
    "DocumentFragment.prototype.querySelectorAll",
    "Element.prototype.append",
    "Element.prototype.attachShadow",
    "Element.prototype.closest",
    "Element.prototype.querySelector",
    "Element.prototype.setAttribute",
    "Event.prototype.composedPath",
    "EventTarget.prototype.addEventListener",
    "IntersectionObserver",
    "JSON.parse",
    "JSON.stringify",
    "MutationObserver",
    "Node.prototype.cloneNode",
    "Node.prototype.insertBefore",
    "RegExp.prototype.exec",
    "Response.prototype.text",
    "URL",
    "URL.prototype.toString",
    "Uint8Array",
    "fetch",
    "requestAnimationFrame",
    "setTimeout",
];

/// How a page within the outer one ended.
#[derive(Deserialize)]
struct Outcome {
    moment: String,
    paths: Vec<String>,
    ended: String,
    lines: Vec<String>,
}

/// Every global and every method that the built files name and the widget calls does nothing, before the tag or after
/// it: the words arrive once, unless it is one of those that are needed; and where they don't, nobody is thanked.
pub async fn each_in_turn(scene: &Scene) -> Result<()> {
    let Scene { browser, site, collector, .. } = scene;
    let tag = format!("<script src=/widget/embed.js data-endpoint=\"{}\"></script>", collector.endpoint());
    let within = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Within</title><script>
            window.lines = [];
            for (const level of ['warn', 'error']) console[level] = (...said) => lines.push(said.join(' '));
            addEventListener('error', event => lines.push('uncaught: ' + event.message));
            addEventListener('unhandledrejection', event => lines.push('uncaught: ' + event.reason));
            parent.replace(window, 'before');
        </script><p>Cups.</p>{tag}<script>parent.replace(window, 'after')</script>"
    );
    site.file("/within", "text/html;charset=utf-8", within)?;
    site.file("/visits.js", "text/javascript", VISITS)?;
    scene.open_page("<script src=/visits.js></script>", "").await?;

    let files = site.scripts();
    let names = format!(
        "const done = arguments[arguments.length - 1]; namesIn({}).then(done, error => done(['' + error]))",
        serde_json::to_string(&files)?
    );
    let names: Vec<String> = browser.script_later(&names).await?;
    ensure!(names.len() > 100, "these are not all: {names:?}");

    let cases = |paths: Vec<&String>| -> Vec<_> {
        let moments = |path| ["before", "after"].map(|moment| json!({ "moment": moment, "paths": [path] }));
        paths.into_iter().flat_map(moments).collect()
    };
    let (needed, others): (Vec<_>, Vec<_>) = names.iter().partition(|path| NEEDED.contains(&path.as_str()));
    let (needed, others) = (cases(needed), cases(others));
    // What can't end is only waited for, and more of it at a time.
    let batches = needed.chunks(32).map(|some| (some, 32)).chain(others.chunks(32).map(|some| (some, 8)));
    let mut failed = Vec::new();
    let mut missed = BTreeSet::new();
    for (some, width) in batches {
        let visits = format!(
            "const done = arguments[arguments.length - 1]; visitAll({}, {width}).then(done, error => done('' + error))",
            serde_json::to_string(some)?
        );
        let outcomes: Vec<Outcome> = browser.script_later(&visits).await?;
        let arrived = arrived(scene).await?;
        for Outcome { moment, paths, ended, lines } in outcomes {
            let path = paths.first().context("a case without a name")?;
            let rows = arrived.get(&format!("Without {path} {moment} it.")).copied().unwrap_or_default();
            let needed = NEEDED.contains(&path.as_str());
            let noise: Vec<_> = lines.iter().filter(|line| !is_said(line)).collect();
            let whole = ended == "sent" && rows == 1 && noise.is_empty();
            if needed && !whole {
                missed.insert(path.clone());
            }
            let truthful = rows == 1 || ended != "sent";
            if !truthful || !needed && !whole {
                failed.push(format!("{path} {moment} the tag: {ended}, {rows} messages, {lines:?}"));
            }
        }
    }
    ensure!(failed.is_empty(), "{} of {} failed:\n  {}", failed.len(), 2 * names.len(), failed.join("\n  "));
    let document = include_str!("../../docs/pages.md");
    let listed = document.split_once("<!-- needed -->").and_then(|(_, rest)| rest.split_once("<!-- /needed -->"));
    let listed: BTreeSet<_> = listed.context("docs/pages.md has no list")?.0.split('`').skip(1).step_by(2).collect();
    ensure!(listed == BTreeSet::from(NEEDED), "docs/pages.md lists {listed:?}");
    let without: Vec<_> = NEEDED.iter().filter(|path| !missed.contains(**path)).collect();
    ensure!(without.is_empty(), "these are no longer needed: {without:?}");
    Ok(())
}

/// What docs/pages.md says that web teams see there.
fn is_said(line: &str) -> bool {
    line.contains("first aid goes on without WebAssembly") || line.contains("the wasm would start faster")
}

/// How often each text has arrived.
async fn arrived(scene: &Scene) -> Result<BTreeMap<String, usize>> {
    let mut count = BTreeMap::new();
    for revision in scene.collector.revisions().await? {
        if let Some(words) = revision.message {
            *count.entry(words).or_default() += 1;
        }
    }
    Ok(count)
}
