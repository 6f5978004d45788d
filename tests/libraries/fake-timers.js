// A test tool runs all timers on a clock of its own.

import { install } from '@sinonjs/fake-timers';

install({ now: Date.now(), shouldAdvanceTime: true, shouldClearNativeTimers: true });
