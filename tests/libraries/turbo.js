// Turbo Drive: follows links by exchanging the body.

import * as Turbo from '@hotwired/turbo';

window.Turbo = Turbo;
