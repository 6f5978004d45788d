// The same, and the other classes are the browser's.

import { fetch } from 'whatwg-fetch';

window.fetch = fetch;
