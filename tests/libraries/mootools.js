// MooTools: `Array.from` and others are its own, and every list and function has more methods.

import 'mootools';
