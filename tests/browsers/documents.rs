//! The kinds and encodings of documents that the tag may stand in.

use anyhow::{Result, ensure};
use say_so_tests::{Scene, until};

use super::visit::{Cases, arrived, complain, holds};

pub const RECORDER: &str = "<script src=\"/recorder.js\"></script>";

/// The tag with embed.js from the page's own site, which names no charset.
fn tag(scene: &Scene, attributes: &str) -> String {
    let endpoint = scene.collector.endpoint();
    format!("<script src=\"/widget/embed.js\" data-endpoint=\"{endpoint}\" {attributes}></script>")
}

/// Goes to a document of this type, at an address of its own.
async fn open(scene: &Scene, name: &str, mime: &str, document: impl Into<Vec<u8>>) -> Result<()> {
    let path = format!("/documents/{}", name.replace(' ', "-"));
    scene.site.file(&path, mime, document)?;
    scene.browser.goto(&format!("{}{path}", scene.site.origin())).await
}

fn xhtml(head: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><!DOCTYPE html>
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"en\"><head><title>Delivery</title>
         {RECORDER}{head}</head><body><h1>Delivery</h1>{body}</body></html>"
    )
}

/// HTML of all kinds, and XHTML.
pub async fn kinds(scene: &Scene) -> Result<()> {
    let tag = |attributes: &str| tag(scene, attributes);
    let doctype =
        "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01 Transitional//EN' 'http://www.w3.org/TR/html4/loose.dtd'>";
    let columns = "<frameset cols=\"*,*\"><frame src=\"/favicon.ico\"><frame src=\"/favicon.ico\"></frameset>";
    let mut cases = Cases::default();
    for (name, mime, document) in [
        (
            "quirks",
            "text/html",
            format!("<html><head>{RECORDER}</head><body><h1>Delivery</h1>{}</body></html>", tag("")),
        ),
        (
            "nearly quirks",
            "text/html",
            format!("{doctype}{RECORDER}<title>Delivery</title><h1>Delivery</h1>{}", tag("")),
        ),
        ("tags alone", "text/html", format!("{RECORDER}{}", tag("async"))),
        ("frames", "text/html", format!("<html><head>{RECORDER}{}</head>{columns}</html>", tag(""))),
        ("xhtml", "application/xhtml+xml", xhtml("", &tag(""))),
        ("xhtml with the tag in its head", "application/xhtml+xml", xhtml(&tag("async=\"\""), "")),
    ] {
        let visit = async {
            open(scene, name, mime, document).await?;
            complain(scene, &format!("The lid broke, {name}.")).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}

/// Pages in other encodings than embed.js, which names its own by its first bytes: what it says is readable.
pub async fn encodings(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let mut cases = Cases::default();
    for (charset, lang, label) in [
        ("windows-1251", "ru", "Feedback"), // There is no Russian: English beside letters of one byte each.
        ("windows-1251", "pl", "Twoja opinia"),
        ("shift_jis", "ja", "ご意見"),
        ("gb18030", "fr", "Votre avis"),
        ("utf-16le", "ar", "رأيك"),
    ] {
        let name = format!("{charset} {lang}");
        let visit = async {
            let html = format!(
                "<!doctype html><html lang={lang}><head><meta charset={charset}>{RECORDER}</head>
                 <body><h1>Delivery</h1>{}</body></html>",
                tag(scene, "")
            );
            let bytes = match charset {
                "utf-16le" => [0xFEFF].into_iter().chain(html.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
                _ => html.into_bytes(),
            };
            open(scene, &name, &format!("text/html;charset={charset}"), bytes).await?;
            let encoding: String = browser.script("return document.characterSet.toLowerCase()", vec![]).await?;
            ensure!(encoding == charset, "the page is in {encoding}");
            browser.says("[part~=launcher]", label).await?;
            complain(scene, &format!("Крышка разбилась, 蓋が割れた, {name}.")).await
        };
        cases.note(scene, &name, visit.await).await;
    }
    cases.judge()
}

/// XML that is no page: a script of HTML in it draws the button, and the words arrive. (The panel may not look as it
/// should there, for what draws it asks the document for elements.)
pub async fn others(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let source = format!("{}/widget/embed.js", scene.site.origin());
    let script = format!("src=\"{source}\" data-endpoint=\"{}\"", scene.collector.endpoint());
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><script href=\"/recorder.js\"/><circle r=\"4\"/>
         <script xmlns=\"http://www.w3.org/1999/xhtml\" {script}/></svg>"
    );
    let mut cases = Cases::default();
    for (name, mime, document) in
        [("svg", "image/svg+xml", svg), ("xhtml as xml", "text/xml", xhtml("", &tag(scene, "")))]
    {
        let visit = async {
            let before = scene.collector.messages().await?.len();
            let words = format!("The lid broke, {name}.");
            open(scene, name, mime, document).await?;
            browser.launch().await?;
            browser.choose("complaint").await?;
            browser.click("[part~=message]").await?;
            browser.type_text(&words).await?;
            holds(scene, &words).await?;
            browser.send().await?;
            until("the words", async || {
                let rows = scene.collector.revisions().await?;
                Ok(rows.iter().any(|row| row.message.as_deref() == Some(&words)).then_some(()))
            })
            .await?;
            arrived(scene, before, &words).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}

/// One of each, for the engines that don't go through all.
pub async fn sample(scene: &Scene) -> Result<()> {
    let mut cases = Cases::default();
    for (name, mime, document) in [
        ("tags alone", "text/html;charset=windows-1251", format!("{RECORDER}{}", tag(scene, ""))),
        ("xhtml", "application/xhtml+xml", xhtml("", &tag(scene, ""))),
    ] {
        let visit = async {
            open(scene, name, mime, document).await?;
            complain(scene, &format!("The lid broke, {name}.")).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}
