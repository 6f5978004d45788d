// Keeps what the preview is made of, so that words can be tried without a network. What the network gives goes first.

const NAME = 'say-so-studio';

/** The preview's own files, and what a release's manifest says of the widget's. */
const keep = async () => {
  const cache = await caches.open(NAME);
  const add = (name) => cache.add(new URL(name, location.href)).catch(() => {});
  await Promise.all(['preview.html', 'preview.css', 'preview.js'].map(add));
  // Without a release there is no manifest: then what was asked for once is kept.
  const manifest = await fetch(new URL('../manifest.json', location.href)).then((answer) => answer.json()).catch(() => ({ names: {} }));
  await Promise.all(Object.values(manifest.names).map((name) => add(`../${name}`)));
};

/** @param {Request} request */
const answer = async (request) => {
  const cache = await caches.open(NAME);
  try {
    const answered = await fetch(request);
    if (answered.ok) await cache.put(request.url, answered.clone());
    return answered;
  } catch (error) {
    const kept = await cache.match(request.url);
    if (kept) return kept;
    throw error;
  }
};

addEventListener('install', (event) => event.waitUntil(keep().then(() => skipWaiting())));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  if (event.request.method == 'GET') event.respondWith(answer(event.request));
});
