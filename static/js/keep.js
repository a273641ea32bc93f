/** For people who have a seat: the browser keeps a page for when there is no line. Leaving the device ends it. */
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
  const home = (document.querySelector(".strip__title").href + location.href).match(/\/w\/[^/]+\//)?.[0]; // the workshop
  navigator.serviceWorker.ready.then(({ active }) => active.postMessage({ language: document.documentElement.lang, home }));
}
