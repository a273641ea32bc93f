// The page of a small group: a thread with a clock, notes, and a way back to everybody.

import { Announcer } from "app/announce";
import { Board } from "app/board";
import { Composer } from "app/composer";
import { watchLine } from "app/line";
import { Live } from "app/live";
import { Outbox } from "app/outbox";
import { tellRefusals } from "app/refusals";
import { Timer } from "app/timer";

const TWO = 120; // seconds before the end at which the group is told, and then once more
const AGAIN = 105;
const main = document.getElementById("main");
const words = { ...document.getElementById("words").dataset, gone: main.dataset.gone };
const announcer = new Announcer(words);
const board = new Board(main, words, announcer);
const outbox = new Outbox(main, words);
new Composer(main, outbox, words, announcer);
tellRefusals(announcer);
const live = new Live(main);

class GroupTimer extends Timer {
  tell(ends, left) {
    const moments = [["two", left <= TWO && left > AGAIN, main.dataset.two], ["again", left <= AGAIN && left > 60, main.dataset.twoAgain], ["end", left <= 0, this.words.leftNone]];
    document.getElementById("two-left").hidden = left > TWO || left <= 0;
    for (const [name, isNow, text] of moments) {
      const key = `${name}:${ends}`;
      if (!isNow || this.told.has(key)) continue;
      this.told.add(key);
      if (this.drawn === ends) announcer.say(text, "time");
    }
    this.drawn = ends;
  }

  draw() {
    super.draw();
    if (!document.querySelector("[data-timer]")) document.getElementById("two-left").hidden = true;
  }
}
new GroupTimer(words, announcer, () => live.offset);

live.addEventListener("news", ({ detail: pieces }) => {
  const wasOut = isOut();
  board.apply(pieces);
  const state = document.querySelector(".thread__state")?.dataset;
  const write = document.getElementById("write");
  if (write && state) write.hidden = state.accepts !== "yes" && !write.querySelector("textarea").value;
  if (wasOut && !isOut()) announcer.say(main.dataset.back, "back");
  offerNotes();
});
live.addEventListener("own", showTold);
watchLine({ main, words, announcer, board, live }, () => outbox.hurry());
live.addEventListener("gone", () => {
  keepTyped();
  for (const place of document.querySelectorAll("[data-private], #group-now")) place.replaceChildren();
  document.getElementById("line").hidden = true;
  document.getElementById("two-left").hidden = true;
  document.getElementById("group-gone").hidden = false;
});
outbox.addEventListener("sent", ({ detail: { item, posted } }) => {
  board.place({ id: posted.id, in: document.getElementById(posted.in) ? posted.in : `said-${item.dialogue}`, order: posted.order, html: posted.html }, true);
});

// What a host tells this person alone is in no frame: it is asked for.
async function showTold() {
  const answer = await fetch(main.dataset.own, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const parts = document.createElement("template");
  parts.innerHTML = await answer.text();
  const told = parts.content.getElementById("room-told");
  if (told) board.region({ id: told.id, html: told.innerHTML });
}

// What somebody is in the middle of writing stays in sight, to be copied.
function keepTyped() {
  const typed = [...document.querySelectorAll("[data-private] textarea")].map((field) => field.value.trim()).filter(Boolean);
  const kept = document.getElementById("group-typed");
  kept.value = typed.join("\n\n");
  kept.parentElement.hidden = !typed.length;
}

function isOut() { return document.querySelector("[data-out]")?.dataset.out === "yes"; }

// A host has given the notes to this person while the page was open.
function offerNotes() {
  const offer = document.querySelector("[data-write-notes]");
  if (offer) offer.hidden = document.querySelector("[data-note-taker]")?.dataset.noteTaker !== main.dataset.person;
}
