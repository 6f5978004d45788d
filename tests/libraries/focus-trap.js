// focus-trap: takes the focus back, and eats clicks beside the dialog, while the document captures.

import { createFocusTrap } from 'focus-trap';

document.body.insertAdjacentHTML(
  'beforeend',
  `<div id="dialog" role="dialog" aria-modal="true" aria-label="Basket">
    <label>Card number <input id="field"></label>
    <button type="button" id="trigger" data-say-so-open>Something wrong?</button>
  </div>`,
);
createFocusTrap('#dialog', { initialFocus: '#field' }).activate();
