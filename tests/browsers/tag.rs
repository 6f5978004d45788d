//! The tag: how it is read, and where it may stand.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Engine, Scene, page, until};

use super::{
    gates::{RUNS, runs},
    held::WATCH,
};

/// Opens the panel and closes the matter: the widget is there and works.
async fn works(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    browser.launch().await?;
    browser.choose("complaint").await?;
    browser.type_into("message", "The lid broke.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    collector.revision(1).await?;
    let hosts: u32 = browser.script("return document.querySelectorAll('say-so').length", vec![]).await?;
    ensure!(hosts == 1, "there are {hosts} widgets");
    Ok(())
}

/// A setting that doesn't exist but nearly is one of ours is named once, and the rest works.
pub async fn an_unknown_setting(scene: &Scene) -> Result<()> {
    scene.expect("data-lable");
    scene.open_with("data-lable=Tell").await?;
    works(scene).await?;
    let warnings = scene.browser.recorded().await?;
    ensure!(warnings.len() == 1, "not one warning: {warnings:?}");
    Ok(())
}

/// A value that a setting doesn't take is named with those it takes.
pub async fn a_malformed_value(scene: &Scene) -> Result<()> {
    scene.expect("data-launcher");
    scene.open_with("data-launcher=corner").await?;
    works(scene).await?;
    let warnings = scene.browser.recorded().await?;
    ensure!(warnings.len() == 1, "not one warning: {warnings:?}");
    ensure!(["button", "inline", "none"].iter().all(|value| warnings[0].contains(value)), "{}", warnings[0]);
    Ok(())
}

/// Without an endpoint there is nothing to offer, and the console says what is missing.
pub async fn no_endpoint(scene: &Scene) -> Result<()> {
    scene.expect("data-endpoint");
    let source = scene.collector.address();
    scene.open_page("", &format!("<script async crossorigin src=\"{source}/embed.js\"></script>")).await?;
    until("the warning", async || Ok(Some(scene.browser.recorded().await?).filter(|lines| !lines.is_empty()))).await?;
    ensure!(!scene.browser.sees("[part~=launcher]").await?, "a button is there that leads nowhere");
    Ok(())
}

/// The page has things of its own of the names that a script goes by.
pub async fn shadowed(scene: &Scene) -> Result<()> {
    let tag = scene.tag(&scene.collector.endpoint(), "");
    let head = "<script>class Text {}</script>";
    scene.open_page(head, &format!("<img name=currentScript alt=\"\">{tag}")).await?;
    scene.browser.says("[part~=launcher]", english("launcher")).await?;
    works(scene).await
}

/// The same tag twice is one widget, and nothing to complain about.
pub async fn twice(scene: &Scene) -> Result<()> {
    let tag = scene.tag(&scene.collector.endpoint(), "");
    scene.open_page("", &format!("{tag}{tag}")).await?;
    works(scene).await
}

/// A second tag with other settings is ignored, and said to be.
pub async fn twice_with_other_settings(scene: &Scene) -> Result<()> {
    let endpoint = scene.collector.endpoint();
    let tags =
        [scene.tag(&endpoint, "").replace("async ", ""), scene.tag(&endpoint, "data-theme=dark").replace("async ", "")];
    scene.expect("a second tag is ignored");
    scene.open_page("", &tags.concat()).await?;
    works(scene).await?;
    let warnings = scene.browser.recorded().await?;
    ensure!(warnings.len() == 1, "not one warning: {warnings:?}");
    Ok(())
}

/// A plain script in the head runs before there is a body.
pub async fn before_the_body(scene: &Scene) -> Result<()> {
    let tag = scene.tag(&scene.collector.endpoint(), "").replace("async ", "");
    scene.open_page(&tag, "").await?;
    works(scene).await
}

/// A script of the page's adds the tag when all has loaded.
pub async fn after_loading(scene: &Scene) -> Result<()> {
    scene.open_page("", "").await?;
    let add = "const tag = document.createElement('script');
        tag.src = arguments[0];
        tag.dataset.endpoint = arguments[1];
        document.head.append(tag);";
    let source = format!("{}/embed.js", scene.collector.address());
    scene.browser.script::<()>(add, vec![source.into(), scene.collector.endpoint().into()]).await?;
    works(scene).await
}

/// On a page without TLS, some of what browsers offer is missing.
pub async fn without_tls(scene: &Scene) -> Result<()> {
    // The loopback address counts as secure, and WebKitGTK can't be told another name for it.
    if scene.engine == Engine::WebKit {
        let missing = "<script>
            for (const name of ['subtle', 'randomUUID']) Object.defineProperty(Crypto.prototype, name, { value: undefined });
            for (const name of ['clipboard', 'locks', 'storage']) Object.defineProperty(Navigator.prototype, name, { value: undefined });
        </script>";
        scene.open_page(missing, &scene.tag(&scene.collector.endpoint(), "")).await?;
        return works(scene).await;
    }
    let foreign = |address: &str| address.replace("127.0.0.1", "shop.test");
    let collector = scene.another_collector(&foreign(scene.site.origin()))?;
    let source = foreign(collector.address());
    let tag =
        format!("<script async crossorigin src=\"{source}/embed.js\" data-endpoint=\"{source}/v1/feedback\"></script>");
    scene.browser.goto(&foreign(&scene.site.page("/", &page("", &tag), &[])?)).await?;
    let secure: bool = scene.browser.script("return isSecureContext", vec![]).await?;
    ensure!(!secure, "the page counts as secure");
    let browser = &scene.browser;
    browser.launch().await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Lovely.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    collector.revision(1).await?;
    browser.click("[data-do=copy-reference]").await
}

/// A strict policy: no inline script or style, no eval, Trusted Types, and only what the README asks for.
pub async fn a_strict_policy(scene: &Scene) -> Result<()> {
    let source = scene.collector.address();
    let policy = format!(
        "default-src 'none'; img-src 'self'; script-src 'self' {source} 'wasm-unsafe-eval'; connect-src {source}; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let tag = scene.tag(&scene.collector.endpoint(), "");
    let address = scene.site.page("/", &page("", &tag), &[("Content-Security-Policy", &policy)])?;
    scene.browser.goto(&address).await?;
    works(scene).await
}

/// What the page looks like to its own scripts.
const PAGE: &str = "
    const attributes = element => [...element.attributes].map(({ name, value }) => `${name}=${value}`).join();
    const root = document.documentElement;
    return [
        attributes(root), attributes(document.body), document.head.childElementCount,
        document.styleSheets.length, document.adoptedStyleSheets?.length ?? 0,
        document.querySelectorAll('body > :not(say-so)').length, root.scrollHeight, document.querySelector('main').offsetTop,
        // chromedriver has globals of its own.
        ...Object.keys(window).filter(key => !/^(saySo|recorded|cdc_.*|se_.*|ret_nodes)$/.test(key)).sort(),
    ].map(String)";

/// The host page stays as it was: its elements, its styles, its globals, its layout.
pub async fn touches_nothing(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open_page("", "").await?;
    let before: Vec<String> = browser.script(PAGE, vec![]).await?;
    let add = "const tag = document.createElement('script');
        tag.src = arguments[0];
        tag.dataset.endpoint = arguments[1];
        tag.onload = () => tag.remove();
        document.body.append(tag);";
    let source = format!("{}/embed.js", scene.collector.address());
    browser.script::<()>(add, vec![source.into(), scene.collector.endpoint().into()]).await?;
    works(scene).await?;
    let after: Vec<String> = browser.script(PAGE, vec![]).await?;
    let changed: Vec<_> = after.iter().filter(|fact| !before.contains(fact)).collect();
    ensure!(before == after, "the page has changed: {changed:?}");
    Ok(())
}

/// A framework that takes out what it did not put there doesn't lose the visitor's words.
pub async fn comes_back(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open().await?;
    browser.launch().await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", "Sell the lids").await?;
    browser.script::<()>("document.querySelector('say-so').remove()", vec![]).await?;
    browser.part("message").await?;
    ensure!(browser.value("message").await? == "Sell the lids", "the words are gone");
    browser.send().await?;
    browser.phase("sent").await
}

/// Where the page asks for it, what the panel needs is fetched before anybody shows interest; who saves data is spared.
pub async fn prefetch(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let tag = scene.tag(&scene.collector.endpoint(), "data-prefetch=idle");
    scene.open_page(&[WATCH, RUNS].concat(), &tag).await?;
    until("first aid to be asked for", async || {
        Ok(browser.script::<bool>("return asked.some(file => file.endsWith('/aid.js'))", vec![]).await?.then_some(()))
    })
    .await?;
    // The panel is there before anything is drawn, and waits for that.
    runs(scene).await?;
    browser.launch().await?;
    browser.arrived().await?;
    let recorded = browser.recorded().await?;
    ensure!(recorded.is_empty(), "something went wrong before the click: {recorded:?}");
    let saving =
        "<script>Object.defineProperty(Navigator.prototype, 'connection', { value: { saveData: true } })</script>";
    scene.open_page(&[WATCH, saving].concat(), &tag).await?;
    browser.part("launcher").await?;
    browser
        .script_later::<()>(
            "const done = arguments[arguments.length - 1];
             (window.requestIdleCallback || setTimeout)(() => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))",
        )
        .await?;
    let asked: Vec<String> = browser.script("return asked", vec![]).await?;
    ensure!(asked.is_empty(), "it fetched {asked:?}");
    Ok(())
}
