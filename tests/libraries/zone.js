// zone.js, as Angular loads it: every promise, timer and listener is its own.

import 'zone.js';
