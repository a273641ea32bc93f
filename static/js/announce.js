// What is said aloud to those who hear the page: rarely, in one short sentence, never while somebody types.

const APART = 8000;
const AFTER_KEY = 3000;
const MOST_HEARD = 5; // cards in one go
const LONGEST_HEARD = 120; // signs of one card

export class Announcer {
  constructor(words) {
    this.words = words;
    this.region = document.getElementById("announce");
    this.alarmRegion = document.getElementById("alarm");
    this.last = -APART;
    this.keyAt = -AFTER_KEY;
    this.count = 0;
    this.texts = new Map();
    this.heard = [];
    this.level = document.documentElement.dataset.news; // quiet, summary or everything, as the reader chose
    document.addEventListener("keydown", () => { this.keyAt = performance.now(); }, true);
    setInterval(() => this.speak(), 500);
  }

  // `cards` are the elements that came; only who asked for everything hears who said what.
  arrived(cards) {
    this.count += cards.length;
    if (this.level === "everything") this.heard.push(...cards.map(inOneLine));
  }

  // Only the newest of one topic waits to be said; of two topics, both.
  say(text, topic) { this.texts.set(topic, text); }

  // The end of it all: said at once, at every level.
  tell(text) { this.region.textContent = text; }

  // Only for words that could not be sent, and for “Your turn to speak”: everything else can wait.
  alarm(text) { this.alarmRegion.textContent = text; }

  speak() {
    const now = performance.now();
    if (this.level === "quiet") return this.forget();
    if ((!this.count && !this.texts.size) || now - this.last < APART || now - this.keyAt < AFTER_KEY) return;
    const news = this.count === 1 ? this.words.newOne : this.words.newMany.replace("{n}", this.count);
    const counted = this.count ? [`${news}.`] : [];
    this.region.textContent = [...this.texts.values(), ...counted, ...this.heard.slice(0, MOST_HEARD)].join(" ");
    this.last = now;
    this.forget();
  }

  forget() {
    this.count = 0;
    this.texts.clear();
    this.heard = [];
  }
}

function inOneLine(card) {
  const words = card.querySelector(".card__words")?.textContent.trim() ?? "";
  const heard = words.slice(0, LONGEST_HEARD) + (words[LONGEST_HEARD] ? " …" : "");
  return `${card.querySelector("bdi")?.textContent ?? ""}: ${heard}`;
}
