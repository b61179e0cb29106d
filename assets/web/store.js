// Named lists of lines in IndexedDB, each write durable before it is called done.
//
// A line is one record { name, line } under a key that only grows, so the order of a list is the order of writing,
// and appending costs the same however long the list is. Only one window may write: the one that opened the store
// last (it leaves a token in `meta`, and every write checks for its own token within its transaction).
const LINES = "lines";
const META = "meta";
const PATIENCE = 8000; // ms; some browsers neither open a database nor say that they will not

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function connect() {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("the database does not open")), PATIENCE);
    const request = indexedDB.open("shiqi", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(LINES, { autoIncrement: true }).createIndex("name", "name");
      request.result.createObjectStore(META);
    };
    request.onerror = () => (clearTimeout(late), reject(request.error));
    request.onsuccess = () => (clearTimeout(late), resolve(request.result));
  });
}

// Open the player's store, as its only writer. `onmoved` is called when another window has become that.
export async function openStore(onmoved) {
  const token = crypto.getRandomValues(new Uint32Array(4)).join("-");
  let db = null;
  let asked = false;

  // The browser may close a database behind our back (Safari in the background, site data cleared).
  async function connection() {
    if (!db) {
      db = await connect();
      const mine = db;
      mine.onclose = () => (db = db === mine ? null : db);
      mine.onversionchange = () => mine.close();
    }
    return db;
  }

  async function begin(stores, mode) {
    const options = { durability: "strict" };
    try {
      return (await connection()).transaction(stores, mode, options);
    } catch (error) {
      if (error.name !== "InvalidStateError") throw error;
      db = null;
      return (await connection()).transaction(stores, mode, options);
    }
  }

  // One transaction: `work` gets the store of lines if this window is still the writer.
  async function write(work) {
    const transaction = await begin([LINES, META], "readwrite");
    let moved = false;
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(moved ? new Error("another window writes now") : transaction.error);
    });
    const owner = transaction.objectStore(META).get("owner");
    owner.onsuccess = () => {
      moved = owner.result !== token;
      if (moved) transaction.abort();
      else work(transaction.objectStore(LINES));
    };
    try {
      await done;
    } catch (error) {
      if (moved) onmoved();
      throw error;
    }
  }

  async function lines(work) {
    const transaction = await begin([LINES], "readonly");
    return work(transaction.objectStore(LINES).index("name"));
  }

  // Once in the life of this store: ask that it never be cleared to make room.
  async function persist() {
    if (asked) return;
    asked = true;
    const meta = (await begin([META], "readwrite")).objectStore(META);
    if (await settled(meta.get("persist asked"))) return;
    meta.put(Date.now(), "persist asked");
    if (!(await navigator.storage?.persisted?.())) await navigator.storage?.persist?.();
  }

  const claim = await begin([META], "readwrite");
  claim.objectStore(META).put(token, "owner");
  await new Promise((resolve, reject) => {
    claim.oncomplete = resolve;
    claim.onabort = () => reject(claim.error);
  });
  const channel = new BroadcastChannel("shiqi");
  channel.onmessage = (event) => event.data.owner && event.data.owner !== token && onmoved();
  channel.postMessage({ owner: token });

  return {
    async append(name, line) {
      await write((store) => store.add({ name, line }));
      persist().catch(() => {});
    },
    // The lines joined by "\n", or undefined where there are none: one text crosses to Python faster than many.
    async read(name) {
      const found = await lines((index) => settled(index.getAll(name)));
      return found.length ? found.map((record) => record.line).join("\n") : undefined;
    },
    async replace(name, text) {
      await write((store) => {
        const old = store.index("name").getAllKeys(name);
        old.onsuccess = () => {
          for (const key of old.result) store.delete(key);
          if (text !== undefined) for (const line of text.split("\n")) store.add({ name, line });
        };
      });
    },
    names(prefix) {
      return lines(
        (index) =>
          new Promise((resolve, reject) => {
            const names = [];
            const request = index.openKeyCursor(prefix ? IDBKeyRange.lowerBound(prefix) : null, "nextunique");
            request.onerror = () => reject(request.error);
            request.onsuccess = () => {
              const cursor = request.result;
              if (!cursor || !cursor.key.startsWith(prefix)) return resolve(names);
              names.push(cursor.key);
              cursor.continue();
            };
          }),
      );
    },
  };
}
