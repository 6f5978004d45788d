// What the loader can do without at first: it travels with the glue, on intent.

const CSS = __CSS__;
const SENT = __SENT__;

/** The sentences that the loader does not carry. */
export const COPY = __LATE__;

/** Adds the style of the later screens to the loader's shadow root. */
export const dress = (root) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
};

const parsed = (text = '{}') => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The pairs of a setting that is a JSON object, texts and nulls only. */
const pairs = (settings, name) => {
  const entries = Object.entries(parsed(settings[name]) || {});
  return Object.fromEntries(entries.map(([key, text]) => [key, typeof text == 'string' ? text : null]));
};

const cut = (text, max) => [...text.replace(/\p{Surrogate}/gu, '\ufffd')].slice(0, max).join('');

/** What the site sends along, as far as it can be used: in the order of its keys. */
const custom = (settings) => {
  const usable = Object.entries(pairs(settings, 'custom')).filter(([key, text]) => /^[\w.-]{1,40}$/.test(key) && text !== null);
  if (!usable.length) return undefined;
  return Object.fromEntries(usable.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, 20).map(([key, text]) => [key, cut(text, 500)]));
};

/**
 * Puts the panel into the loader's frame, and answers with warnings for the web team.
 *
 * What the visitor has begun to write in the shell goes without the optional facts of the page: the shell did
 * not show them, and nothing is sent that was not shown.
 */
export const takeOver = (frame, context, state, post, settings) => {
  const begun = !!state.kind;
  const page = begun
    ? context.page
    : {
        ...context.page,
        title: cut(document.title, 300) || undefined,
        referrer: /^https?:\/\/[^/]+/.exec(document.referrer)?.[0],
        language: /^[a-z\d]{1,8}(-[a-z\d]{1,8}){0,6}$/i.exec(navigator.language)?.[0],
        viewport: [innerWidth, innerHeight],
      };
  const known = {};
  const warnings = [];
  for (const name of ['headers', 'fields', 'custom']) {
    known[name] = pairs(settings, name);
    if (!parsed(settings[name])) warnings.push('data-' + name + ' is ignored; it can be a JSON object of texts');
  }
  const full = { ...context, page, custom: begun ? undefined : custom(settings), pairs: known };
  return warnings.concat(mount(frame, full, state, post));
};

/** A body of the contract as the formats `json` and `form` post it. */
export const encode = (body, format, settings) => {
  let fields = JSON.parse(body);
  if (format == 'form') {
    const { contact, page, custom, wording, promise, ...flat } = fields;
    const { url, ...facts } = page;
    fields = { ...flat, ...contact, page: url, ...facts, ...wording };
    if (promise) fields.promise = promise.by;
    for (const key in custom) fields['custom.' + key] = custom[key];
  }
  const names = pairs(settings, 'fields');
  const sent = Object.entries(fields).map(([key, value]) => [key in names ? names[key] : key, value]).filter(([key]) => key !== null);
  if (format == 'form') {
    return { body: new URLSearchParams(sent).toString(), headers: { 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8' } };
  }
  const headers = Object.entries(pairs(settings, 'headers')).filter(([, text]) => text !== null);
  return { body: JSON.stringify(Object.fromEntries(sent)), headers: { ...Object.fromEntries(headers), 'Content-Type': 'application/json' } };
};

/** Draws the shell's confirmation. */
export const sent = (build, panel, fill, [words, kind, reference]) => {
  build(SENT, panel);
  const texts = { words, reference, next: COPY[kind + '.next'], reply: '' };
  for (const name in texts) fill(name, texts[name]);
};

/** Copies the text of `source`; where that is not allowed, selects it. */
export const copy = async (button, source) => {
  let said = 'copied';
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
  } catch {
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    said = 'selected';
  }
  button.textContent = COPY[said];
};
