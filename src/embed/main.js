// Say-so's embed: the one file that a web team's tag names.
//
// It draws the launcher, and on a click the first screens of the panel: its own markup, rendered when this file
// was built, which can be typed in at once. First aid, asked for on intent, makes them send and brings the wasm.

import { first } from '../tables/styles.js';
import { look, speak } from './language.js';
import { warm } from './loading.js';
import { close, fold, open } from './opening.js';
import { attach, watch } from './place.js';
import { draw, show } from './screens.js';
import { build, write } from './tree.js';
import { embed, later, make, root, settings, tag, warn } from './widget.js';

const asked = JSON.stringify(settings);

const start = () => {
  embed.build = build;
  embed.draw = draw;
  embed.fold = fold;
  embed.show = show;
  embed.speak = speak;
  embed.write = write;
  let sheet;
  try {
    sheet = new CSSStyleSheet();
  } catch {
    return; // an old browser
  }
  sheet.replaceSync(first);
  root.adoptedStyleSheets = [sheet];
  window.saySo = { asked, attach, open, close };
  look();
  const there = () => {
    attach(/** @type {HTMLScriptElement} */ (tag));
    watch();
  };
  // After a body that is still to come.
  if (document.body) there();
  else later(there);
  if (settings.prefetch == 'idle' && !(/** @type {any} */ (navigator).connection?.saveData)) (window.requestIdleCallback || later)(warm);
};

// A page may have an element of the name saySo.
const other = window.saySo;
const link = /** @type {HTMLAnchorElement} */ (make('a'));
link.href = settings.endpoint;
// Browsers without that have more that is missing: there is nothing then, and the site's own links work.
link.style.color = 'light-dark(red,red)';
// Of all addresses, those of http and https have an origin that begins so.
if (!settings.endpoint || link.origin < 'h' || link.origin > 'i') warn('data-endpoint must be a web address');
else if (!other?.attach) {
  if (link.style.color) start();
} else if (other.asked == asked) other.attach(/** @type {HTMLScriptElement} */ (tag));
else warn('a second tag is ignored');
