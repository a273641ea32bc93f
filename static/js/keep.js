// For people who have a seat: the browser keeps a page for when there is no line. Leaving the device ends it.
const worker = navigator.serviceWorker;
worker?.register("/sw.js").catch(() => {});
worker?.ready.then(({ active }) => active.postMessage([document.documentElement.lang, document.querySelector(".strip__title").href]));
