// jQuery, and what pages do with it.

import $ from 'jquery';

window.$ = window.jQuery = $;
