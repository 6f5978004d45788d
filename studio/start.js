// Starts the studio: its wasm stands beside this file.

import init from './studio.js';

init().catch((error) => {
  const said = document.createElement('p');
  said.className = 'failed';
  said.setAttribute('role', 'alert');
  said.textContent = 'The studio can’t start here. It needs WebAssembly, and its files from the folder studio/ beside this page.';
  document.body.append(said);
  console.error(error);
});

// Where there is none, as on pages without TLS, the preview needs the network.
navigator.serviceWorker?.register(new URL('offline.js', import.meta.url)).catch(() => {});
