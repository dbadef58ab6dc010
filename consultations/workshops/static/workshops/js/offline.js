// So that a page reopened without network shows one's own part of the room, and the queue: the page and its files
// are kept by `worker.js`, what is one's own by the device's storage. Nothing others wrote is kept.

const KEPT_FOR = 24 * 3600 * 1000;
const OWN = ["board", "stages", "votes", "ranks", "signals", "voted"];
const SPREAD = 8_000; // a whole hall comes in at once: its pages are not all asked for again at once
let written = "";

const name = (room) => `diapason-room ${room}`;

/** Have the page kept, a moment after it has drawn the room; `data-kept` says that it is. */
export function keepPage(root) {
  const { worker, page, shell } = root.dataset;
  if (!navigator.serviceWorker) return; // it needs https
  setTimeout(async () => {
    try {
      await navigator.serviceWorker.register(worker, { scope: page });
      navigator.serviceWorker.onmessage = () => root.setAttribute("data-kept", "");
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage({ shell: new URL(shell, location.href).href, files: filesOfPage() });
    } catch {
      // refused by the browser (private window), or the network went: the room works without
    }
  }, Math.random() * SPREAD);
}

function filesOfPage() {
  const drawn = document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=preload], link[rel=icon]");
  const named = [...drawn].map((one) => one.src || one.href);
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  const files = new Set([...named, ...loaded].map((address) => address.split("#")[0]));
  return [...files].filter((address) => new URL(address).origin === location.origin && !address.includes("/direct/"));
}

/** Keep one's own cards, votes and signals, and the stages' words. */
export function keepOwn(room, state, me) {
  const own = Object.fromEntries(OWN.map((collection) => [collection, state[collection]]));
  own.cards = Object.fromEntries(Object.entries(state.cards).filter(([, card]) => card.mine));
  const text = JSON.stringify({ me, own });
  if (text === written) return;
  written = text;
  try {
    localStorage.setItem(name(room), JSON.stringify({ at: Date.now(), me, own }));
  } catch {
    // no storage here: the page says so by its own words when it opens without network
  }
}

/** What was kept less than a day ago, as a snapshot; nothing otherwise. */
export function ownOf(room) {
  try {
    const { at, me, own } = JSON.parse(localStorage.getItem(name(room)));
    return Math.abs(Date.now() - at) < KEPT_FOR ? { me, state: {}, own } : null;
  } catch {
    return null;
  }
}

/** The room is over for this device: nothing of it stays. */
export async function forgetRoom(room, page) {
  try {
    localStorage.removeItem(name(room));
    const registration = await navigator.serviceWorker?.getRegistration(page);
    if (!registration) return;
    await caches.delete(`diapason ${registration.scope}`);
    await registration.unregister();
  } catch {
    // the browser keeps no storage here
  }
}
