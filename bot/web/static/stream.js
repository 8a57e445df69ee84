// Replies that come later: a stream while the page is visible, polling where streams do not work.

import { request } from "./session.js";

const POLL = 10000;
const SILENCE = 60000; // the server speaks every 20 seconds; longer means that the line is dead
const FIRST_WORD = 10000; // and at once when it begins; a proxy that holds it back is no use
const TRIES = 3; // then polling
const MOST_POLLS = 30; // then a stream is tried again

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// listener: reply(reply), connected(), disconnected()
export class Later {
  constructor(cursor, listener) {
    this.cursor = cursor;
    this.listener = listener;
    this.started = false;
    this.lost = false;
    this.abort = null;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.abort) this.abort.abort(); // a browser opens few connections
    });
  }

  async start() {
    if (this.started) return;
    this.started = true;
    let failures = 0;
    for (;;) {
      await visible();
      failures = failures < TRIES ? await this.streamOnce(failures) : await this.pollOnce(failures);
    }
  }

  // Each gives the number of failures in a row afterwards; TRIES and more means polling.
  async streamOnce(failures) {
    const connected = await this.stream();
    if (document.hidden) return failures; // closed by ourselves
    this.listener.disconnected();
    const now = connected ? 0 : failures + 1;
    await sleep(1000 * 2 ** now);
    return now;
  }

  async pollOnce(failures) {
    const ok = await this.poll();
    const wasLost = this.lost;
    this.lost = !ok;
    if (ok) this.listener.connected();
    else this.listener.disconnected();
    if (ok && wasLost) return 0; // the network is back, perhaps streams are too
    await sleep(POLL);
    return failures > MOST_POLLS ? 0 : failures + 1;
  }

  take(reply) {
    this.cursor = Math.max(this.cursor, reply.seq);
    this.listener.reply(reply);
  }

  // Whether it was connected at all.
  async stream() {
    this.abort = new AbortController();
    let connected = false;
    let silence;
    const abort = this.abort;
    const expect = (patience) => {
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), patience);
    };
    try {
      expect(FIRST_WORD);
      const headers = { "Last-Event-ID": String(this.cursor) };
      const response = await request("stream", { headers, signal: abort.signal });
      if (!response.ok || !response.body) return false;
      for await (const event of events(response.body.getReader(), () => expect(SILENCE))) {
        if (!connected) this.listener.connected();
        connected = true;
        if (event) this.take(JSON.parse(event));
      }
    } catch (error) {
      return connected; // the line broke; the caller tries again
    } finally {
      clearTimeout(silence);
    }
    return connected;
  }

  async poll() {
    try {
      const response = await request("messages?after=" + this.cursor);
      if (!response.ok) return false;
      (await response.json()).replies.forEach((reply) => this.take(reply));
      return true;
    } catch (error) {
      return false; // no connection; the caller tries again
    }
  }
}

function visible() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener("visibilitychange", function check() {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", check);
      resolve();
    });
  });
}

// The data of each event; an empty string for comments and whatever else keeps the line alive.
async function* events(reader, alive) {
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    alive();
    const parts = (rest + decoder.decode(value, { stream: true })).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const lines = part.split("\n").filter((line) => line.startsWith("data: "));
      yield lines.map((line) => line.slice(6)).join("\n");
    }
  }
}
