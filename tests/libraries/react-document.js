// React 19 owns the whole document: `hydrate(text)` takes over a page that says the text, or something else; `say(text)`
// then changes it.

import { createElement, useState } from 'react';
import { hydrateRoot } from 'react-dom/client';

const Page = ({ text }) => {
  const [now, set] = useState(text);
  // Once it has taken over: before that, the page may say the same.
  window.say = set;
  return createElement(
    'html',
    { lang: 'en-GB' },
    createElement('head', null, createElement('title', null, 'Delivery')),
    createElement('body', null, createElement('main', { id: now }, createElement('p', null, now))),
  );
};

window.hydrate = (text) => {
  const root = hydrateRoot(document, createElement(Page, { text }), { onRecoverableError: () => (window.mismatch = true) });
  window.unmount = () => root.unmount();
};
