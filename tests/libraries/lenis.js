// Lenis: scrolls the page by itself, and prevents what the wheel and fingers would do.

import Lenis from 'lenis';

window.lenis = new Lenis({ autoRaf: true, syncTouch: true });
