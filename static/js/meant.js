// What others said back of one's own words, fetched anew: loaded only where words are said back. What is being told about
// another sentence is left alone.

let later = 0;

export function ask(place, spread) {
  clearTimeout(later);
  later = setTimeout(() => fetchAnew(place), Math.random() * spread);
}

async function fetchAnew(place) {
  if (isBusy(place)) return;
  const view = document.getElementById("main").dataset.live;
  const headers = { "HX-Request": "true" };
  const answer = await fetch(`${place.dataset.address}?view=${view}`, { headers }).catch(() => null);
  if (!answer?.ok || isBusy(place)) return;
  place.innerHTML = await answer.text();
  window.htmx?.process(place);
}

function isBusy(place) {
  const isTyped = (field) => field.value !== field.defaultValue;
  return place.contains(document.activeElement) || [...place.querySelectorAll("textarea")].some(isTyped);
}
