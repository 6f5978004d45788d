//! A page in a language of its own, on which the test says when a language file comes.

use anyhow::Result;
use say_so_tests::{Scene, page, until};

/// Notes what is fetched, and has come; and every text that stands in the widget, however briefly.
pub const WATCH: &str = "<script>
    window.asked = [];
    window.came = [];
    window.read = [];
    let through = Promise.resolve();
    const fetched = window.fetch;
    // As it is called without the hash that a release has in it.
    const named = file => String(file?.url ?? file).replace(/-[0-9a-f]{8}(?=[.])/, '');
    window.fetch = async (file, ...rest) => {
        asked.push(named(file));
        if (/json$/.test(named(file))) await through;
        const answer = await fetched(file, ...rest);
        answer.clone().text().then(() => came.push(named(file)));
        return answer;
    };
    const shadow = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) {
        const root = shadow.call(this, options);
        const note = () => read.push(root.textContent);
        new MutationObserver(note).observe(root, { subtree: true, childList: true, characterData: true });
        return root;
    };
</script>";

/// Gives a page `posted(file, options)`: the body that a call of `fetch` with these posts, or null. First aid calls it
/// with an address and options, the panel with a `Request`.
pub const POSTED: &str = "<script>
    window.posted = async (file, options) => {
        const request = new Request(file instanceof Request ? file.clone() : file, options);
        return request.method === 'POST' ? request.text() : null;
    };
</script>";

/// Holds back every JSON file, and the moment at which English has to stand in.
pub const HOLD: &str = "<script>
    through = new Promise(resolve => (window.letThrough = resolve));
    const later = window.setTimeout;
    window.seconds = [];
    window.setTimeout = (act, after, ...rest) => (after === 1000 ? seconds.push(act) : later(act, after, ...rest));
    window.aSecondPasses = () => seconds.splice(0).forEach(act => act());
</script>";

/// Holds back what is fetched from addresses that match a pattern, until the page calls `letThrough()`.
pub fn back(pattern: &str) -> String {
    format!(
        "<script>
            {{
                const fetched = window.fetch;
                const gate = new Promise(resolve => (window.letThrough = resolve));
                window.fetch = async (file, ...rest) => {{
                    if (/{pattern}/.test(file?.url ?? file)) await gate;
                    return fetched(file, ...rest);
                }};
            }}
        </script>"
    )
}

/// Opens a page in a language, with something in its head and more attributes of the tag, whose files
/// come from the site.
pub async fn open(scene: &Scene, lang: &str, head: &str, attributes: &str) -> Result<()> {
    let endpoint = scene.collector.endpoint();
    let tag = format!("<script src=/widget/embed.js data-endpoint=\"{endpoint}\" {attributes}></script>");
    let html = page(&[WATCH, head].concat(), &tag).replacen("lang=\"en-GB\"", &format!("lang=\"{lang}\""), 1);
    scene.browser.goto(&scene.site.page("/", &html, &[])?).await
}

/// Lets the files through, and waits until one has come and been read.
pub async fn let_through(scene: &Scene, file: &str) -> Result<()> {
    scene.browser.script::<()>("window.letThrough?.()", vec![]).await?;
    came(scene, file).await
}

/// Waits until a file has come, and what follows from it has happened.
pub async fn came(scene: &Scene, file: &str) -> Result<()> {
    let browser = &scene.browser;
    until(&format!("{file} to come"), async || {
        let there: bool =
            browser.script("return came.some(file => file.endsWith(arguments[0]))", vec![file.into()]).await?;
        Ok(there.then_some(()))
    })
    .await?;
    // What reads it has only waited for this; what it draws is there a task later.
    tasks(scene).await
}

/// Waits until what follows from something on the page has happened, as far as that only waits for its turn.
pub async fn tasks(scene: &Scene) -> Result<()> {
    let tasks = "const done = arguments[arguments.length - 1];
        const channel = new MessageChannel();
        const next = () => channel.port2.postMessage(0);
        let tasks = 20;
        // Some wait for a timer that is due at once, which messages overtake.
        channel.port1.onmessage = () => (tasks-- ? (tasks % 4 ? next() : setTimeout(next)) : done(null));
        next()";
    scene.browser.script_later(tasks).await
}

/// Whether a text has ever stood in the widget.
pub async fn was_read(scene: &Scene, text: &str) -> Result<bool> {
    scene.browser.script("return read.some(read => read.includes(arguments[0]))", vec![text.into()]).await
}

/// Changes the page's language, as a single-page app does.
pub async fn change(scene: &Scene, lang: &str) -> Result<()> {
    scene.browser.script("document.documentElement.lang = arguments[0]", vec![lang.into()]).await
}

/// The text of an element of the widget to the last mark: what Firefox gives as `innerText` has none of direction. Of the
/// quiet line, without the button behind it.
async fn text(scene: &Scene, selector: &str) -> Result<String> {
    let script = "
        const found = [...document.querySelector('say-so').shadowRoot.querySelectorAll(arguments[0])];
        const seen = found.find(element => element.getClientRects().length > 0);
        return (seen?.matches('.note') ? seen.firstChild : seen)?.textContent.trim() ?? ''";
    scene.browser.script(script, vec![selector.into()]).await
}

/// Waits until an element of the widget says this text, and a visitor sees it.
pub async fn says(scene: &Scene, selector: &str, expected: &str) -> Result<()> {
    let said = until(&format!("{selector} to say {expected:?}"), async || {
        Ok((text(scene, selector).await? == expected).then_some(()))
    })
    .await;
    match said {
        Ok(()) => Ok(()),
        Err(error) => Err(error.context(format!("it says {:?}", text(scene, selector).await?))),
    }
}

/// The language that the panel says it is in, and the direction in which it runs: `de ltr`.
pub async fn spoken(scene: &Scene) -> Result<String> {
    let script = "
        const host = document.querySelector('say-so');
        const frame = host.shadowRoot.querySelector('.frame');
        return frame.lang + ' ' + getComputedStyle(frame).direction";
    scene.browser.script(script, vec![]).await
}
