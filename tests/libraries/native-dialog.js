// The browser's own modal dialog: everything outside of it is inert.

document.body.insertAdjacentHTML(
  'beforeend',
  `<dialog id="dialog" aria-label="Basket">
    <label>Card number <input id="field"></label>
    <button type="button" id="trigger" data-say-so-open>Something wrong?</button>
  </dialog>`,
);
document.querySelector('#dialog').showModal();
