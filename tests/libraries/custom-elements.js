// Custom elements as browsers had them once: by patching every method that puts elements into a page. The page sets
// `customElements.forcePolyfill` before.

import '@webcomponents/custom-elements';
