// The room's page without network: itself, its sheets and scripts, kept on this device; never what people wrote.
// Everything is asked of the network first. The page says what to keep (`offline.js`); served by `offline.py`,
// under the rooms' address, for it may only answer for pages below its own.

const PAGE = self.registration.scope;
const NAME = `diapason ${PAGE}`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data, event.source)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.cache === "no-store") return;
  const address = request.mode === "navigate" ? PAGE : request.url;
  event.respondWith(fetch(request).catch((error) => kept(address, error)));
});

async function kept(address, error) {
  const cache = await caches.open(NAME);
  const answer = await cache.match(address, { ignoreVary: true });
  if (!answer) throw error;
  return answer;
}

/** Replace what was kept: all of it, or nothing when the network goes meanwhile. */
async function keep({ shell, files }, page) {
  const cache = await caches.open(NAME);
  await put(cache, PAGE, shell);
  await Promise.all(files.map((address) => put(cache, address, address)));
  for (const { url } of await cache.keys()) if (url !== PAGE && !files.includes(url)) await cache.delete(url);
  page?.postMessage("kept");
}

async function put(cache, address, source) {
  const answer = await fetch(source, { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) await cache.put(address, answer);
}
