// The console: its regions are drawn by the server; here they are put in place, and the clock runs.

import { Announcer } from "app/announce";
import { Board, focusAgain, focusedIn } from "app/board";
import { lead } from "app/hosts";
import { watchLine } from "app/line";
import { Live } from "app/live";
import { tellRefusals } from "app/refusals";

const main = document.getElementById("main");
const words = document.getElementById("words").dataset;
const announcer = new Announcer(words);
const board = new Board(main, words, announcer);
const live = new Live(main);
const people = document.getElementById("people");
let focused = null;

tellRefusals(announcer);
live.addEventListener("news", ({ detail: pieces }) => put(pieces));
live.addEventListener("here", ({ detail }) => put([detail]));
watchLine({ main, words, announcer, board, live });
document.body.addEventListener("htmx:beforeSwap", ({ target }) => { focused = focusedIn(target); });
document.body.addEventListener("htmx:afterSwap", ({ target }) => { if (focused) focusAgain(target, focused); });
setInterval(runClock, 1000);
dress();
lead(announcer, board);

// What somebody is choosing in a part of the page stays there: that part waits until they are done.
function put(pieces) {
  for (const piece of pieces) {
    const place = document.getElementById(piece.id);
    if (place?.contains(document.activeElement) && document.activeElement.matches("select, textarea")) {
      document.activeElement.addEventListener("blur", () => board.region(piece), { once: true });
    } else {
      board.region(piece);
    }
  }
  dress();
}

// A region is drawn once for all hosts; which list this one looks at is known here.
function dress() {
  for (const chip of people.querySelectorAll(".chip")) {
    const isCurrent = chip.dataset.place ? chip.dataset.place === people.dataset.place : chip.dataset.show === people.dataset.show && !people.dataset.place;
    if (isCurrent) chip.setAttribute("aria-current", "true");
    else chip.removeAttribute("aria-current");
  }
}

function runClock() {
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const now = Number(clock.dataset.paused) || (Date.now() + live.offset) / 1000;
  const left = Math.max(0, Math.round(Number(clock.dataset.ends) - now));
  clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  const bar = document.querySelector("#console-run progress");
  if (bar) bar.value = left;
}
