// The widget as a guest: it goes where it is told to, and fits into what is seen of the page.

import { launcherHidden, undo } from '../tables/words.js';
import { focus } from './show.js';
import { embed, inline, root } from './state.js';

/** Where it is remembered, for this visit, that the button is hidden. */
const KEY = 'saySo';

/** @param {boolean} is */
const remember = (is) => {
  try {
    if (is) sessionStorage[KEY] = 1;
    else delete sessionStorage[KEY];
  } catch {
    // Where nothing can be stored, the button comes again with the next page.
  }
};

/**
 * The floating button has been hidden. That can be undone until the focus goes elsewhere.
 *
 * @param {Element} launcher
 */
export const hidden = (launcher) => {
  remember(true);
  // The site's own words come with the panel only.
  if (!embed.words[undo]) embed.speak(...embed.spare);
  const note = /** @type {HTMLElement} */ (launcher.cloneNode());
  embed.build(`{span|role|status|.|${launcherHidden}^}~{button|class|undo|.|${undo}^}`, note);
  note.className += ' hid';
  root().append(note);
  const button = /** @type {HTMLElement} */ (note.lastChild);
  const end = () => {
    note.remove();
    for (const kind of ['pointerdown', 'focusin']) document.removeEventListener(kind, away);
  };
  /** @param {Event} event */
  const away = ({ target }) => target != root().host && end();
  button.onclick = () => {
    remember(false);
    end();
    root().prepend(launcher);
    focus('.open');
  };
  // Not every browser gives a button the focus that is pressed with a pointer.
  for (const kind of ['pointerdown', 'focusin']) document.addEventListener(kind, away);
  // Whoever has gone on is not called back.
  if (document.activeElement == document.body) focus('.hid .undo');
};

/** Keeps the panel in what is seen of the page: above a phone's keyboard, and packed tight where there is little room. */
export const fit = () => {
  const { frame } = embed;
  const view = window.visualViewport;
  if (!view || inline()) return;
  const place = () => {
    const { height, offsetTop, scale } = view;
    // Whoever has zoomed in moves about by themselves.
    if (scale > 1.01) return;
    frame.style.setProperty('--room', height + 'px');
    frame.style.setProperty('--lift', Math.max(0, innerHeight - height - offsetTop) + 'px');
    frame.classList.toggle('tight', height < 500);
  };
  for (const kind of ['resize', 'scroll']) view.addEventListener(kind, place);
  place();
};
