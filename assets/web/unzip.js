// A zip archive taken apart: path -> Uint8Array, folders left out. Reads what Python's zipfile writes: stored or
// deflated entries, no zip64, no encryption. Runs while the core is still loading, so it costs no time.
export async function unzip(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let end = data.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error("not a zip archive");
  const text = new TextDecoder();
  const files = new Map();
  const waiting = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error("a zip archive with a broken directory");
    const method = view.getUint16(at + 10, true);
    const packed = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const name = text.decode(data.subarray(at + 46, at + 46 + nameLength));
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (name.endsWith("/")) continue;
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const body = data.subarray(start, start + packed);
    if (method === 0) files.set(name, body);
    else if (method === 8) waiting.push(inflate(body).then((whole) => files.set(name, whole)));
    else throw new Error(`${name}: zip method ${method}`);
  }
  await Promise.all(waiting);
  return files;
}

async function inflate(body) {
  const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Write unzipped files under `root` of the core's file system.
export function lay(files, FS, root) {
  const made = new Set();
  for (const [name, data] of files) {
    const path = `${root}/${name}`;
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (!made.has(folder)) {
      FS.mkdirTree(folder);
      made.add(folder);
    }
    FS.writeFile(path, data);
  }
}
