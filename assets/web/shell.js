// The loading picture and the failure pages.
import words, { language } from "./words.js";

// Why the game cannot go on: `kind` is a key of words.failures, `detail` goes under a fold, `file` is named.
export class Failure extends Error {
  constructor(kind, detail, file) {
    super(detail || kind);
    this.kind = kind;
    this.file = file;
  }
}

const OUT_OF_MEMORY = /out of memory|MemoryError|could not allocate|allocation failed|cannot allocate|\bOOM\b/i;

// Of anything thrown, the Failure that says it best.
export function understand(error, kind = "error") {
  if (error instanceof Failure) return error;
  let detail = String(error?.stack || error?.message || error);
  if (error?.message && !detail.includes(error.message)) detail = `${error.message}\n${detail}`; // Safari's stacks
  if (OUT_OF_MEMORY.test(detail)) return new Failure("memory", detail);
  if (error instanceof WebAssembly.CompileError && kind === "error") return new Failure("old", detail);
  return new Failure(kind, detail);
}

const shell = document.getElementById("shell");
const loading = document.getElementById("loading");
const failure = document.getElementById("failure");
const step = document.getElementById("step");
const percent = document.getElementById("percent");
const bar = document.getElementById("bar");
const cuts = [...document.querySelectorAll("#glyph .cut")];

let failed = false;
let furthest = 0;

document.documentElement.lang = language === "zh" ? "zh-CN" : "en";

// Carve the glyph to `fraction` (0..1) of its length, stroke after stroke, never backwards.
function carve(fraction) {
  furthest = Math.max(furthest, Math.min(1, fraction));
  let begun = 0;
  for (const cut of cuts) {
    const share = Number(cut.dataset.share);
    cut.style.strokeDashoffset = 1 - Math.min(1, Math.max(0, (furthest - begun) / share));
    begun += share;
  }
  bar.firstElementChild.style.transform = `scaleX(${furthest})`;
  const whole = Math.floor(furthest * 100);
  bar.setAttribute("aria-valuenow", whole);
  percent.textContent = `${whole}%`;
}

export function progress(name, fraction) {
  if (step.textContent !== words.steps[name]) step.textContent = words.steps[name];
  carve(fraction);
}

// Uncover the game. The picture is taken away for good once it has faded.
export function leave() {
  if (failed || shell.classList.contains("leaving")) return;
  carve(1);
  shell.classList.add("leaving");
  setTimeout(() => failed || shell.remove(), 400);
}

export const hasFailed = () => failed;

// Show what went wrong. Only the first failure shows: what follows it is its echo. `instead` = what the second
// button does, for failures whose words name one.
export function fail(error, kind, instead) {
  const why = understand(error, kind);
  console.error(`shiqi: ${why.kind}:`, error);
  if (failed || window.tooOld) return;
  failed = true;
  const [title, text, otherwise] = words.failures[why.kind];
  const make = (tag, className, content) => {
    const element = document.createElement(tag);
    element.className = className;
    element.append(content);
    return element;
  };
  const buttons = make("div", "buttons", "");
  const retry = make("button", "button main", words.retry);
  retry.addEventListener("click", () => location.reload());
  buttons.append(retry);
  if (otherwise && instead) {
    const other = make("button", "button", otherwise);
    other.addEventListener("click", () => {
      failed = false;
      failure.hidden = true;
      loading.hidden = false;
      shell.classList.remove("failed");
      instead();
    });
    buttons.append(other);
  }
  failure.replaceChildren(make("h1", "", title), make("p", "", text));
  if (why.file) failure.append(make("p", "file", `${words.file} · ${why.file}`));
  failure.append(buttons);
  if (why.message && why.message !== why.kind) {
    const fold = document.createElement("details");
    fold.append(make("summary", "", words.details), make("pre", "", why.message.trim().slice(-1500)));
    failure.append(fold);
  }
  document.getElementById("panel")?.close();
  loading.hidden = true;
  failure.hidden = false;
  shell.classList.add("failed");
  shell.classList.remove("leaving");
  if (!shell.isConnected) document.body.append(shell);
  retry.focus({ preventScroll: true });
}
