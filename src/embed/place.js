// Where the widget stands in the page.

import { clickOff } from '../tables/words.js';
import { warm } from './loading.js';
import { draw } from './screens.js';
import { embed, frame, host, inline, oneClick } from './widget.js';

export const attach = () => {
  if (inline) {
    embed.script.after(host);
    draw();
    frame.hidden = false;
    // What the first screen says may not be here yet.
    if (!embed.words[oneClick ? 2 : clickOff]) warm();
    return;
  }
  // Beside the body: what pages do to that, and with it, passes by. Frameworks that hydrate a page take out what they
  // did not put there; it is put back in a task of its own, so that nobody can keep the page busy with that.
  const place = () => host.isConnected || document.documentElement.append(host);
  new MutationObserver(() => void setTimeout(place)).observe(document.documentElement, { childList: true });
  place();
};
