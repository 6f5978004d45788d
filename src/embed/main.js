// Say-so's embed: the one file that a web team's tag names.
//
// It draws the launcher, and on a click the first screens of the panel: its own markup, rendered when this file
// was built, which can be typed in at once. First aid, asked for on intent, makes them send and brings the wasm.

import { first } from '../tables/styles.js';
import { listen } from './events.js';
import { look, speak } from './language.js';
import { warm } from './loading.js';
import { close, fold, open } from './opening.js';
import { attach } from './place.js';
import { draw, show } from './screens.js';
import { build, write } from './tree.js';
import { embed, later, root, settings, warn } from './widget.js';

const tag = JSON.stringify(settings);

const start = () => {
  Object.assign(embed, { build, draw, fold, show, speak, write });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(first);
  root.adoptedStyleSheets = [sheet];
  window.saySo = { tag, open, close };
  look();
  listen();
  if (settings.prefetch == 'idle' && !(/** @type {any} */ (navigator).connection?.saveData)) (window.requestIdleCallback || later)(warm);
  new MutationObserver(look).observe(document.documentElement, { attributeFilter: ['lang'] });
  if (document.body) attach();
  else document.addEventListener('DOMContentLoaded', attach);
};

// A page may have an element of the name saySo.
const other = window.saySo?.tag;
if (!settings.endpoint || /^(?!https?:)\w+:/.test(settings.endpoint)) warn('data-endpoint must be a web address');
else if (!other?.at) start();
else if (other != tag) warn('a second tag is ignored');
