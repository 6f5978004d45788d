//! Endpoints of another make: a webhook that takes JSON, and a receiver of form posts.

use anyhow::{Context, Result, ensure};
use say_so_tests::{Answer, Browser, Endpoint, Received, Scene};

/// Chooses a kind, which posts nothing yet, writes, sends, and is answered without a reference.
async fn suggest(browser: &Browser, endpoint: &Endpoint) -> Result<Received> {
    browser.launch().await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", "Sell the lids & saucers = alone?").await?;
    browser.click("[part~=reply]").await?;
    browser.type_into("name", "Ada Ö.").await?;
    browser.type_into("email", "ada@example.com").await?;
    ensure!(endpoint.received().is_empty(), "the click was posted");
    browser.send().await?;
    browser.phase("sent").await?;
    ensure!(!browser.sees("[part~=reference]").await?, "it shows a reference that nobody gave");
    let received = endpoint.received();
    ensure!(received.len() == 1, "not one post: {received:?}");
    received.into_iter().next().context("no post")
}

/// A webhook gets the body as JSON, with the headers it asks for and the names it knows.
pub async fn webhook(scene: &Scene) -> Result<()> {
    let endpoint = Endpoint::start(Answer::With(200, "text/plain", "queued".into())).await?;
    let attributes =
        r#"data-format="json" data-headers='{"X-Team":"care"}' data-fields='{"message":"text","page":null}'"#;
    scene.open_at(endpoint.address(), attributes).await?;
    let post = suggest(&scene.browser, &endpoint).await?;
    ensure!(post.header("content-type").starts_with("application/json"), "it is {}", post.header("content-type"));
    ensure!(post.header("x-team") == "care", "the header is missing");
    let body = post.json()?;
    ensure!(body["text"] == "Sell the lids & saucers = alone?" && body["kind"] == "suggestion", "it got {body}");
    ensure!(body["contact"]["name"] == "Ada Ö.", "it got {body}");
    ensure!(body.get("message").is_none() && body.get("page").is_none(), "it got {body}");
    Ok(())
}

/// Whoever adds nothing after all sees the confirmation again, and the webhook has the words once.
pub async fn nothing_added(scene: &Scene) -> Result<()> {
    let endpoint = Endpoint::start(Answer::With(200, "text/plain", "queued".into())).await?;
    scene.open_at(endpoint.address(), "data-format=json").await?;
    scene.browser.launch().await?;
    scene.browser.arrived().await?;
    scene.browser.choose("praise").await?;
    scene.browser.type_into("message", "A lovely jug.").await?;
    scene.browser.send().await?;
    scene.browser.phase("sent").await?;
    for words in ["", " And the bowl."] {
        scene.browser.click("[data-do=more]").await?;
        scene.browser.focused("message").await?;
        scene.browser.type_text(words).await?;
        scene.browser.send().await?;
        scene.browser.phase("sent").await?;
    }
    let posts = endpoint.received().iter().map(Received::json).collect::<Result<Vec<_>>>()?;
    let texts: Vec<_> = posts.iter().map(|post| &post["message"]).collect();
    ensure!(texts == ["A lovely jug.", "A lovely jug. And the bowl."], "it got {texts:?}");
    Ok(())
}

/// A form receiver gets flat names.
pub async fn form(scene: &Scene) -> Result<()> {
    let endpoint = Endpoint::start(Answer::json(200, "{}")).await?;
    let fields = r#"data-format="form" data-fields='{"name":"your-name"}'"#;
    scene.open_at(endpoint.address(), fields).await?;
    let post = suggest(&scene.browser, &endpoint).await?;
    let mime = post.header("content-type");
    ensure!(mime.starts_with("application/x-www-form-urlencoded"), "it is {mime}");
    let fields = post.form()?;
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    ensure!(field("kind") == "suggestion", "it got {fields:?}");
    ensure!(field("message") == "Sell the lids & saucers = alone?", "it got {fields:?}");
    ensure!(field("your-name") == "Ada Ö." && !fields.contains_key("name"), "it got {fields:?}");
    ensure!(field("page") == format!("{}/", scene.site.origin()), "it got {fields:?}");
    Ok(())
}

/// What the site adds is left out of words that would be too long with it; trying again posts the same bytes.
pub async fn form_without_what_is_too_long(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.expect("busy");
    let endpoint = Endpoint::start(Answer::refusal(503, "busy", "busy")).await?;
    let pairs: Vec<_> = (0..20).map(|number| format!("\"k{number}\":\"{}\"", "語".repeat(500))).collect();
    let attributes = format!("data-format=form data-custom='{{{}}}'", pairs.join(","));
    scene.open_at(endpoint.address(), &attributes).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("suggestion").await?;
    let write = "document.querySelector('say-so').shadowRoot.querySelector('[name=message]').value = '語'.repeat(2000)";
    browser.script::<()>(write, vec![]).await?;
    browser.send().await?;
    browser.phase("not-kept").await?;
    endpoint.answer(Answer::json(200, "{}"));
    browser.send().await?;
    browser.phase("sent").await?;
    let posts = endpoint.received();
    let forms = posts.iter().map(Received::form).collect::<Result<Vec<_>>>()?;
    ensure!(
        forms.len() == 2 && forms[0] == forms[1],
        "it got other fields: {:?}",
        forms.iter().map(|form| form.keys().collect::<Vec<_>>()).collect::<Vec<_>>()
    );
    ensure!(!forms[0].keys().any(|name| name.contains("k0")), "what is too long goes along");
    Ok(())
}

/// A form receiver that answers with a page, without TLS, may have received it: anybody may have sent that page.
pub async fn form_that_leads_to_a_page(scene: &Scene) -> Result<()> {
    let endpoint = Endpoint::start(Answer::html(200)).await?;
    scene.expect("a page, where a receipt was expected");
    scene.open_at(endpoint.address(), "data-format=form").await?;
    let browser = &scene.browser;
    browser.launch().await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Lovely.").await?;
    browser.send().await?;
    browser.phase("unsure").await
}
