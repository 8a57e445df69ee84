// Replies that come later: a stream while the page is visible, polling where streams do not work.

import { request } from "./session.js";

const POLL = 10000;
const SILENCE = 60000; // the server speaks every 20 seconds; longer means that the line is dead
const TRIES = 3; // then polling

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// listener: reply(reply), connected(), disconnected()
export class Later {
  constructor(cursor, listener) {
    this.cursor = cursor;
    this.listener = listener;
    this.started = false;
    this.abort = null;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.abort) this.abort.abort(); // a browser opens few connections
    });
  }

  async start() {
    if (this.started) return;
    this.started = true;
    for (let failures = 0; ; ) {
      await visible();
      const ok = failures < TRIES ? await this.stream() : await this.poll();
      if (document.hidden) continue;
      failures = ok && failures < TRIES ? 0 : failures + 1;
      if (ok === false) this.listener.disconnected();
      await sleep(ok && failures >= TRIES ? POLL : Math.min(1000 * 2 ** failures, POLL));
      if (failures > TRIES + 30) failures = 0; // try a stream again now and then
    }
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
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => this.abort.abort(), SILENCE);
    };
    try {
      alive();
      const headers = { "Last-Event-ID": String(this.cursor) };
      const response = await request("stream", { headers, signal: this.abort.signal });
      if (!response.ok || !response.body) return false;
      for await (const event of events(response.body.getReader(), alive)) {
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
      this.listener.connected();
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
