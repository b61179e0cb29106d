// A slip laid over the game: a line to type, or a button to choose a file with. Being DOM, it has every input
// method, the clipboard and the phone's keyboard. Keys pressed here are kept from SDL, which listens on the window
// and would swallow them; only their release passes, so that no key stays down for the game.
import words from "./words.js";

function make(tag, properties, ...inside) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
}

// Show `label` and `inside` with OK and cancel; resolves with accept() or null, when the slip is gone.
function ask(label, inside, accept, acceptWord) {
  document.getElementById("panel")?.close();
  const cancel = make("button", { type: "button", className: "button", textContent: words.cancel });
  const go = make("button", { className: "button main", textContent: acceptWord, autofocus: true });
  const form = make(
    "form",
    {},
    make("label", {}, label, ...inside),
    make("div", { className: "buttons" }, cancel, go),
  );
  const panel = make("dialog", { id: "panel" }, form);
  for (const name of ["keydown", "keypress"]) panel.addEventListener(name, (event) => event.stopPropagation());
  return new Promise((resolve) => {
    let answer = null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer = accept();
      panel.close();
    });
    cancel.addEventListener("click", () => panel.close());
    panel.addEventListener("close", () => {
      panel.remove();
      document.getElementById("canvas").focus({ preventScroll: true });
      resolve(answer);
    });
    document.body.append(panel);
    panel.showModal();
  });
}

export function askText(prompt, initial, secret) {
  const input = make("input", {
    type: secret ? "password" : "text",
    value: initial,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: false,
    enterKeyHint: "done",
  });
  // An Enter that ends a composition chooses a word: it is not meant for the form.
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
  });
  const answer = ask(prompt, [input], () => input.value, words.done);
  input.focus();
  input.select();
  return answer;
}

// A file the player chooses: { name, bytes } or null. The browser lets a page ask only as an answer to a tap or a
// key; the game hears of those a frame later, when the browser may no longer count it, and then a slip asks for one.
let unanswered = () => {};

export async function pickFile(accept) {
  unanswered(null);
  if (navigator.userActivation && !navigator.userActivation.isActive) {
    const chosen = await ask(words.chooseFrom, [], () => choose(accept), words.choose);
    return readChosen(await chosen);
  }
  return readChosen(await choose(accept));
}

function choose(accept) {
  const input = make("input", { type: "file", hidden: true });
  // Phones do not know our endings and would grey out the very files that are meant.
  if (matchMedia("(pointer: fine)").matches) input.accept = accept;
  document.body.append(input);
  return new Promise((resolve) => {
    unanswered = resolve;
    input.addEventListener("change", () => resolve(input.files[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  }).finally(() => input.remove());
}

async function readChosen(file) {
  return file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null;
}
