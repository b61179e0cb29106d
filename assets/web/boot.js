// From the first paint to the first frame of the game.
import { Files } from "./files.js";
import { createHost } from "./host.js";
import { addWheel, startCore, startGame, withoutEval } from "./runtime.js";
import { Failure, fail, hasFailed, leave, progress } from "./shell.js";
import { openStore } from "./store.js";
import { unzip } from "./unzip.js";

// How the whole way divides: bytes first, then steps whose length is known only from having been measured.
const BYTES = 0.7;
const BEFORE = { core: 0, library: 0.06, pygame: 0.18, game: 0.24 };

// The player's store; null if the browser refuses and the player would rather play without.
function store(host) {
  return openStore(() => host.stop(new Failure("moved"))).catch(
    (error) =>
      new Promise((resolve) => {
        fail(error, "storage", () => resolve(null));
      }),
  );
}

async function boot() {
  const site = JSON.parse(document.getElementById("site").textContent);
  const archive = document.documentElement.dataset.archive;
  const core = ["pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs", "python_stdlib.zip", "pygame.whl", "em_asm.js"];
  const wanted = [...core.map((name) => `runtime/${name}`), archive];
  let fetched = 0;
  let step = "core";
  const show = () => hasFailed() || progress(fetched < 1 ? "fetch" : step, BYTES * fetched + BEFORE[step]);
  const begin = (name, done) => {
    step = name;
    performance.mark(done);
    show();
  };
  const files = new Files(site.files, wanted, (fraction) => {
    if (fraction === 1 && fetched < 1) performance.mark("fetched");
    fetched = fraction;
    show();
  });
  show();
  const host = createHost(site, (name) => files.bytes(name));
  files.broken.catch((error) => host.stop(error)); // at once, not only when its turn comes below
  const opened = store(host);
  const starting = startCore(files, () => begin("library", "compiled"), (error) => host.stop(error));
  const table = files.module("runtime/em_asm.js");
  const pygame = files.bytes("runtime/pygame.whl").then(unzip);
  const game = files.bytes(archive).then(unzip);
  for (const promise of [opened, starting, pygame, game]) promise.catch(() => {}); // awaited below, in this order
  const py = await starting;
  host.py = py;
  py.canvas.setCanvas2D(document.getElementById("canvas"));
  begin("pygame", "core");
  withoutEval((await table).default(py._module));
  await addWheel(py, await pygame);
  host.store = await opened;
  begin("game", "pygame");
  startGame(
    py,
    await game,
    () => host.stop(new Failure("crash", "the game ended")),
    (type, trace) => host.stop(new Failure(type === "MemoryError" ? "memory" : host.store ? "crash" : "lost", trace)),
  );
}

// The game's first frame is drawn: uncover it.
addEventListener("shiqi:frame", leave, { once: true });
const here = new URL(".", document.baseURI).href;
addEventListener("error", (event) => event.error && event.filename.startsWith(here) && window.shiqi?.stop(event.error));

if (!window.tooOld) boot().catch((error) => (window.shiqi ? window.shiqi.stop(error) : fail(error)));
