// What is on the canvas, mirrored as invisible elements for assistive technology (see shell.css).
const mirror = document.getElementById("mirror");
const canvas = document.getElementById("canvas");
const nodes = new Map();

function set(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

// `targets`: [id, role, label, x, y, width, height, focused, disabled, checked] each, in reading order. Only what
// differs is touched, so that a screen reader keeps its place.
export function describe(targets, onclick) {
  const roles = new Map(targets.map(([id, role]) => [id, role]));
  for (const [id, node] of nodes) {
    if (roles.get(id) === node.dataset.role) continue;
    node.remove();
    nodes.delete(id);
  }
  let focused = null;
  let place = mirror.firstElementChild;
  for (const [id, role, label, x, y, width, height, hasFocus, disabled, checked] of targets) {
    let node = nodes.get(id);
    if (!node) {
      node = document.createElement("div");
      node.id = `target ${id}`.replace(/\s/g, "-");
      node.dataset.role = role;
      node.tabIndex = -1;
      if (role !== "text") node.setAttribute("role", role);
      if (role === "heading") node.setAttribute("aria-level", "2");
      node.addEventListener("click", () => node.getAttribute("aria-disabled") === "true" || onclick(id));
      nodes.set(id, node);
    }
    if (role === "text") {
      if (node.textContent !== label) node.textContent = label;
    } else set(node, "aria-label", label);
    set(node, "aria-disabled", disabled ? "true" : null);
    const state = role === "checkbox" || role === "radio" ? "aria-checked" : "aria-selected";
    set(node, state, checked === null ? null : String(checked));
    const box = `${x} ${y} ${width} ${height}`;
    if (node.dataset.box !== box) {
      node.dataset.box = box;
      node.style.transform = `translate(${x}px, ${y}px)`;
      node.style.width = `${width}px`;
      node.style.height = `${height}px`;
    }
    if (hasFocus) focused = node.id;
    if (node === place) place = place.nextElementSibling;
    else mirror.insertBefore(node, place);
  }
  set(canvas, "aria-activedescendant", focused);
}

const live = document.getElementById("live");

// The same words twice are a change only if something else changes: a space no one hears.
export function announce(text) {
  live.textContent = live.textContent === text ? `${text}\u00a0` : text;
}
