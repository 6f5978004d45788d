// Bootstrap 5: a modal keeps the focus inside, at every `focusin` of the document.

import * as bootstrap from 'bootstrap';
import css from 'bootstrap/dist/css/bootstrap.min.css';

const style = document.createElement('style');
style.textContent = css;
document.head.append(style);
document.body.insertAdjacentHTML(
  'beforeend',
  `<div class="modal" id="dialog" tabindex="-1" aria-label="Basket">
    <div class="modal-dialog"><div class="modal-content"><div class="modal-body">
      <label>Card number <input id="field"></label>
      <button type="button" id="trigger" data-say-so-open>Something wrong?</button>
    </div></div></div>
  </div>`,
);
document.querySelector('#dialog').addEventListener('shown.bs.modal', () => document.querySelector('#field').focus());
new bootstrap.Modal('#dialog').show();
