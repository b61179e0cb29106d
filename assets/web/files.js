// The files the start waits for: all under way at once, counted byte by byte, each failure named.
import { Failure } from "./shell.js";

async function open(name) {
  let response;
  try {
    response = await fetch(name);
  } catch (error) {
    throw new Failure("network", String(error), name);
  }
  if (!response.ok) throw new Failure("missing", `HTTP ${response.status} ${response.statusText}`, name);
  return response;
}

export class Files {
  // `sizes`: raw bytes by name, as the site says. `onbytes` is called with the fraction of all that was `wanted`.
  constructor(sizes, wanted, onbytes) {
    this.sizes = sizes;
    this.onbytes = onbytes;
    this.total = wanted.reduce((sum, name) => sum + (sizes[name] || 0), 0) || 1;
    this.got = new Map();
    this.counted = new Map(); // name -> promise that a file handed to the compiler came whole
    // Rejects with the first failure of any file, so that nobody waits for a file after another is known to fail.
    this.broken = new Promise((_, reject) => (this.break = reject));
    this.broken.catch(() => {});
  }

  count(name, bytes) {
    this.got.set(name, Math.min(bytes, this.sizes[name] ?? bytes));
    let sum = 0;
    for (const part of this.got.values()) sum += part;
    this.onbytes(Math.min(1, sum / this.total));
  }

  watch(promise) {
    promise.catch(this.break);
    return promise;
  }

  // The whole of a file as a Uint8Array.
  bytes(name) {
    return this.watch(open(name).then((response) => this.read(name, response)));
  }

  async read(name, response) {
    let buffer = new Uint8Array(this.sizes[name] ?? 65536);
    let size = 0;
    try {
      const reader = response.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        if (size + part.value.length > buffer.length) {
          const larger = new Uint8Array(Math.max(size + part.value.length, buffer.length * 2));
          larger.set(buffer.subarray(0, size));
          buffer = larger;
        }
        buffer.set(part.value, size);
        this.count(name, (size += part.value.length));
      }
    } catch (error) {
      throw new Failure("network", String(error), name);
    }
    this.whole(name, size);
    return buffer.subarray(0, size);
  }

  // A response for the browser's streaming compiler, its bytes counted as they pass. The compiler must have the
  // response itself (with a copy it could not keep compiled code for the next visit), so the copy is counted.
  compiling(name) {
    const opened = open(name).then((response) => {
      const copy = response.clone();
      this.counted.set(name, this.watch(this.drain(name, copy.body)));
      if ((response.headers.get("content-type") || "").startsWith("application/wasm")) return response;
      return new Response(response.body, { headers: { "content-type": "application/wasm" } });
    });
    return this.watch(opened);
  }

  async drain(name, stream) {
    let size = 0;
    try {
      const reader = stream.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        this.count(name, (size += part.value.length));
      }
    } catch (error) {
      throw new Failure("network", String(error), name);
    }
    this.whole(name, size);
  }

  // A proxy may end a file early without saying so, and a new version may be put up while we load the old one.
  whole(name, size) {
    const due = this.sizes[name] ?? size;
    if (size !== due) throw new Failure("network", `${size} of ${due} bytes came`, name);
  }

  // A JavaScript module. The browser does not say how far it is, so it counts when it is there.
  module(name) {
    return this.watch(
      import(new URL(name, document.baseURI).href).then(
        (module) => (this.count(name, this.sizes[name] ?? 0), module),
        (error) => {
          throw new Failure("missing", String(error), name);
        },
      ),
    );
  }
}
