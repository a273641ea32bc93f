// The line of those who want to speak: the list comes with the news; one's own place in it is known here.

const EVERY = 5; // seconds between two texts of the speaker's timer

export class Turns {
  constructor(main, words, announcer, board, offset) {
    this.words = words;
    this.announcer = announcer;
    this.board = board;
    this.offset = offset;
    this.person = main.dataset.person;
    this.address = main.dataset.own;
    this.number = this.place();
    this.speaks = this.isSpeaking();
    this.paused = this.isPaused();
    this.wasLost = false;
    setInterval(() => this.draw(), 1000);
  }

  isSpeaking() { return Boolean(document.querySelector(`#room-queue .is-now[data-person="${this.person}"]`)); }

  isPaused() { return Boolean(document.querySelector("#room-notices [data-pause]")); }

  place() {
    const waiting = [...document.querySelectorAll("#room-queue li:not(.is-now)")];
    return waiting.findIndex((item) => item.dataset.person === this.person) + 1;
  }

  // After every piece of news: the own place is told when it changes, one's turn at once, by every level of news.
  look() {
    const [speaks, number, paused] = [this.isSpeaking(), this.place(), this.isPaused()];
    if (speaks && !this.speaks) this.announcer.alarm(this.words.yourTurn);
    if (!speaks && this.speaks) this.announcer.alarm("");
    if (number && number !== this.number) this.announcer.say(this.inWords(number), "turn");
    if (paused && !this.paused) this.announcer.say(squeezed(document.querySelector("[data-pause]").textContent), "pause");
    const shown = document.querySelector("[data-own-place] b");
    if (shown && number) shown.textContent = this.inWords(number);
    [this.speaks, this.number, this.paused] = [speaks, number, paused];
    this.draw();
  }

  inWords(number) { return number === 1 ? this.words.youAreNext : this.words.yourPlace.replace("{n}", number); }

  draw() {
    const timer = document.querySelector("[data-turn-ends]");
    if (!timer) return;
    const left = Math.round(Number(timer.dataset.turnEnds) - (Date.now() + this.offset()) / 1000);
    const text = left > 0 ? this.words.turnLeft.replace("{n}", Math.ceil(left / EVERY) * EVERY) : this.words.turnOver;
    if (timer.textContent !== text) timer.textContent = text;
  }

  connected() {
    if (this.wasLost) this.fetch();
    this.wasLost = true;
  }

  // What only this person may see is in no frame: it is asked for. What they are writing there stays.
  async fetch() {
    const answer = await fetch(this.address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) return;
    const parts = document.createElement("template");
    parts.innerHTML = await answer.text();
    const told = parts.content.getElementById("room-told");
    told.remove();
    const place = document.getElementById("room-own");
    for (const said of this.newIn(told)) this.announcer.say(said, `message ${said}`);
    this.board.region({ id: "room-told", html: told.innerHTML });
    // A form that waits for its answer stays until it has it: without the form, the answer would have no page around it.
    if (place.querySelector(".htmx-request")) return place.addEventListener("htmx:afterRequest", () => this.fetch(), { once: true });
    if (look(place) === look(parts.content)) return; // the answer to one's own press was quicker
    const typed = [...place.querySelectorAll("textarea, input:not([type=hidden])")].map(({ id, value }) => [id, value]);
    const open = [...place.querySelectorAll("details[open]")].map(({ className }) => className);
    this.board.region({ id: "room-own", html: parts.innerHTML });
    for (const [id, value] of typed) if (value && document.getElementById(id)) document.getElementById(id).value = value;
    for (const name of open) place.querySelector(`details.${name}`)?.setAttribute("open", "");
  }

  // What was not shown before, as one line each.
  newIn(told) {
    const known = new Set([...document.querySelectorAll("#room-told [data-message]")].map(({ dataset }) => dataset.message));
    const fresh = [...told.querySelectorAll("[data-message]")].filter(({ dataset }) => !known.has(dataset.message));
    return fresh.map(({ textContent }) => squeezed(textContent));
  }
}

function squeezed(text) { return text.replace(/\s+/g, " ").trim(); }

function look(part) { return `${squeezed(part.textContent)} ${part.querySelectorAll("[aria-pressed=true]").length}`; }
