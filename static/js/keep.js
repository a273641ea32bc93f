// For people who have a seat: the browser keeps a page for when there is no line.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
  navigator.serviceWorker.ready.then(({ active }) => active.postMessage({
    language: document.documentElement.lang, places: document.querySelector(".strip__title").href + location,
  }));
}
