// The service worker: all files of one version, fetched once, served from then on without the network.
const VERSION = "__VERSION__";
const FILES = __PRECACHE__;
const OURS = `shiqi ${registration.scope} `; // caches belong to the origin: leave those of other sites on it alone
const NAME = OURS + VERSION;

addEventListener("install", (event) => {
  // "no-cache": ask the server whether what the browser has kept is still good, so that versions never mix.
  const requests = FILES.map((url) => new Request(new URL(url, registration.scope), { cache: "no-cache" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(requests)));
});

addEventListener("activate", (event) => {
  const old = (name) => name.startsWith(OURS) && name !== NAME;
  const drop = (names) => Promise.all(names.filter(old).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop));
});

addEventListener("message", (event) => event.data === "take over" && skipWaiting());

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !request.url.startsWith(registration.scope)) return;
  url.search = url.hash = "";
  if (url.href === `${registration.scope}index.html`) url.href = registration.scope; // the page is kept under one name
  event.respondWith(
    caches
      .open(NAME)
      .then((cache) => cache.match(url.href, { ignoreVary: true }))
      .then((kept) => kept ?? fetch(request)),
  );
});
