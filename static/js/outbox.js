// The outbox: words wait in IndexedDB until the server has them, whatever happens to the page or the line.
// Three states are told apart: waiting (no line), sending, failed (refused; the text stays until thrown away).

const NAME = "coproduction";
const RETRIES = [1000, 2000, 5000, 10000, 15000];
const SENT_SHOWN = 6000;
const MENDABLE = new Set(["needs_name", "too_long", "bad_text"]); // refusals that another word or two put right

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("outbox", { keyPath: "client_id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store(mode, use) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("outbox", mode);
    const request = use(transaction.objectStore("outbox"));
    transaction.oncomplete = () => { database.close(); resolve(request?.result); };
    transaction.onerror = () => { database.close(); reject(transaction.error); };
  });
}

// A browser that refuses IndexedDB (some private windows do) may still have the smaller storage.
const spare = (id) => `outbox:${id}`;

function readSpare() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(spare(""))).map((key) => JSON.parse(localStorage[key]));
  } catch { return []; }
}

const make = (name, properties) => Object.assign(document.createElement(name), properties);

export class Outbox extends EventTarget {
  constructor(main, words) {
    super();
    this.person = main.dataset.person;
    this.csrf = main.dataset.csrf;
    this.words = words;
    this.items = new Map();
    this.list = document.getElementById("outbox");
    this.sent = document.getElementById("sent");
    this.tries = 0;
    this.takesBack = () => false; // a composer says here whether it has put the words back into its field
    this.list?.addEventListener("click", (event) => this.pressed(event));
    addEventListener("online", () => this.hurry());
    this.ready = this.load();
  }

  async load() {
    let kept = [];
    try { kept = await store("readonly", (box) => box.getAll()); } catch { /* what the spare storage has is read below */ }
    for (const item of [...kept, ...readSpare()]) {
      if (item.person !== this.person) continue;
      if (item.state === "sending") item.state = "waiting";
      this.items.set(item.client_id, item);
    }
    this.draw();
    this.send();
  }

  async add(item) {
    await this.ready;
    const kept = { ...item, person: this.person, state: this.tries ? "waiting" : "sending", at: Date.now() };
    this.items.set(kept.client_id, kept);
    if (this.sent) this.sent.hidden = true; // that the card before has arrived says nothing of this one
    await this.keep(kept);
    this.draw();
    this.send();
  }

  async keep(item) {
    try { return await store("readwrite", (box) => box.put(item)); } catch { /* the spare storage is next */ }
    try { localStorage[spare(item.client_id)] = JSON.stringify(item); } catch { this.isVolatile = true; }
  }

  async forget(item) {
    this.items.delete(item.client_id);
    try { await store("readwrite", (box) => box.delete(item.client_id)); } catch { /* it was never in there */ }
    try { localStorage.removeItem(spare(item.client_id)); } catch { /* nor here */ }
    this.draw();
  }

  hurry() {
    this.tries = 0;
    this.send();
  }

  get unsent() {
    return [...this.items.values()].filter((item) => item.state !== "failed").sort((a, b) => a.at - b.at);
  }

  // One after the other, oldest first, so that the order in which somebody wrote is kept.
  async send() {
    if (this.isSending) return;
    this.isSending = true;
    clearTimeout(this.later);
    try {
      for (let item = this.unsent[0]; item; item = this.unsent[0]) {
        if (!this.tries) item.state = "sending"; // later tries are quiet: what waits does not flicker
        this.draw();
        if (!await this.post(item)) {
          await this.waitForBetter();
          break;
        }
        this.tries = 0;
      }
    } finally {
      this.isSending = false;
    }
    this.draw();
  }

  async waitForBetter() {
    const pause = RETRIES[Math.min(this.tries, RETRIES.length - 1)];
    this.later = setTimeout(() => this.send(), pause);
    this.tries += 1;
    for (const item of this.unsent) {
      item.state = "waiting";
      await this.keep(item);
    }
  }

  // True when the server has answered for good, with a yes or a no.
  async post(item) {
    let answer, posted;
    try {
      answer = await fetch(item.url, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": this.csrf },
        body: new URLSearchParams(item.fields),
        signal: AbortSignal.timeout(10000),
      });
      if (answer.ok) posted = await answer.json();
    } catch {
      return false; // no line, a line that broke off in the middle, or a page of the hotel's instead of our answer
    }
    if (answer.status >= 500 || answer.status === 429) return false;
    if (posted) {
      await this.forget(item);
      this.dispatchEvent(new CustomEvent("sent", { detail: { item, posted } }));
      this.showSent(posted.id);
      return true;
    }
    const refusal = await answer.json().catch(() => ({ error: "refused", text: this.words.failed }));
    if (MENDABLE.has(refusal.error) && this.takesBack(item, refusal)) {
      await this.forget(item);
      return true;
    }
    item.state = "failed";
    item.reason = refusal.text;
    await this.keep(item);
    this.dispatchEvent(new CustomEvent("failed", { detail: { item, refusal } }));
    return true;
  }

  // The card may lie far down the table: say where, for a moment.
  showSent(id) {
    if (!this.sent) return;
    this.sent.querySelector("a").href = `#${id}`;
    this.sent.hidden = false;
    clearTimeout(this.sentShown);
    this.sentShown = setTimeout(() => { this.sent.hidden = true; }, SENT_SHOWN);
  }

  pressed(event) {
    const button = event.target.closest("button[data-do]");
    const item = button && this.items.get(button.closest("li").dataset.id);
    if (!item) return;
    if (button.dataset.do === "again") { item.state = "sending"; this.draw(); this.hurry(); }
    if (button.dataset.do === "copy") this.copy(item, button);
    if (button.dataset.do === "drop") this.forget(item);
  }

  async copy(item, button) {
    await navigator.clipboard?.writeText(item.fields.body);
    button.textContent = this.words.copied;
  }

  draw() {
    if (!this.list) return;
    const items = [...this.items.values()].sort((a, b) => a.at - b.at);
    const shown = JSON.stringify(items.map(({ client_id, state, reason }) => [client_id, state, reason]));
    if (shown === this.shown) return;
    this.shown = shown;
    const at = this.list.querySelector("button:focus-visible");
    const same = at && `[data-id="${at.closest("li").dataset.id}"] [data-do="${at.dataset.do}"]`;
    this.list.hidden = items.length === 0;
    this.list.replaceChildren(...items.map((item) => this.row(item)));
    if (!at) return;
    const next = this.list.querySelector(same) ?? this.list.querySelector("button");
    (next ?? document.getElementById("composer-body")).focus();
  }

  row(item) {
    const waiting = this.isVolatile ? this.words.volatile : this.words.waiting;
    const said = { sending: this.words.sending, waiting, failed: item.reason || this.words.failed };
    const row = make("li", { className: `outbox__item outbox__item--${item.state}` });
    row.dataset.id = item.client_id;
    row.append(
      make("p", { className: "outbox__words", dir: "auto", textContent: item.fields.body }),
      make("p", { className: "outbox__state", textContent: said[item.state] }),
    );
    if (item.state !== "sending") row.append(this.buttons(item));
    return row;
  }

  buttons(item) {
    const place = make("p", { className: "row" });
    const wanted = [["again", this.words.again], ["copy", this.words.copy]];
    if (item.state === "failed") wanted.push(["drop", this.words.drop]);
    for (const [name, textContent] of wanted) {
      const button = make("button", { type: "button", className: "btn btn--quiet btn--small", textContent });
      button.dataset.do = name;
      place.append(button);
    }
    return place;
  }
}
