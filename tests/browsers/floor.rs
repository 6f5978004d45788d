//! Browsers below the floor, which is Chrome and Edge 123, Firefox 125, Safari 17.5: the tag draws nothing there,
//! breaks nothing and says nothing, and the site's own links lead where they say.

use anyhow::{Result, ensure};
use say_so_tests::Scene;

use super::visit::{Cases, complain};

/// A style that doesn't know `light-dark()`, as in Chrome before 123 and Safari before 17.5.
const NO_LIGHT_DARK: &str = "
    const { get } = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'style');
    Object.defineProperty(HTMLElement.prototype, 'style', { configurable: true, get() {
        const style = get.call(this);
        return new Proxy(style, {
            get: (_, name) => typeof style[name] === 'function' ? style[name].bind(style) : style[name],
            set: (_, name, value) => (/light-dark/.test(value) || (style[name] = value), true),
        });
    } });";

/// A constructor that can't be called, as in Safari before 16.4.
const NO_CONSTRUCTOR: &str = "
    const { prototype } = CSSStyleSheet;
    window.CSSStyleSheet = function () { throw new TypeError('Illegal constructor') };
    CSSStyleSheet.prototype = prototype;";

/// What Firefox has since 125, and light-dark() since 120.
const NO_POPOVER: &str = "
    for (const name of ['popover', 'showPopover', 'hidePopover', 'togglePopover']) delete HTMLElement.prototype[name];";

/// A page in a browser that lacks something: a script takes it away before the tag, which runs where it stands.
async fn open(scene: &Scene, missing: &str, link: &str) -> Result<()> {
    let tag = scene.tag(&scene.collector.endpoint(), "").replace("async ", "");
    scene.open_page(&format!("<script>{{{missing}}}</script>"), &format!("{link}{tag}")).await
}

/// Nothing is drawn and nothing recorded, and a link that would open the panel leads to where it says.
pub async fn silent(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let old =
        format!("{NO_CONSTRUCTOR}{NO_LIGHT_DARK}{NO_POPOVER} delete AbortSignal.timeout; delete window.ResizeObserver");
    let mut cases = Cases::default();
    for (name, missing, drawn) in [
        ("nothing missing", "", true),
        ("a constructor that can't be called", NO_CONSTRUCTOR, false),
        ("no CSSStyleSheet", "delete window.CSSStyleSheet", false),
        ("no light-dark()", NO_LIGHT_DARK, false),
        ("all of an old one", &old, false),
    ] {
        let visit = async {
            open(scene, missing, "<a id=link href=#mail data-say-so-open>Tell us</a>").await?;
            let there: bool = browser.script("return !!document.querySelector('say-so')", vec![]).await?;
            ensure!(there == drawn, "the widget is there: {there}");
            browser.click_on_page("#link").await?;
            if drawn {
                return browser.part("panel").await;
            }
            let led: String = browser.script("return location.hash", vec![]).await?;
            ensure!(led == "#mail", "the link leads to {led:?}");
            Ok(())
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}

/// Firefox 120 to 124 know light-dark() and no popovers: the words arrive there too.
pub async fn without_popovers(scene: &Scene) -> Result<()> {
    open(scene, NO_POPOVER, "").await?;
    complain(scene, "The lid broke, says an older Firefox.").await
}
