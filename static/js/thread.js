// The thread: works without this script; with it, news arrives by itself and unsent words are kept.

import { Announcer } from "app/announce";
import { Answers } from "app/answers";
import { Board } from "app/board";
import { Composer } from "app/composer";
import { watchLine } from "app/line";
import { Live } from "app/live";
import { Outbox } from "app/outbox";

const main = document.getElementById("main");
const words = document.getElementById("words").dataset;
const announcer = new Announcer(words);
const board = new Board(main, words, announcer);
const outbox = new Outbox(main, words);
new Composer(main, outbox, words, announcer);
const live = new Live(main);
const answers = new Answers(document.getElementById("thread-answer"), document.querySelector(".thread__state")?.dataset);

live.addEventListener("news", ({ detail: pieces }) => {
  board.apply(pieces);
  const state = document.querySelector(".thread__state")?.dataset;
  answers.follow(state);
  answers.heard(pieces);
  const write = document.getElementById("write");
  if (write && state) write.hidden = state.accepts !== "yes" && !write.querySelector("textarea").value;
});
watchLine({ main, words, announcer, board, live }, () => {
  outbox.hurry();
  answers.again();
});
outbox.addEventListener("sent", ({ detail: { item, posted } }) => {
  board.place({ id: posted.id, in: document.getElementById(posted.in) ? posted.in : `said-${item.dialogue}`, order: posted.order, html: posted.html }, true);
});
