// MooTools: `Array.from` and others are its own, and every list and function has more methods.

import source from 'mootools/lib/mootools-core-1.5.2-server.js' with { type: 'text' };

// Its `this` is the window, as in a classic script.
new Function(source).call(window);
