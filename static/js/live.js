// The live line: one socket that only delivers, a cursor, and the same news over HTTP when no socket opens.
// The frames are described in docs/protocol.md.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;
const HEARTBEAT_LATE = 25000;
const SEEN_EVERY = 2000;
const POLL_EVERY = 5000;
const BAR_AFTER = 4000;
const [WRONG_PROTOCOL, SIGNED_OUT, REMOVED] = [4400, 4401, 4403];

export class Live extends EventTarget {
  constructor(main) {
    super();
    this.socketPath = main.dataset.socket;
    this.newsPath = main.dataset.news;
    this.cursor = Number(main.dataset.head);
    this.epoch = main.dataset.epoch;
    this.offset = 0; // server time minus ours, in milliseconds
    this.tick(Number(main.dataset.now));
    this.failures = 0;
    this.seenAt = 0;
    addEventListener("online", () => this.connect());
    addEventListener("offline", () => this.again()); // an open socket would notice only when a heartbeat is missing
    addEventListener("pagehide", () => this.stop());
    addEventListener("pageshow", (event) => { if (event.persisted) this.again(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.connect(); });
    this.watch = setInterval(() => this.check(), 1000);
    this.barShown = false;
    this.lostAt = performance.now();
    this.connect();
  }

  connect() {
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    clearTimeout(this.retry);
    this.stopped = false;
    const address = `${location.protocol.replace("http", "ws")}//${location.host}${this.socketPath}`;
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.onmessage = (event) => { if (socket === this.socket) this.hear(JSON.parse(event.data)); };
    socket.onclose = (event) => { if (socket === this.socket) this.closed(event.code); };
  }

  hear(said) {
    this.heardAt = performance.now();
    this.tick(said.now);
    if (said.t === "hello") {
      this.failures = 0;
      if (said.epoch !== this.epoch) return this.fresh();
      this.ask();
    } else if (said.t === "news") {
      this.take(said);
    } else if (said.t === "hb") {
      // Frames may still be on their way: ask only when they have not come by the next beat.
      if (said.head > this.cursor && this.behind === this.cursor) this.ask();
      this.behind = said.head > this.cursor ? this.cursor : -1;
      if (said.head <= this.cursor) this.whole();
    } else if (said.t === "resync") {
      this.fresh();
    } else if (said.t === "move") {
      this.move(said.in);
    } else if (said.t === "own" || said.t === "here") {
      this.dispatchEvent(new CustomEvent(said.t, { detail: said }));
    }
  }

  // The device's own clock may be wrong by a day.
  tick(now) {
    if (now) this.offset = now - Date.now();
  }

  ask() {
    this.say({ t: "since", after: this.cursor, epoch: this.epoch });
    clearTimeout(this.answered);
    this.answered = setTimeout(() => this.whole(), 300); // nothing was missing, so nothing comes
  }

  take(said) {
    if (said.through <= this.cursor) return;
    if (said.after > this.cursor) return this.ask();
    this.cursor = said.through;
    this.dispatchEvent(new CustomEvent("news", { detail: said.pieces }));
    this.whole();
    if (performance.now() - this.seenAt > SEEN_EVERY) this.seen();
    else if (!this.seenSoon) this.seenSoon = setTimeout(() => this.seen(), SEEN_EVERY);
  }

  seen() {
    clearTimeout(this.seenSoon);
    this.seenSoon = null;
    this.seenAt = performance.now();
    this.say({ t: "seen", through: this.cursor });
  }

  say(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  whole() {
    clearTimeout(this.answered);
    this.lostAt = null;
    if (this.connected) return;
    this.connected = true;
    this.dispatchEvent(new CustomEvent("line", { detail: true }));
  }

  lost() {
    this.lostAt ??= performance.now();
    this.connected = false;
  }

  closed(code) {
    if (!this.hasOtherRoad) this.lost();
    if (this.stopped) return;
    if (code === REMOVED || code === SIGNED_OUT) return this.changed();
    if (code === WRONG_PROTOCOL) return this.fresh();
    this.failures += 1;
    if (this.failures >= 3) this.poll();
    const most = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.failures - 1));
    this.retry = setTimeout(() => this.connect(), Math.random() * most);
  }

  get address() { return `${this.newsPath}${this.newsPath.includes("?") ? "&" : "?"}after=${this.cursor}&epoch=${this.epoch}`; }

  get hasOtherRoad() { return this.polledAt !== undefined && performance.now() - this.polledAt < 2 * POLL_EVERY; }

  // Without a socket (a proxy that knows none, a process that starts): the same frames by plain requests.
  async poll() {
    clearTimeout(this.polling);
    if (this.connected && this.socket?.readyState === WebSocket.OPEN) return;
    try {
      const answer = await fetch(this.address, { headers: { Accept: "application/json" } });
      if (answer.status === 403 || answer.status === 404) return this.gone();
      if (answer.ok) {
        const said = await answer.json();
        if (said.t === "resync") return this.fresh();
        this.tick(said.now);
        this.polledAt = performance.now();
        this.take(said);
        this.whole();
      }
    } catch {
      this.lost();
    }
    if (this.failures >= 3) this.polling = setTimeout(() => this.poll(), POLL_EVERY);
  }

  check() {
    const now = performance.now();
    if (this.socket?.readyState === WebSocket.OPEN && now - this.heardAt > HEARTBEAT_LATE) this.again();
    const isOff = this.lostAt !== null && now - this.lostAt > BAR_AFTER;
    if (isOff !== this.barShown) {
      this.barShown = isOff;
      this.dispatchEvent(new CustomEvent("line", { detail: !isOff && this.connected }));
    }
  }

  again() {
    this.lost();
    const old = this.socket;
    this.socket = null;
    old?.close();
    this.connect();
  }

  // The process at the other end is about to end. Its moment is ours alone, so that not everybody comes back at once.
  move(after) {
    const socket = this.socket;
    setTimeout(() => { if (socket === this.socket && !this.stopped) this.again(); }, after);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.retry);
    this.socket?.close();
  }

  // The page is too old to be mended piece by piece. Drafts and unsent words are kept on the device.
  fresh() {
    const last = Number(sessionStorage.getItem("fresh") || 0);
    const wait = Date.now() - last < 10000 ? 10000 : Math.random() * 1000;
    setTimeout(() => { sessionStorage.setItem("fresh", Date.now()); location.reload(); }, wait);
  }

  // Closed on purpose: with another role a fresh page shows another view, without any the person is told.
  async changed() {
    this.stop();
    const answer = await fetch(this.address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.status === 403 || answer?.status === 404) this.gone();
    else this.fresh();
  }

  gone() {
    this.stop();
    clearInterval(this.watch);
    this.dispatchEvent(new CustomEvent("gone"));
  }
}
