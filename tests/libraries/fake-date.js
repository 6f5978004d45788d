// A test tool has stopped the clock.

import { install } from '@sinonjs/fake-timers';

install({ now: Date.now(), toFake: ['Date', 'performance'] });
