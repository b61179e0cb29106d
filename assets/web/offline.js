// The service worker: registered once the game is up, so that it takes nothing from the start. A newer version of
// the game is fetched in the background and waits until the player takes it.
const HOUR = 3_600_000;

export function playOffline(onready) {
  const container = navigator.serviceWorker;
  if (!container) return { apply() {} };
  let waiting = null;

  const offer = (worker) => {
    waiting = worker;
    onready();
  };

  function watch(registration) {
    if (registration.waiting && container.controller) offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const fresh = registration.installing;
      fresh?.addEventListener("statechange", () => {
        if (fresh.state === "installed" && container.controller) offer(fresh); // without controller: the first visit
      });
    });
    setInterval(() => registration.update().catch(() => {}), HOUR); // a classroom may never reload
  }

  const refused = (error) => console.warn("shiqi: no offline play:", error);
  container.register(new URL("worker.js", document.baseURI)).then(watch, refused);
  return {
    apply() {
      if (!waiting) return;
      container.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage("take over");
    },
  };
}
