// Service worker, served as /sw.js: without a line a page that is opened becomes the offline page. It keeps that page
// and its style sheet, in one language, with the address of the workshop that one was in, and nothing else: words, names
// and numbers never lie here.

const KEPT = `offline-${EDITION}`; // EDITION: the line that the server puts above this file
const PAGE = "/offline/";
const WORKSHOP = /\/w\/[^/]+\//;
const SHEETS = /<link rel="stylesheet" href="([^"]+)"/g;

let turn = Promise.resolve();

// In turns: what an older page asked for and comes late must not lie above what a newer page got.
function keep(language, home = "") {
  turn = turn.catch(() => {}).then(() => fetchInto(language, home));
  return turn;
}

async function fetchInto(language, home) {
  const cache = await caches.open(KEPT);
  const known = await cache.match(PAGE);
  if (known && (!language || isLike(known, language, home))) return;
  const page = await fetch(`${PAGE}?${new URLSearchParams({ home })}`, { cache: "no-store" });
  if (!page.ok) return;
  const sheets = [...(await page.clone().text()).matchAll(SHEETS)].map((match) => match[1]);
  await cache.addAll(sheets);
  await cache.put(PAGE, page);
}

function isLike(page, language, home) {
  return page.headers.get("Content-Language") === language && (!home || page.headers.get("X-Home") === home);
}

async function forgetOlder() {
  for (const name of await caches.keys()) if (name.startsWith("offline-") && name !== KEPT) await caches.delete(name);
}

async function answer(request) {
  try {
    return await fetch(request);
  } catch (trouble) {
    const page = await caches.match(PAGE);
    if (page) return page;
    throw trouble;
  }
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder().then(() => self.clients.claim())));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data[0], (event.data[1] + event.source.url).match(WORKSHOP)?.[0]).catch(() => {})));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(answer(request));
  else if (request.destination === "style") event.respondWith(fetch(request).catch(() => caches.match(request)));
});
