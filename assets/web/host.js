// What the page gives to game/host/browser.py: `window.shiqi`. Python passes callbacks for what happens by itself
// (a frame, a new size, a click of a screen reader), so that it never has to ask.
import { announce, describe } from "./mirror.js";
import { playOffline } from "./offline.js";
import { askText, pickFile } from "./panel.js";
import { addWheel } from "./runtime.js";
import { fail, hasFailed } from "./shell.js";
import { unzip } from "./unzip.js";
import { keepStill, watchView } from "./view.js";
import { canSpeak, speak } from "./voice.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");

function download(name, data, mime) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([data], { type: mime }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers read it only after asking the player
}

async function post(url, body, headers) {
  const response = await fetch(url, { method: "POST", body, headers, credentials: "same-origin" });
  const wait = response.headers.get("retry-after") ?? "";
  return { status: response.status, body: new Uint8Array(await response.arrayBuffer()), wait };
}

// The join code of an address like …/#join=CODE. Told once: who loads the page again is not asked again.
function invitation() {
  const told = new URLSearchParams(location.hash.slice(1)).get("join") ?? "";
  if (told) history.replaceState(history.state, "", location.pathname + location.search);
  return told;
}

async function share(png, text) {
  const files = [new File([png], "shiqi.png", { type: "image/png" })];
  if (!navigator.canShare?.({ files })) return false;
  try {
    await navigator.share({ files, text });
    return true;
  } catch {
    return false;
  }
}

// Browsers keep sound shut until the first tap or key, and iOS shuts it again after a call.
function unlockSound(host) {
  const open = () => {
    const sound = host.py?._module.SDL2?.audioContext;
    if (sound && sound.state !== "running") sound.resume().catch(() => {});
  };
  const options = { capture: true, passive: true };
  for (const name of ["pointerup", "touchend", "keydown"]) addEventListener(name, open, options);
}

// Late and when idle: the first visit's second helping of every file is not to be felt.
function whenQuiet(call) {
  setTimeout(() => (window.requestIdleCallback ?? setTimeout)(call, { timeout: 5000 }), 2000);
}

export function createHost(site, bytes) {
  const canvas = document.getElementById("canvas");
  const nothing = () => {};
  const extras = new Map();
  let onview = nothing;
  let onactivate = nothing;
  let onupdate = nothing;
  let view = null;
  let updating = false;
  let offline = { apply: nothing };
  let showReady;

  const host = {
    version: site.version,
    py: null, // the running Pyodide
    store: null, // null: the player plays without saving
    ready: new Promise((resolve) => (showReady = resolve)), // the first frame is on screen

    // Call back when it is time to draw, with seconds. Never in a hidden window, never after a failure.
    frame(callback) {
      if (showReady) {
        performance.mark("first-frame");
        dispatchEvent(new Event("shiqi:frame"));
        showReady();
        showReady = null;
      }
      requestAnimationFrame((time) => hasFailed() || callback(time / 1000));
    },
    stop(error) {
      fail(error);
    },
    listen(view_, activate, update) {
      [onview, onactivate, onupdate] = [view_, activate, update];
      onview(...view);
      if (updating) onupdate();
    },
    describe(json) {
      describe(JSON.parse(json), (id) => onactivate(id));
    },
    // A package that the start does not wait for. Asked twice, fetched once.
    extra(name) {
      if (!extras.has(name)) {
        const coming = bytes(`runtime/${name}.whl`)
          .then(unzip)
          .then((wheel) => addWheel(host.py, wheel));
        extras.set(name, coming);
        coming.catch(() => extras.delete(name));
      }
      return extras.get(name);
    },
    reducedMotion: () => still.matches,
    languages: () => [...navigator.languages],
    vibrate: (ms) => navigator.vibrate?.(ms),
    mark: (name) => void performance.mark(name),
    applyUpdate: () => offline.apply(),
    announce,
    askText,
    canSpeak,
    download,
    invitation,
    pickFile,
    post,
    share,
    speak,
  };

  keepStill(canvas);
  unlockSound(host);
  watchView(canvas, (now) => {
    view = now;
    onview(...view);
  });
  host.ready.then(() => whenQuiet(() => (offline = playOffline(() => ((updating = true), onupdate())))));
  window.shiqi = host;
  return host;
}
