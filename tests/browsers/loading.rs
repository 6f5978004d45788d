//! Every way in which the tag comes onto a page.

use anyhow::Result;
use say_so_tests::Scene;

use super::visit::{Cases, complain};

/// A way onto the page: its name, and what stands in the page's head and at the end of its body.
pub type Way = (&'static str, String, String);

/// Complains on a page for each way.
pub async fn each(scene: &Scene, ways: impl IntoIterator<Item = Way>) -> Result<()> {
    let mut cases = Cases::default();
    for (name, head, body) in ways {
        let visit = async {
            scene.open_page(&head, &body).await?;
            complain(scene, &format!("The lid broke, {name}.")).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}

/// The tag with these attributes in place of `async`.
pub fn tag(scene: &Scene, attributes: &str) -> String {
    scene.tag(&scene.collector.endpoint(), attributes).replace("async ", "")
}

/// The settings of a tag without an address, for embed.js in another script.
pub fn apart(scene: &Scene) -> String {
    let (endpoint, source) = (scene.collector.endpoint(), scene.collector.address());
    format!("data-endpoint=\"{endpoint}\" data-source=\"{source}/embed.js\"")
}

pub fn in_head(name: &'static str, tag: String) -> Way {
    (name, tag, String::new())
}

pub fn in_body(name: &'static str, tag: String) -> Way {
    (name, String::new(), tag)
}

/// Written into the page.
pub async fn markup(scene: &Scene) -> Result<()> {
    let tag = |attributes| tag(scene, attributes);
    let import_map = "<script type=importmap>{\"imports\":{\"x\":\"/x.js\"}}</script>";
    let deep = format!("<table><tr><td><svg><foreignObject><div>{}</div></foreignObject></svg></table>", tag("async"));
    let noscript = format!("<noscript><a href=/help>Help</a></noscript>{}", tag("async"));
    // What others write on tags, for tools of theirs: nobody warns of it.
    let foreign = "async data-cfasync=false data-no-optimize=1 data-no-defer=1 data-nowprocket data-pagespeed-no- \
        defer data-ot-ignore data-cookieconsent=ignore data-category=functional data-turbo-track=reload \
        data-turbo-eval=false data-nscript=afterInteractive data-astro-rerun data-hid=feedback data-n- \
        head=ssr data-v-7ba5bd90 data-reactroot data-rocket-defer data-swup-ignore-script \
        fetchpriority=low referrerpolicy=origin id=feedback class=js nonce=abc integrity=''";
    each(
        scene,
        [
            in_head("sync in head", tag("")),
            in_head("async in head", tag("async")),
            in_head("defer in head", tag("defer")),
            in_head("module in head", tag("type=module")),
            in_body("module in body", tag("type=module")),
            in_body("with an old type", tag("type=application/javascript language=javascript")),
            in_body("with an empty type", tag("type=''")),
            in_body("in upper case", tag("TYPE=MODULE")),
            in_body("after the body", format!("</body>{}", tag(""))),
            in_body("after html", format!("</body></html>{}", tag("async"))),
            in_body("beside its own noscript", noscript),
            in_body("deep", deep),
            in_body("with an import map", format!("{import_map}{}", tag("type=module"))),
            in_body("before an import map", format!("{}{import_map}", tag("async"))),
            in_body("with attributes of others", tag(foreign)),
        ],
    )
    .await
}

/// What scripts of the page's are given to work with.
pub fn made(scene: &Scene, script: &str) -> String {
    let source = scene.collector.address();
    let endpoint = scene.collector.endpoint();
    format!(
        "<script>
            const markup = '<script async crossorigin src=\"{source}/embed.js\"' +
                ' data-endpoint=\"{endpoint}\"><\\/script>';
            const make = more => {{
                const script = document.createElement('script');
                script.src = '{source}/embed.js';
                script.crossOrigin = 'anonymous';
                script.setAttribute('data-endpoint', '{endpoint}');
                return Object.assign(script, more);
            }};
            // What has been put in as markup does not run; tag managers put copies in its place.
            const wake = parent => {{
                for (const dead of parent.querySelectorAll('script')) {{
                    const live = document.createElement('script');
                    for (const {{ name, value }} of dead.attributes) live.setAttribute(name, value);
                    live.text = dead.text;
                    dead.replaceWith(live);
                }}
            }};
            {script}
        </script>"
    )
}

/// Put there by scripts.
pub async fn by_script(scene: &Scene) -> Result<()> {
    let made = |script: &str| made(scene, script);
    let first = "const [first] = document.getElementsByTagName('script'); first.before(make())";
    let late = "addEventListener('load', () => setTimeout(() => document.head.append(make())))";
    let gone_at_once = "const tag = make(); document.head.append(tag); tag.remove()";
    let copied =
        "const div = document.createElement('div'); div.innerHTML = markup; document.body.append(div); wake(div)";
    let cloned = "document.body.append(document.querySelector('#t').content.cloneNode(true))";
    each(
        scene,
        [
            in_head("appended to head", made("document.head.append(make())")),
            in_head("appended to html", made("document.documentElement.append(make())")),
            in_body("appended as a module", made("document.body.append(make({ type: 'module' }))")),
            in_body("before the first script", made(first)),
            in_body("once the page has loaded", made(late)),
            in_body("appended and taken out at once", made(gone_at_once)),
            in_body("written", made("document.write(markup)")),
            in_body("of markup, copied", made(copied)),
            in_body(
                "of a fragment",
                made("document.body.append(document.createRange().createContextualFragment(markup))"),
            ),
            in_body("of a template", format!("<template id=t>{}</template>{}", tag(scene, "async"), made(cloned))),
        ],
    )
    .await
}

/// More than once, and again where its widget is gone.
pub async fn more_than_once(scene: &Scene) -> Result<()> {
    let tag = |attributes: &str| tag(scene, attributes);
    let again = "addEventListener('load', () => {
        document.querySelector('say-so').remove();
        document.body.append(make());
    })";
    each(
        scene,
        [
            in_body("sync and async", format!("{}{}", tag(""), tag("async"))),
            in_body("module and classic", format!("{}{}", tag("type=module"), tag(""))),
            in_body("ten times", tag("async").repeat(10)),
            in_body("again where it is gone", format!("{}{}", tag(""), made(scene, again))),
        ],
    )
    .await
}

/// Some of each, for the engines that don't go through all.
pub async fn sample(scene: &Scene) -> Result<()> {
    let tag = |attributes: &str| tag(scene, attributes);
    let blocked = scene.tag("http://127.0.0.1:9/", "type=didomi/javascript data-lang=de");
    let text = String::from_utf8(scene.site.read("/widget/embed.js")?)?;
    let settings = apart(scene);
    each(
        scene,
        [
            in_head("module in head", tag("type=module")),
            in_body("after the body", format!("</body></html>{}", tag("data-cfasync=false"))),
            in_body(
                "appended beside a copy that waits",
                format!("{blocked}{}", made(scene, "document.head.append(make())")),
            ),
            in_body("inline", format!("<script {settings}>{text}</script>")),
        ],
    )
    .await
}
