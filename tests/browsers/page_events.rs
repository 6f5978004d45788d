//! Whose events they are: what a visitor's hands do in the panel never reaches the page, and nothing of the page's takes
//! it away.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Engine, Scene, until};
use thirtyfour::Key;

use super::{
    held::says,
    visit::{Cases, arrived, holds, thanked},
};

/// Listens on the body and around it to every kind of event that the browser knows, and notes in `reached` what comes
/// out of the widget. `tried()` dispatches each kind that hands make, inside of the panel, and says which.
const REACHED: &str = "<script>
    {
        window.reached = [];
        // What has no property of its own.
        const kinds = new Set(['focusin', 'focusout', 'compositionstart', 'compositionupdate', 'compositionend', 'textInput',
            'touchstart', 'touchmove', 'touchend', 'touchcancel', 'DOMActivate', 'mousewheel', 'DOMMouseScroll', 'MozMousePixelScroll',
            'gesturestart', 'gesturechange', 'gestureend', 'webkitmouseforcedown', 'webkitmouseforceup', 'contextmenu']);
        for (const from of [HTMLElement.prototype, Element.prototype, SVGElement.prototype, Document.prototype, Window.prototype, window])
            for (const name of Object.getOwnPropertyNames(from)) if (/^on[a-z]/.test(name)) kinds.add(name.slice(2));
        const note = event => {
            const inside = event.composedPath().includes(document.querySelector('say-so'));
            if (inside && !event.type.startsWith('say-so:')) reached.push(event.type + ' at ' + (event.currentTarget.nodeName ?? 'window'));
        };
        addEventListener('DOMContentLoaded', () => {
            for (const at of [document.body, document.documentElement, document, window])
                for (const kind of kinds) at.addEventListener(kind, note);
        });
        // What no hand makes, or what never leaves a shadow root.
        const others = new RegExp('^(' + [
            'abort|blocked|load.*|error|resize|unload|before(un)?load|page.*|hashchange|popstate|storage|message.*|online|offline|language.*',
            'rejectionhandled|unhandledrejection|device.*|orientation.*|app.*|gamepad.*|vr.*|visibilitychange|prerenderingchange|readystatechange',
            'freeze|resume|securitypolicyviolation|beforeprint|afterprint|beforeinstallprompt|launch|portal.*|webkitvisibility.*',
            'animation.*|transition.*|webkit(animation|transition).*|moztransition.*|slotchange|scroll.*|snap.*|contentvisibility.*|beforematch',
            'canplay.*|cuechange|duration.*|emptied|ended|encrypted|waiting.*|play.*|pause|progress|rate.*|seek.*|stalled|suspend|time.*|volume.*',
            'webkit(current|key|needkey|presentation|fullscreen|begin|end|source|device|mouseforcewillbegin|mouseforcechanged|playback|shadow).*|mozfullscreen.*',
            'fullscreen.*|pointerlock.*|toggle|beforetoggle|cancel|close|command|submit|reset|formdata|invalid|change|select|search',
            'selectionchange|selectstart|focus|blur|(mouse|pointer)(enter|leave)|interest|loseinterest|overscroll|beforexrselect|cookiechange',
            'deferred.*|end|start|promptaction|promptdismiss|validationstatuschange|contextlost|contextrestored|absolute.*|intersection|DOMActivate',
            'activate|deactivate',
        ].join('|') + ')$');
        window.tried = () => {
            const inside = document.querySelector('say-so').shadowRoot.querySelector('[part~=message]');
            const hands = [...kinds].filter(kind => !others.test(kind));
            for (const kind of hands) inside.dispatchEvent(new Event(kind, { bubbles: true, composed: true, cancelable: true }));
            return hands;
        };
    }
</script>";

/// Opens a page with something in its head, and goes to the box for the words.
async fn open(scene: &Scene, head: &str, body: &str) -> Result<()> {
    let browser = &scene.browser;
    let tag = scene.tag(&scene.collector.endpoint(), "");
    scene.open_page(head, &format!("<input id=search><p style=\"height: 3000px\">{body}</p>{tag}")).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    browser.click("[part~=message]").await
}

/// Sends what is in the box, and makes sure that it has arrived.
async fn send(scene: &Scene, words: &str, before: usize) -> Result<()> {
    holds(scene, words).await?;
    scene.browser.send().await?;
    thanked(scene, words).await?;
    arrived(scene, before, words).await
}

/// What has reached the page since the last time, each once.
async fn reached(scene: &Scene) -> Result<Vec<String>> {
    scene.browser.script("return [...new Set(reached.splice(0))]", vec![]).await
}

/// Every kind of event of every kind of hand: none reaches the page.
pub async fn none_reaches_the_page(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, engine, .. } = scene;
    let before = collector.messages().await?.len();
    open(scene, REACHED, "").await?;
    let mut opening = reached(scene).await?;
    // Of the click that brings what holds the rest, Firefox has an event of old times too.
    opening.retain(|line| !line.starts_with("DOMActivate"));
    ensure!(opening.is_empty(), "the page hears {opening:?} of the opening");
    browser.type_text("The lid ").await?;
    browser.control("a").await?;
    browser.control("c").await?;
    browser.press(Key::End).await?;
    browser.control("v").await?;
    holds(scene, "The lid The lid ").await?;
    browser.control("a").await?;
    browser.control("x").await?;
    holds(scene, "").await?;
    browser.control("v").await?;
    browser.type_text("broke.").await?;
    browser.double_click("[part~=message]").await?;
    browser.context_click("#title").await?;
    browser.press(Key::Escape).await?;
    if browser.sees("[part~=launcher]").await? {
        // There was no menu to close.
        browser.launch().await?;
    }
    browser.click("[part~=reply]").await?;
    browser.press(Key::Tab).await?;
    let mut words = String::from("The lid The lid broke.");
    if *engine == Engine::Chromium {
        browser.click("[part~=message]").await?;
        browser.press(Key::End).await?;
        browser.compose("Ach").await?;
        browser.insert("Oh").await?;
        browser.wheel("#title", 100).await?;
        browser.swipe("#title", 100).await?;
        browser.drop_text("#title", "dropped").await?;
        words += "Oh";
    }
    browser.click("[part~=reply]").await?;
    let by_hand = reached(scene).await?;
    send(scene, &words, before).await?;
    let sending = reached(scene).await?;
    ensure!(
        by_hand.is_empty() && sending.is_empty(),
        "the page hears {by_hand:?}, and when words are sent {sending:?}"
    );
    Ok(())
}

/// The same for every kind that the browser has a name for, known or new, made by a script.
pub async fn no_kind_reaches_the_page(scene: &Scene) -> Result<()> {
    open(scene, REACHED, "").await?;
    reached(scene).await?;
    let tried: Vec<String> = scene.browser.script("return tried()", vec![]).await?;
    ensure!(tried.len() > 40, "these are not all kinds: {tried:?}");
    let mut heard = reached(scene).await?;
    heard.retain(|line| line.ends_with("window"));
    ensure!(heard.is_empty(), "of {} kinds the page hears {heard:?}", tried.len());
    Ok(())
}

/// Notes what a shortcut has taken.
const TAKE: &str = "window.shortcuts = [];
    const take = event => {
        event.preventDefault();
        shortcuts.push(event.key);
        document.querySelector('#search').focus();
    };
    const isKey = event => ['/', 'j', 'e', 'Escape'].includes(event.key);";

/// Types what a page has shortcuts for, which take nothing of it.
async fn typed(scene: &Scene, name: &str, head: &str) -> Result<()> {
    let browser = &scene.browser;
    let before = scene.collector.messages().await?.len();
    let words = format!("/je {name}.");
    open(scene, head, "").await?;
    browser.type_text(&words).await?;
    holds(scene, &words).await?;
    browser.press(Key::Escape).await?;
    browser.gone("[part~=panel]").await?;
    browser.launch().await?;
    send(scene, &words, before).await?;
    let taken: Vec<String> = browser.script("return shortcuts.splice(0)", vec![]).await?;
    let search: String = browser.script("return document.querySelector('#search').value", vec![]).await?;
    ensure!(taken.is_empty() && search.is_empty(), "the page takes {taken:?}, and its search field holds {search:?}");
    Ok(())
}

/// Shortcuts of the page's, by libraries and by hand: what is typed in the panel is not meant for them.
pub async fn shortcuts(scene: &Scene) -> Result<()> {
    let mut cases = Cases::default();
    let library = format!("<script src=\"{}\"></script>", scene.site.library("shortcuts")?);
    cases.note(scene, "libraries", typed(scene, "libraries", &library).await).await;
    let by_hand = "document.addEventListener('keydown', event => isKey(event) && take(event));
        addEventListener('keyup', event => isKey(event) && take(event));
        onkeypress = event => isKey(event) && take(event);
        document.addEventListener('beforeinput', event => { event.preventDefault(); shortcuts.push(event.data) });";
    let head = format!("<script>{TAKE}{by_hand}</script>");
    cases.note(scene, "by hand", typed(scene, "by hand", &head).await).await;
    cases.judge()
}

/// Shortcuts that come first, since they capture, and look by themselves whether somebody is typing.
pub async fn captured_shortcuts(scene: &Scene) -> Result<()> {
    let mut listen = String::new();
    for is_typing in [
        "event.target.isContentEditable || /^(input|textarea|select)$/i.test(event.target.tagName)",
        "event.target.closest('input, textarea, select, [contenteditable]')",
        "document.activeElement.matches('input, textarea, [contenteditable], [role=textbox]')",
        "/^(input|textarea)$/i.test(event.composedPath()[0].tagName)",
        "/^(input|textarea|select)$/i.test(event.target.tagName)",
    ] {
        listen += &format!(
            "for (const kind of ['keydown', 'keypress']) addEventListener(kind, event => {{
                 if (event.key !== 'Escape' && isKey(event) && !({is_typing})) {{ take(event); shortcuts.push(`{is_typing}`) }}
             }}, true);"
        );
    }
    typed(scene, "captured", &format!("<script>{TAKE}{listen}</script>")).await
}

/// A page that takes all keys before anybody else: the panel notices, and says so.
pub async fn nobody_can_type(scene: &Scene) -> Result<()> {
    let head = "<script>
        addEventListener('keydown', event => { event.preventDefault(); event.stopImmediatePropagation() }, true)
    </script>";
    open(scene, head, "").await?;
    scene.browser.type_text("The lid").await?;
    says(scene, ".note", english("problem.typing")).await?;
    let words = scene.browser.value("message").await?;
    ensure!(words.is_empty(), "it could be typed in: {words}");
    Ok(())
}

/// Farther than anything in the panel can be scrolled.
const END: u32 = 100_000;

/// Scrolls all of the panel, and the page to its top.
const SCROLL: &str = "
    for (const element of document.querySelector('say-so').shadowRoot.querySelectorAll('*')) element.scrollTop = arguments[0];
    scrollTo(0, 0)";

/// How far the panel and the page have been scrolled, once what scrolls by frames has had some.
const SCROLLED: &str = "
    const [done] = arguments;
    const all = [...document.querySelector('say-so').shadowRoot.querySelectorAll('*')];
    requestAnimationFrame(() => requestAnimationFrame(() => done([Math.max(...all.map(element => element.scrollTop)), scrollY])))";

/// Scrolls a panel with more in it than there is room for, by wheel and by finger, to its end and beyond.
async fn scrolls(scene: &Scene, head: &str) -> Result<()> {
    let browser = &scene.browser;
    open(scene, head, "").await?;
    browser.paste("message", "Array.from({ length: 80 }, (_, line) => 'The lid broke. ' + line).join('\\n')").await?;
    browser.still().await?;
    for (by_finger, top) in [(false, 0), (false, END), (true, 0), (true, END)] {
        browser.script::<()>(SCROLL, vec![top.into()]).await?;
        // Over the box: the words themselves may be scrolled, or all of it.
        if by_finger {
            browser.swipe("[part~=message]", 200).await?;
        } else {
            browser.wheel("[part~=message]", 200).await?;
        }
        let scrolled = until("the panel to scroll", async || {
            let [panel, _]: [f64; 2] = browser.script_later(SCROLLED).await?;
            Ok((panel > 50.0).then_some(()))
        })
        .await;
        let [panel, page]: [f64; 2] = browser.script_later(SCROLLED).await?;
        let by = if by_finger { "finger" } else { "wheel" };
        ensure!(scrolled.is_ok() && page == 0.0, "by {by} from {top}: the panel is at {panel}, the page at {page}");
    }
    Ok(())
}

/// Pages that scroll by themselves, or not at all: the wheel and the finger scroll the panel, and only the panel.
pub async fn wheel_and_finger(scene: &Scene) -> Result<()> {
    let mut cases = Cases::default();
    let lenis = format!("<script src=\"{}\"></script>", scene.site.library("lenis")?);
    let radix = format!("<script src=\"{}\" defer></script>", scene.site.library("radix")?);
    let prevent = |capture: &str| {
        format!(
            "<script>
                 for (const kind of ['wheel', 'touchstart', 'touchmove'])
                     for (const at of [window, document])
                         if (kind !== 'touchstart' || !{capture})
                             at.addEventListener(kind, event => event.preventDefault(), {{ passive: false, capture: {capture} }});
             </script>"
        )
    };
    for (name, head) in [
        ("nothing", String::new()),
        ("Lenis", lenis),
        ("Radix", radix),
        ("prevented on the way out", prevent("false")),
        ("prevented on the way in", prevent("true")),
    ] {
        cases.note(scene, name, scrolls(scene, &head).await).await;
    }
    cases.judge()
}

/// Copies and pastes in the panel, on a page that forbids it.
async fn copied(scene: &Scene, name: &str, head: &str) -> Result<()> {
    let browser = &scene.browser;
    let before = scene.collector.messages().await?.len();
    open(scene, head, "").await?;
    let words = format!("{name},");
    browser.type_text(&words).await?;
    holds(scene, &words).await?;
    browser.control("a").await?;
    browser.control("x").await?;
    holds(scene, "").await?;
    browser.control("v").await?;
    browser.press(Key::End).await?;
    browser.control("v").await?;
    send(scene, &format!("{words}{words}"), before).await
}

/// Pages that forbid to copy, to paste, to select, to drag and to open menus, as shops do for their pictures.
pub async fn clipboard(scene: &Scene) -> Result<()> {
    let mut cases = Cases::default();
    let kinds = "['copy', 'cut', 'paste', 'contextmenu', 'selectstart', 'dragstart', 'mousedown', 'pointerdown', 'beforeinput', 'input']";
    for (name, script) in [
        ("forbidden", format!(
            "document.oncopy = document.oncut = document.onpaste = document.oncontextmenu = document.onselectstart = document.ondragstart = () => false;
             document.addEventListener('keydown', event => event.ctrlKey && /^[acvx]$/.test(event.key) && event.preventDefault());
             for (const kind of {kinds}) addEventListener(kind, event => {{ event.preventDefault(); event.stopImmediatePropagation() }})"
        )),
        ("emptied", "document.addEventListener('copy', event => { event.clipboardData.setData('text/plain', 'Copyright Nettle Row'); event.preventDefault() })".into()),
    ] {
        cases.note(scene, name, copied(scene, name, &format!("<script>{script}</script>")).await).await;
    }
    cases.judge()
}
