// The timer of a step, from the server's clock: a bar and words, told aloud only at half time and at the end.

export class Timer {
  constructor(words, announcer, offset) {
    this.words = words;
    this.announcer = announcer;
    this.offset = offset;
    this.told = new Set();
    setInterval(() => this.draw(), 1000);
    this.draw();
  }

  draw() {
    const timer = document.querySelector("[data-timer]");
    if (!timer) return;
    const paused = Number(timer.dataset.paused);
    const left = Math.round(Number(timer.dataset.ends) - (paused || (Date.now() + this.offset()) / 1000));
    const total = Number(timer.dataset.total) || 1;
    const bar = timer.querySelector("progress");
    if (bar) bar.value = Math.max(0, left);
    const text = paused ? this.words.paused.replace("{left}", this.inWords(left)) : this.inWords(left);
    const place = timer.querySelector("[data-timer-words]");
    if (place.textContent !== text) place.textContent = text;
    if (paused && this.paused !== paused && this.drawn) this.announcer.say(text, "time");
    this.paused = paused;
    if (!paused) this.tell(timer.dataset.ends, left, total);
  }

  inWords(left) {
    if (left <= 0) return this.words.leftNone;
    if (left < 60) return this.words.leftFew;
    if (left < 120) return this.words.leftOne;
    return this.words.leftMany.replace("{n}", Math.floor(left / 60));
  }

  tell(ends, left, total) {
    const moments = [["half", left <= total / 2 && left > 60], ["last", left <= 60 && left > 0], ["end", left <= 0]];
    for (const [name, isNow] of moments) {
      const key = `${name}:${ends}`;
      if (!isNow || this.told.has(key)) continue;
      this.told.add(key);
      // A page that opens in the middle of a step has missed nothing worth telling.
      if (this.drawn === ends) this.announcer.say(name === "half" ? this.words.half : this.inWords(left), "time");
    }
    this.drawn = ends;
  }
}
