// A page whose promises are Bluebird's, for scripts that look for `Promise`.

import Bluebird from 'bluebird';

window.Promise = Bluebird;
