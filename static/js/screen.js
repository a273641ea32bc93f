// The screen of the hall: no control, only what comes over the line. What does not fit is counted, never cut.

import { Live } from "app/live";
import { Timer } from "app/timer";

const main = document.getElementById("main");
const words = document.getElementById("words").dataset;
const line = document.getElementById("line");
const silent = { say() {} };
const live = new Live(main);

new Timer(words, silent, () => live.offset);
live.addEventListener("news", ({ detail: pieces }) => {
  for (const piece of pieces) put(piece);
});
live.addEventListener("here", ({ detail }) => put(detail));
live.addEventListener("line", ({ detail: isOn }) => {
  main.dataset.connected = isOn ? "yes" : "no";
  document.getElementById("line-words").textContent = words.offline;
  line.hidden = isOn;
});
live.addEventListener("gone", () => {
  main.dataset.connected = "no";
  for (const id of ["screen-main", "screen-foot", "screen-people"]) document.getElementById(id).replaceChildren();
  document.getElementById("line-words").textContent = words.gone;
  line.hidden = false;
});
addEventListener("resize", fit);
document.fonts.ready.then(fit);
fit();

function put(piece) {
  const place = document.getElementById(piece.id);
  if (!place) return;
  place.innerHTML = piece.html;
  if (piece.id === "screen-look") document.documentElement.dataset.theme = place.querySelector("[data-theme-is]").dataset.themeIs;
  fit();
}

// The newest cards stay; older ones go until all that is shown lies whole on the wall. A result is drawn smaller instead.
function fit() {
  const list = document.querySelector(".hs__cards");
  const board = document.querySelector(".hs__board");
  const place = document.getElementById("screen-main");
  for (let size = 1; board && size >= 0.4; size -= 0.1) {
    board.style.zoom = size;
    if (board.scrollHeight <= board.clientHeight + 1 && place.scrollHeight <= place.clientHeight + 1) break;
  }
  if (!list) return;
  const cards = [...list.children];
  for (const card of cards) card.hidden = false;
  tell(list, cards.length);
  while (cards.length > 0 && place.scrollHeight > place.clientHeight + 1) {
    cards.shift().hidden = true;
    tell(list, cards.length);
  }
}

function tell(list, shown) {
  const more = Number(list.dataset.count) - shown;
  const place = document.querySelector("[data-more]");
  place.hidden = more <= 0;
  place.textContent = more === 1 ? words.moreOne : words.moreMany.replace("{n}", more);
}
