// The canvas in the window: its size in CSS pixels, how many canvas pixels go on one of them, what notches cover.
//
// The canvas always fills the window (shell.css). pygame sets the size of its bitmap to width × ratio by
// height × ratio; SDL maps pointers by the two sizes, so they land right at any ratio.
const MOST_RATIO = 2;
const MOST_PIXELS = 4_200_000; // more than a software renderer can fill at every frame

export function watchView(canvas, onchange) {
  const insets = document.getElementById("insets");
  let last = "";

  function measure() {
    const box = canvas.getBoundingClientRect();
    const width = Math.max(1, Math.round(box.width));
    const height = Math.max(1, Math.round(box.height));
    const ratio = Math.max(0.5, Math.min(devicePixelRatio || 1, MOST_RATIO, Math.sqrt(MOST_PIXELS / (width * height))));
    const style = getComputedStyle(insets);
    const padding = [style.paddingTop, style.paddingRight, style.paddingBottom, style.paddingLeft].map(parseFloat);
    const view = [width, height, ratio, ...padding];
    if (String(view) === last) return;
    last = String(view);
    onchange(view);
  }

  // The pixel ratio changes with zoom and when the window goes to another screen.
  function watchRatio() {
    const same = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    same.addEventListener("change", () => (measure(), watchRatio()), { once: true });
  }

  new ResizeObserver(measure).observe(canvas);
  addEventListener("resize", measure);
  addEventListener("orientationchange", () => setTimeout(measure, 100)); // the insets turn a moment later
  watchRatio();
  measure();
}

// The page itself never scrolls, zooms, selects or opens a menu under a carving finger.
export function keepStill(canvas) {
  const prevent = (event) => event.preventDefault();
  canvas.addEventListener("contextmenu", prevent);
  canvas.addEventListener("dragstart", prevent);
  canvas.addEventListener("selectstart", prevent);
  for (const name of ["gesturestart", "gesturechange"]) document.addEventListener(name, prevent); // Safari's pinch
  addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { passive: false });
  canvas.addEventListener("pointerdown", () => canvas.focus({ preventScroll: true }));
}
