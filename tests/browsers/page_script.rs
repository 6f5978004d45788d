//! Pages whose JavaScript is no longer the browser's: libraries, polyfills, test tools and names of their own stand where
//! a script expects the platform. A visitor notices nothing of it.

use anyhow::Result;
use say_so_tests::Scene;

use super::visit::{Cases, complain, write};

/// What a page does to itself, by a name.
struct Change {
    name: &'static str,
    /// The library of `tests/libraries/` that does it.
    library: Option<&'static str>,
    /// Scripts of the page's own, before the library.
    script: &'static str,
    /// Whether a page that does it after the tag is tried, too.
    is_late: bool,
}

const fn library(name: &'static str) -> Change {
    Change { name, library: Some(name), script: "", is_late: false }
}

const fn script(name: &'static str, script: &'static str) -> Change {
    Change { name, library: None, script, is_late: false }
}

/// The same, before the tag and after it has run.
const fn also_late(change: Change) -> Change {
    Change { is_late: true, ..change }
}

/// Goes through changes, each on a page of its own.
async fn survives(scene: &Scene, changes: &[Change]) -> Result<()> {
    let mut cases = Cases::default();
    for change in changes {
        for late in [false, true] {
            if late && !change.is_late {
                continue;
            }
            let name = format!("{} {} the tag", change.name, if late { "after" } else { "before" });
            cases.note(scene, &name, visited(scene, &[change], late, &name).await).await;
        }
    }
    cases.judge()
}

/// Goes through changes, several on a page: before the tag, or after it has run.
async fn survives_many(scene: &Scene, changes: &[Change]) -> Result<()> {
    let mut cases = Cases::default();
    for (page, some) in changes.chunks(TOGETHER).enumerate() {
        let names = some.iter().map(|change| change.name).collect::<Vec<_>>().join(", ");
        let some: Vec<_> = some.iter().collect();
        cases.note(scene, &names, visited(scene, &some, false, &format!("page {page}")).await).await;
    }
    for (page, some) in changes.chunks(TOGETHER).enumerate() {
        let some: Vec<_> = some.iter().collect();
        let name = format!("page {page}, after the tag");
        cases.note(scene, &name, visited(scene, &some, true, &name).await).await;
    }
    cases.judge()
}

/// How many changes a page has where they have nothing to do with each other.
const TOGETHER: usize = 4;

async fn visited(scene: &Scene, changes: &[&Change], late: bool, name: &str) -> Result<()> {
    let mut scripts = String::new();
    for change in changes {
        scripts += &format!("<script>{}</script>", change.script);
        if let Some(library) = change.library {
            scripts += &format!("<script src=\"{}\"></script>", scene.site.library(library)?);
        }
    }
    // It runs at once, and first aid and the panel come later in any case.
    let tag = scene.tag(&scene.collector.endpoint(), "").replace("async ", "");
    let head = if late { [&tag, scripts.as_str()] } else { [scripts.as_str(), &tag] };
    scene.open_page(&head.concat(), "").await?;
    complain(scene, &format!("The lid broke: {name}.")).await
}

/// Libraries that give the platform's own names other meanings: Prototype, MooTools, and polyfills that patch elements.
pub async fn libraries(scene: &Scene) -> Result<()> {
    let polyfill = Change {
        name: "custom-elements",
        library: Some("custom-elements"),
        script: "customElements.forcePolyfill = true",
        is_late: false,
    };
    survives(scene, &[library("prototype"), also_late(library("mootools")), library("jquery"), polyfill]).await
}

/// Promises, answers and clocks that are not the browser's.
pub async fn promises(scene: &Scene) -> Result<()> {
    let changes = [
        also_late(library("zone")),
        library("bluebird"),
        library("fetch-polyfill"),
        library("fetch-only"),
        library("fake-date"),
        also_late(library("fake-timers")),
        script("a promise that is only a thenable", THENABLE),
        script("a fetch of another realm", REALM),
        also_late(script("a fetch that answers with a class of its own", WRAPPED)),
        script("a fetch that gives a thenable", FETCH_THENABLE),
    ];
    survives(scene, &changes).await
}

/// What pages, old scripts and monitoring tools do by hand.
pub async fn by_hand(scene: &Scene) -> Result<()> {
    let changes = [
        script("things on every object", POLLUTED),
        script(
            "things on every list",
            "Object.assign(Array.prototype, { each() {}, last: 1, remove() {}, at() {}, flat() {} })",
        ),
        script("a JSON of its own", JSON2),
        script("a Date of its own", DATE),
        script("closed shadow roots", CLOSED),
        script(
            "slow timers",
            "{ const later = setTimeout; window.setTimeout = (act, after, ...rest) => later(act, Math.max(after || 0, 300), ...rest) }",
        ),
        script("frames by timers", "window.requestAnimationFrame = act => setTimeout(() => act(+new Date()), 16)"),
        script(
            "no idle callbacks and no performance",
            "window.requestIdleCallback = undefined; Object.defineProperty(window, 'performance', { value: undefined })",
        ),
        script("listeners in a wrapper", LISTENERS),
        script("elements without methods of the last ten years", OLD_ELEMENTS),
        script("text methods of an old library", OLD_TEXT),
        script(
            "a console that throws",
            "for (const name of ['log', 'info', 'debug']) console[name] = () => { throw new Error('no console') }",
        ),
        script(
            "a crypto of its own",
            "Object.defineProperty(Crypto.prototype, 'randomUUID', { value: undefined }); Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })",
        ),
        script(
            "no storage",
            "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })",
        ),
        script(
            "style sheets that can't be adopted by the document",
            "Object.defineProperty(Document.prototype, 'adoptedStyleSheets', { get: () => Object.freeze([]), set() { throw new TypeError('not writable') } })",
        ),
        script(
            "an Intl of its own",
            "window.Intl = { DateTimeFormat: function () { return { format: date => String(date), resolvedOptions: () => ({}) } }, NumberFormat: function () { return { format: String } } }",
        ),
        script(
            "mutation observers of a library",
            "{ const Native = MutationObserver; window.MutationObserver = window.WebKitMutationObserver = function (act) { const own = new Native(list => act(list.slice(), own)); return own } }",
        ),
        script(
            "a define and a require",
            "window.define = () => { throw new Error('mismatched anonymous define') }; define.amd = {}; window.require = () => {}; window.module = { exports: {} }; window.exports = {}",
        ),
        script(
            "a process and a global",
            "window.global = window; window.process = { env: {} }; window.self = window; window.Buffer = {}",
        ),
        script(
            "a URL of its own",
            "{ const Native = URL; window.URL = function (address, base) { return new Native(address, base) }; URL.createObjectURL = blob => Native.createObjectURL(blob); URL.revokeObjectURL = address => Native.revokeObjectURL(address) }",
        ),
        // The last one: it breaks scripts of the page's own that come after it.
        script(
            "names of descriptors on every object",
            "Object.assign(Object.prototype, { get: undefined, set: undefined, value: 1 })",
        ),
    ];
    survives_many(scene, &changes).await
}

/// Elements of the page's go by names that scripts look for on the window and the document.
pub async fn names(scene: &Scene) -> Result<()> {
    let mut cases = Cases::default();
    let named =
        ["saySo", "say-so", "fetch", "JSON", "Promise", "message", "panel", "embed", "launcher", "title", "send"];
    let elements: String = named.iter().map(|name| format!("<a id=\"{name}\" name=\"{name}\"></a>")).collect();
    let members =
        ["currentScript", "body", "head", "title", "cookie", "forms", "links", "referrer", "fonts", "hidden", "lang"];
    let images: String = members.iter().map(|name| format!("<img name=\"{name}\" alt=\"\">")).collect();
    let forms = "<form name=\"location\"><input name=\"href\"></form><form id=\"navigator\"></form><form name=\"forms\"></form>";
    let tag = scene.tag(&scene.collector.endpoint(), "").replace("async ", "");
    let own = "<script>window.name = 'saySo'; window.status = 'say-so'</script>";
    for (name, body) in [
        ("names before the tag", format!("{elements}{forms}{images}{tag}")),
        ("names after the tag", format!("{tag}{elements}{forms}{images}")),
        ("functions of the page's", format!("<script>{FUNCTIONS}</script>{tag}")),
    ] {
        let visit = async {
            scene.open_page(own, &body).await?;
            complain(scene, &format!("The lid broke: {name}.")).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}

/// The panel in a page's flow survives the same.
pub async fn inline(scene: &Scene) -> Result<()> {
    let source = scene.site.library("mootools")?;
    let tag = scene.tag(&scene.collector.endpoint(), "data-launcher=inline");
    scene.open_page("", &format!("<script src=\"{source}\"></script>{tag}")).await?;
    write(scene, "The lid broke, inline with MooTools.").await
}

/// A class that keeps the contract of `then`, and no more: no `finally`, nothing native, and asynchronous by a timer.
const THENABLE: &str = "{
    const Native = Promise;
    class Thenable {
        constructor(act) {
            const inner = new Native(act);
            Object.defineProperty(this, 'inner', { value: inner });
        }
        then(met, failed) { return wrap(this.inner.then(met, failed)) }
        catch(failed) { return this.then(undefined, failed) }
    }
    const wrap = inner => new Thenable((met, failed) => inner.then(met, failed));
    for (const name of ['resolve', 'reject', 'all', 'race', 'allSettled', 'any'])
        Thenable[name] = (...given) => wrap(Native[name](...given));
    window.Promise = Thenable;
}";

/// Answers come from a frame: they are responses, and none of this window's.
const REALM: &str = "addEventListener('DOMContentLoaded', () => {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    document.body.append(frame);
    const foreign = frame.contentWindow.fetch;
    window.fetch = (file, options) => file instanceof Request && file.method === 'POST'
        ? file.text().then(body => foreign(file.url, { method: 'POST', body, headers: [...file.headers], credentials: 'omit', signal: file.signal }))
        : foreign(file, options);
})";

/// What a monitoring tool gives back: an object that passes on what it knows.
const WRAPPED: &str = "{
    const original = window.fetch;
    class Watched {
        constructor(answer) { this.answer = answer }
        get ok() { return this.answer.ok }
        get status() { return this.answer.status }
        get statusText() { return this.answer.statusText }
        get headers() { return this.answer.headers }
        get url() { return this.answer.url }
        get type() { return this.answer.type }
        get redirected() { return this.answer.redirected }
        get body() { return this.answer.body }
        get bodyUsed() { return this.answer.bodyUsed }
        clone() { return new Watched(this.answer.clone()) }
        text() { return this.answer.text() }
        json() { return this.answer.json() }
        blob() { return this.answer.blob() }
        arrayBuffer() { return this.answer.arrayBuffer() }
    }
    window.fetch = async (...given) => new Watched(await original(...given));
}";

/// Like jQuery's: what comes back has `then`, and is no promise.
const FETCH_THENABLE: &str = "{
    const original = window.fetch;
    window.fetch = (...given) => {
        const answer = original.apply(window, given);
        return { then: (met, failed) => { answer.then(met, failed) } };
    };
}";

const POLLUTED: &str = "Object.assign(Object.prototype, {
    extend() {}, each() {}, toJSONString() {}, kind: 'x', message: 'y', label: 'z', signal: undefined,
    endpoint: 'https://elsewhere.example/', lang: 'xx', first: true,
})";

/// A JSON in JavaScript that knows neither Unicode's line ends nor `toJSON`.
const JSON2: &str = "{
    const { parse, stringify } = JSON;
    window.JSON = {
        stringify: value => stringify(value),
        parse: text => { if (typeof text !== 'string') throw new SyntaxError('JSON.parse'); return parse(text) },
    };
}";

/// A subclass that stands still, as time travel tools have it, and nothing native answers.
const DATE: &str = "{
    const Native = Date;
    const now = Native.now();
    window.Date = class Date extends Native {
        constructor(...given) { given.length ? super(...given) : super(now) }
        static now() { return now }
    };
}";

const CLOSED: &str = "{
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) {
        const root = attach.call(this, { ...options, mode: 'closed' });
        // For the test, which looks into it.
        Object.defineProperty(this, 'shadowRoot', { value: root });
        return root;
    };
}";

/// Error trackers wrap every listener, and find the wrapper again when it is removed.
const LISTENERS: &str = "{
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const wrappers = new WeakMap();
    EventTarget.prototype.addEventListener = function (kind, act, options) {
        if (typeof act !== 'function') return addEventListener.call(this, kind, act, options);
        const wrapper = wrappers.get(act) ?? function (...given) { try { return act.apply(this, given) } catch (error) { console.error(error); throw error } };
        wrappers.set(act, wrapper);
        return addEventListener.call(this, kind, wrapper, options);
    };
    EventTarget.prototype.removeEventListener = function (kind, act, options) {
        return removeEventListener.call(this, kind, wrappers.get(act) ?? act, options);
    };
}";

/// Old polyfills that overwrite what is there already, and know one argument.
const OLD_ELEMENTS: &str = "
    Element.prototype.remove = function () { if (this.parentNode) this.parentNode.removeChild(this); return this };
    for (const [name, put] of Object.entries({
        append(node) { this.appendChild(node) },
        prepend(node) { this.insertBefore(node, this.firstChild) },
        after(node) { this.parentNode.insertBefore(node, this.nextSibling) },
        before(node) { this.parentNode.insertBefore(node, this) },
        replaceWith(node) { this.parentNode.replaceChild(node, this) },
    })) Element.prototype[name] = function (node) { put.call(this, node) };
    DOMTokenList.prototype.toggle = function (name) { this.contains(name) ? this.remove(name) : this.add(name) };
    NodeList.prototype.forEach = Array.prototype.forEach;";

/// Old polyfills of what texts and lists can do by now.
const OLD_TEXT: &str = "
    String.prototype.trim = function () { return this.replace(/^\\s+|\\s+$/g, '') };
    String.prototype.includes = function (text) { return this.indexOf(text) !== -1 };
    String.prototype.matchAll = function (pattern) { const all = []; this.replace(pattern, (...found) => void all.push(found)); return all };
    Array.prototype.includes = function (item) { return this.indexOf(item) !== -1 };
    Array.prototype.find = function (test) { for (const item of this) if (test(item)) return item };
    Object.entries = object => Object.keys(object).map(key => [key, object[key]]);
    Object.assign = (target, source) => { for (const key in source) target[key] = source[key]; return target };
    Number.isInteger = number => (number | 0) === number;";

/// What pages call their own functions and values.
const FUNCTIONS: &str = "
    function open() {} function close() {} function stop() {} function print() {} function focus() {} function find() {}
    var event = null; var origin = 'x'; var length = 'y'; var external = 0; var closed = true;
    class Text {} class Option {} class Image {} class Request2 {} class Element2 {}
    function $() {} var _ = $; var app = {}; function Kind() {} function Draft() {}";
