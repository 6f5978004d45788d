// A trap as MUI and others have it: it also looks every 50 ms where the focus is, and takes it back.

document.body.insertAdjacentHTML(
  'beforeend',
  `<div id="dialog" role="dialog" aria-modal="true" aria-label="Basket" tabindex="-1">
    <label>Card number <input id="field"></label>
    <button type="button" id="trigger" data-say-so-open>Something wrong?</button>
  </div>`,
);
const dialog = document.querySelector('#dialog');
const field = document.querySelector('#field');
const contain = () => {
  if (document.hasFocus() && !dialog.contains(document.activeElement)) field.focus();
};
field.focus();
document.addEventListener('focusin', contain);
setInterval(contain, 50);
