//! The ways to open the panel.

use anyhow::{Result, ensure};
use say_so_tests::{Scene, until};
use thirtyfour::Key;

/// The kinds stand where the tag stands, and a click on one opens the panel at it.
pub async fn inline(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let tag = scene.tag(&collector.endpoint(), "data-launcher=inline");
    scene.open_page("", &format!("<section id=before></section>{tag}<section id=after></section>")).await?;
    browser.seen("[part~=kind][value=praise]").await?;
    let order: Vec<String> = browser
        .script(
            "return [...document.querySelectorAll('#before, say-so, #after')].map(element => element.id || element.localName)",
            vec![],
        )
        .await?;
    ensure!(order == ["before", "say-so", "after"], "it stands in another place: {order:?}");
    ensure!(!browser.sees("[part~=launcher]:not(:has([part~=kind]))").await?, "there is a floating button too");
    browser.choose("praise").await?;
    let bare = collector.revision(0).await?;
    ensure!(bare.body["kind"] == "praise", "revision 0 is {}", bare.text);
    browser.type_into("message", "The mug is just right.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    collector.revision(1).await?;
    Ok(())
}

/// Who has sent one message there can leave another, and begin it with the same click.
pub async fn inline_again(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open_with("data-launcher=inline").await?;
    browser.choose("praise").await?;
    browser.type_into("message", "The mug is just right.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.click("[part~=confirmation] [data-do=close]").await?;
    browser.phase("choose").await?;
    browser.choose("praise").await?;
    until("a second message", async || Ok((collector.messages().await?.len() == 2).then_some(()))).await?;
    ensure!(browser.value("message").await?.is_empty(), "the words of the first message are still there");
    Ok(())
}

/// The site's own element opens the panel, one that is added later too, and gets the focus back.
pub async fn own_elements(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let tag = scene.tag(&collector.endpoint(), "data-launcher=none");
    scene.open_page("", &format!("<button id=early data-say-so-open><b>Tell us</b></button>{tag}")).await?;
    scene.loaded().await?;
    ensure!(!browser.sees("[part~=launcher]").await?, "there is a floating button too");
    click(scene, "#early b").await?;
    browser.phase("choose").await?;
    browser.focused("title").await?;
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    browser.focused("early").await?;

    let add = "const late = document.createElement('button');
        late.id = 'late';
        late.dataset.saySoOpen = 'complaint';
        late.textContent = 'Something went wrong';
        document.body.prepend(late);";
    browser.script::<()>(add, vec![]).await?;
    click(scene, "#late").await?;
    browser.phase("write").await?;
    browser.seen("[part~=kind][value=complaint][aria-pressed=true]").await?;
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    browser.focused("late").await?;
    ensure!(collector.revisions().await?.is_empty(), "a click on the page was posted");
    Ok(())
}

/// An element that names a kind chooses it for the visitor, and posts nothing: before first aid is there, with the panel
/// in charge, and in the place of a confirmation. What the visitor presses then, or sends, is posted.
pub async fn a_kind_is_only_chosen(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let tag = scene.tag(&collector.endpoint(), "data-launcher=none");
    let buttons = ["complaint", "praise", "other"]
        .map(|kind| format!("<button id={kind} data-say-so-open={kind}>{kind}</button>"))
        .concat();
    scene.open_page("", &[&buttons, &tag].map(String::as_str).concat()).await?;
    scene.loaded().await?;
    click(scene, "#complaint").await?;
    browser.seen("[part~=kind][value=complaint][aria-pressed=true]").await?;
    browser.arrived().await?;
    browser.phase("write").await?;
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    click(scene, "#praise").await?;
    browser.seen("[part~=kind][value=praise][aria-pressed=true]").await?;
    ensure!(collector.revisions().await?.is_empty(), "a click on the page was posted");
    browser.type_into("message", "A lovely jug.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.body["kind"] == "praise", "it arrived as {}", words.text);
    ensure!(collector.revisions().await?.len() == 1, "the kind was posted by itself");
    // In place of the confirmation, another message; a kind that there is not opens the first screen.
    click(scene, "#complaint").await?;
    browser.phase("write").await?;
    browser.seen("[part~=kind][value=complaint][aria-pressed=true]").await?;
    browser.choose("complaint").await?;
    let pressed = collector.revision(0).await?;
    ensure!(pressed.body["kind"] == "complaint", "it arrived as {}", pressed.text);
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    click(scene, "#other").await?;
    browser.phase("write").await
}

/// The site closes what isn't open: the focus stays where the visitor is.
pub async fn nothing_to_close(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open().await?;
    browser.part("launcher").await?;
    browser.click_on_page("[name=order]").await?;
    browser.script::<()>("saySo.close()", vec![]).await?;
    browser.type_text("7").await?;
    browser.focused("order").await?;
    browser.launch().await?;
    browser.focused("title").await?;
    browser.script::<()>("saySo.close()", vec![]).await?;
    browser.gone("[part~=panel]").await?;
    browser.focused("launcher").await?;
    browser.click_on_page("[name=order]").await?;
    browser.script::<()>("saySo.close()", vec![]).await?;
    browser.type_text("7").await?;
    browser.focused("order").await?;
    let order: String = browser.script("return document.querySelector('[name=order]').value", vec![]).await?;
    ensure!(order == "77", "what was typed went elsewhere: {order:?}");
    Ok(())
}

/// The site opens it and closes it before anything of it was painted: it stays closed, nothing is posted, and it opens
/// the next time.
pub async fn closed_at_once(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.open().await?;
    browser.part("launcher").await?;
    let painted = "const done = arguments[arguments.length - 1];
        saySo.open('complaint');
        saySo.close();
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))";
    browser.script_later::<()>(painted).await?;
    ensure!(!browser.sees("[part~=panel]").await?, "it is open");
    browser.part("launcher").await?;
    browser.focused("launcher").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    let bare = collector.revision(0).await?;
    ensure!(bare.body["kind"] == "praise", "a closed panel posted {}", bare.text);
    Ok(())
}

/// The site's own element may be one that it has defined, with a tree of its own.
pub async fn a_custom_element(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let define = "<script>
        customElements.define('our-link', class extends HTMLElement {
            constructor() {
                super();
                this.attachShadow({ mode: 'open' }).append(document.createElement('button'));
            }
        });
    </script>";
    let tag = scene.tag(&scene.collector.endpoint(), "data-launcher=none");
    scene.open_page(define, &format!("<our-link data-say-so-open=praise></our-link>{tag}")).await?;
    scene.loaded().await?;
    let press = "document.querySelector('our-link').shadowRoot.querySelector('button').click()";
    browser.script::<()>(press, vec![]).await?;
    browser.phase("write").await?;
    browser.seen("[part~=kind][value=praise][aria-pressed=true]").await
}

async fn click(scene: &Scene, selector: &str) -> Result<()> {
    scene.browser.click_on_page(selector).await
}
