// The composer: keeps what is being written on the device, and hands it to the outbox. It lies outside every
// region that is drawn anew, so nobody's words or caret are ever touched by what others do.

const inHex = (byte) => byte.toString(16).padStart(2, "0");
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), inHex).join(""); // without https there is no randomUUID

const SECOND_PRESS = 1500; // milliseconds in which a shaking hand presses twice

export class Composer {
  constructor(main, outbox, words, announcer) {
    this.form = document.querySelector("[data-composer]");
    if (!this.form) return;
    this.outbox = outbox;
    this.words = words;
    this.announcer = announcer;
    this.person = main.dataset.person;
    this.text = this.form.elements.body;
    this.name = this.form.elements.name;
    this.error = document.getElementById("composer-error");
    this.choices = document.getElementById("choices")?.innerHTML;
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.text.addEventListener("input", () => this.keepDraft());
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
    outbox.takesBack = (item, refusal) => this.takeBack(item, refusal);
    outbox.addEventListener("sent", (event) => this.wasSent(event.detail));
    outbox.addEventListener("failed", () => announcer.alarm(words.notSent));
    this.form.addEventListener("click", (event) => { if (event.target.closest("[data-answer-off]")) this.answer(null); });
    if (!this.text.value) this.text.value = this.draft(document.querySelector(".now__in")?.dataset.note);
  }

  // In the room an answer is written in the same place as everything else; a line says whom it answers.
  answer(item) {
    const line = this.form.querySelector(".composer__to");
    if (!line) return false;
    this.form.querySelector("[name=reply_to]")?.remove();
    line.hidden = !item;
    if (!item) return true;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "reply_to", value: item.id.replace("said-", "") });
    this.form.append(field);
    line.firstElementChild.textContent = this.words.answering.replace("{name}", item.querySelector("bdi").textContent);
    this.text.focus();
    return true;
  }

  get isDirty() { return Boolean(this.form && this.text.value.trim()); }

  get dialogue() { return this.form?.dataset.dialogue ?? ""; }

  key() { return `draft:${this.person}:${this.dialogue}`; }

  // A note that somebody wrote for themselves in the step before comes along, and is then the draft of this one.
  draft(note) {
    try {
      const own = localStorage.getItem(this.key());
      if (own || !note) return own || "";
      const from = `draft:${this.person}:${note}`;
      const text = localStorage.getItem(from) || "";
      if (text) localStorage.setItem(this.key(), text);
      localStorage.removeItem(from);
      return text;
    } catch { return ""; }
  }

  keepDraft() {
    this.complain("");
    this.storeDraft(this.key());
  }

  storeDraft(key) {
    const text = key === this.key() ? this.text.value : "";
    try {
      if (text) localStorage.setItem(key, text);
      else localStorage.removeItem(key);
    } catch { /* a browser without storage keeps words only as long as the page */ }
  }

  submit(event) {
    event.preventDefault();
    const pass = event.submitter?.dataset.pass;
    const body = pass || this.text.value;
    if (!body.trim()) {
      this.text.focus();
      const isSecondPress = performance.now() - this.sentAt < SECOND_PRESS;
      return isSecondPress ? undefined : this.complain(this.words.empty);
    }
    const fields = Object.fromEntries(new FormData(this.form));
    delete fields.csrfmiddlewaretoken; // kept words may be sent by a later page, which has a newer one
    const client_id = newId();
    const item = { client_id, url: this.form.action, dialogue: this.dialogue, fields: { ...fields, body, client_id } };
    const key = this.key();
    const isKept = this.outbox.add(item);
    if (pass) return;
    this.sentAt = performance.now();
    this.text.value = "";
    this.answer(null);
    this.complain("");
    this.text.focus();
    isKept.then(() => this.storeDraft(key)); // only now: until then the draft is the only copy on the device
  }

  complain(text) {
    this.error.hidden = !text;
    this.error.textContent = text;
    this.text.toggleAttribute("aria-invalid", Boolean(text));
    if (text) this.text.setAttribute("aria-describedby", "composer-error");
    else this.text.removeAttribute("aria-describedby");
  }

  // What can be mended comes back into the field, before what has been written since. Words for another question stay
  // in the outbox: here they would be sent to this one.
  takeBack(item, refusal) {
    if (item.dialogue !== this.dialogue) return false;
    const waits = this.form.contains(document.activeElement) && !this.text.value;
    this.text.value = [item.fields.body, this.text.value].filter(Boolean).join("\n");
    this.keepDraft();
    const needsName = refusal.error === "needs_name";
    if (needsName) this.showName(true);
    // Who waits is taken to the name, whose label asks for it. Who writes on or looks elsewhere is told, and left there.
    this.complain(refusal.text);
    if (waits && needsName) this.name?.focus();
    return true;
  }

  wasSent({ posted }) {
    if (posted.name) this.showName(false);
    this.announcer.say(this.words.sent, "sent");
  }

  showName(isShown) {
    const field = this.form.querySelector(".composer__name");
    if (!field) return;
    if (!isShown) field.remove();
    else field.hidden = false;
  }

  // The step has changed and nobody is in the middle of a sentence: the composer now belongs to the new one.
  retarget(now) {
    if (!this.form) return;
    const dock = document.getElementById("dock");
    if (dock) dock.hidden = now.accepts !== "yes";
    const choices = document.getElementById("choices").innerHTML; // the headings that one chooses from here
    if (choices !== this.choices) this.form.querySelector("[data-headings]").innerHTML = this.choices = choices;
    if (!now.dialogue) return;
    this.form.querySelector("[data-promise]").textContent = now.promise; // it changes when the cards are turned over
    if (now.dialogue === this.dialogue) return;
    this.form.action = now.post;
    this.form.dataset.dialogue = now.dialogue;
    this.form.querySelector("[data-invitation]").textContent = now.invitation;
    this.form.querySelector("[data-send]").textContent = now.send;
    const pass = this.form.querySelector("[data-pass]");
    if (pass) pass.hidden = now.pass !== "yes";
    const name = this.form.querySelector(".composer__name");
    if (name) name.hidden = now.named !== "yes";
    this.complain("");
    this.answer(null);
    this.text.value = this.draft(now.note);
  }
}
