// The room: news goes to the board, unless somebody is in the middle of writing and the step changes under them.

import { Announcer } from "app/announce";
import { Answers } from "app/answers";
import { Board, focusAgain, focusedIn } from "app/board";
import { Composer } from "app/composer";
import { watchLine } from "app/line";
import { Live } from "app/live";
import { Outbox } from "app/outbox";
import { tellRefusals } from "app/refusals";
import { Timer } from "app/timer";
import { Turns } from "app/turns";

const main = document.getElementById("main");
const words = document.getElementById("words").dataset;
const announcer = new Announcer(words);
const board = new Board(main, words, announcer);
const outbox = new Outbox(main, words);
const composer = new Composer(main, outbox, words, announcer);
const live = new Live(main);
new Timer(words, announcer, () => live.offset);
const answers = new Answers(document.getElementById("room-answer"), document.querySelector(".now__in")?.dataset);
tellRefusals(announcer);
const turns = new Turns(main, words, announcer, board, () => live.offset);

if (document.body.matches(".room--host")) import("app/hosts").then(({ lead }) => lead(announcer, board));

const bar = document.getElementById("newstep");
let heldBack = new Map();
const faceDown = new Map();
let focused = null;

live.addEventListener("news", ({ detail: pieces }) => {
  const now = pieces.find((piece) => piece.id === "room-now");
  const next = now && board.element(now.html)?.dataset;
  if (next && next.dialogue !== composer.dialogue && isBusy()) return holdBack(pieces, next);
  const isBack = next && next.dialogue === document.querySelector(".now__in")?.dataset.dialogue;
  if (!heldBack.size) return show(pieces);
  if (!isBack) return holdBack(pieces);
  for (const piece of pieces) heldBack.set(piece.id, piece); // the press that changed the step was undone
  showHeld();
});
live.addEventListener("here", ({ detail }) => board.region(detail));
live.addEventListener("own", () => turns.fetch());
watchLine({ main, words, announcer, board, live }, () => {
  outbox.hurry();
  answers.again();
  turns.connected();
});
outbox.addEventListener("sent", ({ detail: { posted } }) => showOwn(posted));
document.getElementById("newstep-go").addEventListener("click", () => {
  showHeld();
  document.getElementById("question")?.focus();
});
document.body.addEventListener("htmx:beforeSwap", ({ target }) => { focused = focusedIn(target); });
document.body.addEventListener("htmx:afterSwap", ({ target }) => { if (focused) focusAgain(target, focused); });
main.addEventListener("focusin", ({ target }) => { if (target.id === "speak-note") import("app/drafts"); });
main.addEventListener("click", (event) => {
  const link = event.target.closest(".say__answer");
  if (link && composer.answer(link.closest(".say"))) event.preventDefault();
});

// In the middle of a sentence, reading the cards with the keyboard, or further down.
function isBusy() {
  return composer.isDirty || isBelow() || document.querySelector("#room-wall :focus-visible");
}

// Reading where the question is out of sight: a step that changed there would take away what is read, unseen. Hosts
// who are just pressing for it, or could still undo it, know.
function isBelow() {
  const presses = document.querySelector("#room-controls :is(.htmx-request, [data-undo])");
  return !presses && document.getElementById("question").getBoundingClientRect().bottom < 0;
}

function show(pieces) {
  const before = { ...document.querySelector(".now__in")?.dataset };
  board.apply(pieces);
  turns.look();
  const now = document.querySelector(".now__in")?.dataset;
  if (!now) return;
  composer.retarget(now);
  answers.follow(now);
  answers.heard(pieces);
  if (now.state !== before.state) turns.fetch();
  if (now.dialogue !== before.dialogue) announcer.say(words.step.replace("{title}", now.title), "step");
  else if (now.phase && now.phase !== before.phase) announcer.say(now.phase, "step");
  tidyOwn(now.dialogue);
}

// Face-down words of one's own stay in sight until all are turned over; then they lie among the others.
function tidyOwn(dialogue) {
  const section = document.getElementById("room-mine");
  const list = section.querySelector("ul");
  const isHidden = document.querySelector(".wall__in")?.dataset.hidden === "yes";
  if (list.children.length) faceDown.set(list.id, [...list.children]); // for when the turning over is undone
  list.id = `mine-${dialogue || "none"}`;
  list.replaceChildren(...(isHidden && faceDown.get(list.id) || []));
  section.hidden = !list.children.length;
}

function showOwn(posted) {
  board.place({ id: posted.id, in: posted.in, order: posted.order, html: posted.html }, true);
  board.dress();
  const section = document.getElementById("room-mine");
  section.hidden = !section.querySelector("li");
  if (document.getElementById("speak-name")) turns.fetch(); // a guest who has just given a name
}

// What belongs to a list that is still before somebody's eyes goes there at once: words may have been taken back.
function holdBack(pieces, next) {
  const here = (piece) => piece.in && document.getElementById(piece.in);
  board.apply(pieces.filter(here));
  for (const piece of pieces) if (!here(piece)) heldBack.set(piece.id, piece);
  if (!next) return;
  const text = next.state === "closed" ? words.over : words.step.replace("{title}", next.title);
  document.getElementById("newstep-words").textContent = text;
  bar.parentElement.toggleAttribute("data-over", isBelow());
  bar.hidden = false;
  announcer.say(text, "step");
}

function showHeld() {
  const pieces = [...heldBack.values()];
  heldBack = new Map();
  bar.hidden = true;
  show(pieces);
}
