// What was asked and not acknowledged yet: kept in IndexedDB, so that a reload or a closed tab loses nothing.
// Each item keeps the identifier it was given when it was written: sent twice, it is done once.

const NAME = "diapason-live";
const STORE = "outbox";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { keyPath: "order", autoIncrement: true });
      store.createIndex("room", "room");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The queue of one room, in order. Without IndexedDB (some private windows) it lives as long as the page. */
export class Outbox {
  constructor(room) {
    this.room = room;
    this.memory = [];
    this.database = open().catch(() => null);
  }

  async store(mode) {
    const database = await this.database;
    return database?.transaction(STORE, mode, { durability: "strict" }).objectStore(STORE);
  }

  /** Keep an item; it is safe once this ends. */
  async add(item) {
    const kept = { ...item, room: this.room };
    try {
      const store = await this.store("readwrite");
      if (store) return { ...kept, order: await done(store.add(kept)) };
    } catch {
      // the disk is full, or the browser forbids it
    }
    kept.order = (this.memory.at(-1)?.order ?? 2 ** 40) + 1;
    this.memory.push(kept);
    return kept;
  }

  /** Everything that waits, oldest first. */
  async all() {
    try {
      const store = await this.store("readonly");
      const kept = store ? await done(store.index("room").getAll(this.room)) : [];
      return [...kept.sort((one, other) => one.order - other.order), ...this.memory];
    } catch {
      return [...this.memory];
    }
  }

  /** The item was acknowledged, or refused for good. */
  async remove(item) {
    this.memory = this.memory.filter((kept) => kept.id !== item.id);
    try {
      await (await this.store("readwrite"))?.delete(item.order);
    } catch {
      // it is sent again later and acknowledged again
    }
  }
}
