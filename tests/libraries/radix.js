// Radix: a modal dialog takes the focus back, hides what stands beside it in the body from assistive tools, takes
// the pointer from the body, locks the wheel, and is closed by what happens outside of it.

import * as Dialog from '@radix-ui/react-dialog';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const content = createElement(
  Dialog.Content,
  { id: 'dialog', 'aria-describedby': undefined, style: { position: 'fixed', inset: '20% 30% auto', background: 'white' } },
  createElement(Dialog.Title, null, 'Basket'),
  createElement('label', null, 'Card number ', createElement('input', { id: 'field' })),
  createElement('button', { id: 'trigger', 'data-say-so-open': '' }, 'Something wrong?'),
);
const overlay = createElement(Dialog.Overlay, { style: { position: 'fixed', inset: 0, background: '#0008' } });
const app = document.createElement('div');
document.body.append(app);
createRoot(app).render(createElement(Dialog.Root, { defaultOpen: true }, createElement(Dialog.Portal, null, overlay, content)));
