// Messages on their way: kept until the server has acknowledged them, sent one after the other.
// Every try carries the same id, so the server answers a message once.

import { keep, newId, post } from "./session.js";

const PREFIX = "zhengwen.pending.";
const LONGEST = 30; // seconds between two tries

function stored() {
  return keep.keys()
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => JSON.parse(keep.get(key)))
    .sort((a, b) => a.order - b.order);
}

const FAILED = "没有发出去，请稍后再试。";

// listener: waiting(message, seconds, why), answered(message, replies), refused(message, sentence)
export class Outbox {
  constructor(listener) {
    this.listener = listener;
    this.queue = stored();
    this.order = this.queue.reduce((most, one) => Math.max(most, one.order), Date.now());
    this.running = false;
    this.skipWait = () => {};
    window.addEventListener("online", () => this.skipWait());
  }

  add(content) {
    const message = { id: newId(), order: ++this.order, content };
    keep.set(PREFIX + message.id, JSON.stringify(message));
    this.queue.push(message);
    this.start();
    return message;
  }

  async start() {
    if (this.running) return;
    this.running = true;
    while (this.queue.length > 0) await this.deliver(this.queue[0]);
    this.running = false;
  }

  async deliver(message) {
    for (let tries = 0; ; tries++) {
      const outcome = await attempt(message);
      if (outcome.replies) return this.done(message, "answered", outcome.replies);
      if (outcome.sentence) return this.done(message, "refused", outcome.sentence);
      const seconds = outcome.seconds || Math.min(LONGEST, 2 ** tries);
      await this.wait(message, seconds, outcome.why);
    }
  }

  done(message, event, result) {
    keep.remove(PREFIX + message.id);
    this.queue.shift();
    this.listener[event](message, result);
  }

  async wait(message, seconds, why) {
    this.listener.waiting(message, seconds, why);
    await new Promise((resolve) => {
      this.skipWait = why === "offline" ? resolve : () => {};
      setTimeout(resolve, seconds * 1000);
    });
  }
}

// {replies} when answered, {sentence} when refused for good, {seconds, why} when to be tried again.
async function attempt(message) {
  let response;
  let body;
  try {
    response = await post("messages", Object.assign({ id: message.id }, message.content));
    body = await response.json();
  } catch (error) {
    return { why: "offline" }; // no connection, or it broke half-way
  }
  if (response.ok) return { replies: body.replies };
  const seconds = Number(response.headers.get("Retry-After"));
  if (response.status === 429) return { why: "fast", seconds };
  if (response.status >= 500) return { why: "server", seconds };
  return { sentence: body.error ? body.error.message : FAILED };
}
