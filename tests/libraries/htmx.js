// htmx with idiomorph: follows links by morphing the page.

import htmx from 'htmx.org';
import { Idiomorph } from 'idiomorph/dist/idiomorph.esm.js';

window.htmx = htmx;
window.Idiomorph = Idiomorph;
// As idiomorph's own extension does, which looks for a global htmx while it is loaded.
htmx.defineExtension('morph', {
  isInlineSwap: (style) => style === 'morph',
  handleSwap: (style, target, fragment) =>
    style === 'morph:outerHTML' ? Idiomorph.morph(target, fragment.children) : style === 'morph:innerHTML' && Idiomorph.morph(target, fragment.children, { morphStyle: 'innerHTML' }),
});
