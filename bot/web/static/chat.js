// The chat page: joins input, outbox, log and later replies.

import { Composer } from "./composer.js";
import { Outbox } from "./outbox.js";
import { Log } from "./render.js";
import { keep, request, usesToken } from "./session.js";
import { Later } from "./stream.js";

const SENDING = "正在发送…";
const WAITING = {
  offline: () => "没有连上网络。您的话已存好，连上后自动发送。",
  fast: (seconds) => `您发得有点快，${Math.ceil(seconds)} 秒后自动再发。`,
  server: () => "系统暂时存不下您的话。已在本机存好，稍后自动再发。",
};

const body = document.body;
const isEmbed = body.classList.contains("embed");
const log = new Log(document.getElementById("log"));
const statusLine = document.getElementById("status");
const strip = document.getElementById("editing");
const said = { sending: "", line: "" }; // what the status line could say; sending comes first
let editing = null; // the id of the own message that is being corrected
let lineTimer = 0;

function say(which, sentence) {
  said[which] = sentence;
  const text = said.sending || said.line;
  if (statusLine.textContent !== text) statusLine.textContent = text;
}

// --- where the page stands

function isAtEnd() {
  return document.documentElement.scrollHeight - innerHeight - scrollY < 240;
}

function toEnd(behavior = "auto") {
  scrollTo({ top: document.documentElement.scrollHeight, behavior });
}

function reveal(bubble) {
  const isTall = bubble.offsetHeight > innerHeight * 0.55;
  bubble.scrollIntoView({ block: isTall ? "start" : "nearest" });
}

// Until it is pressed or the reply is on the screen anyway.
function offerNewer(bubble) {
  const old = document.querySelector(".newer");
  if (old) old.remove();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button newer";
  button.textContent = "有新回复 ↓";
  button.addEventListener("click", () => {
    button.remove();
    reveal(bubble);
    bubble.focus({ preventScroll: true });
  });
  document.querySelector(".ask").append(button);
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting && button.isConnected) return;
    button.remove();
    seen.disconnect();
  }, { rootMargin: "0px 0px -100px" });
  seen.observe(bubble);
}

// --- sending

const outbox = new Outbox({
  waiting(message, seconds, why) {
    log.state(bubbleOf(message), "等待重发…");
    say("sending", WAITING[why](seconds));
  },
  answered(message, replies) {
    log.state(bubbleOf(message), message.content.edits ? "已更正" : "");
    say("sending", "");
    offerEdit(); // first: it makes the page longer
    replies.forEach((reply) => reveal(log.bubble(reply.seq) || log.showReply(reply)));
    later.start();
  },
  refused(message, sentence) {
    const { text, on, action } = message.content;
    say("sending", "");
    log.state(bubbleOf(message), "没有发出去", true);
    if (action) log.markPressed(on, action, false);
    if (text && !composer.text) composer.fill(text);
    composer.complain(sentence);
  },
});

function bubbleOf(message) {
  return message.content.edits || message.id;
}

// Whether a reply answers what this page is sending: by stream it may come before the response.
function isAwaited(reply) {
  return outbox.queue.some((one) => String(one.content.on || bubbleOf(one)) === reply.message);
}

function send(text) {
  const content = editing ? { text, edits: editing } : { text };
  show(outbox.add(content));
  stopEditing();
  toEnd();
}

// A message that is on its way, now or since before the page was loaded anew.
function show(message) {
  const { text, on, action } = message.content;
  if (action) {
    log.markPressed(on, action, true);
    say("sending", SENDING);
    return;
  }
  const bubble = log.own(bubbleOf(message)) || log.showOwn(message.id, text);
  bubble.querySelector(".text").textContent = text;
  log.state(bubbleOf(message), SENDING);
}

function press(button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  const on = Number(button.closest("[data-seq]").dataset.seq);
  show(outbox.add({ action: button.value, on }));
}

// --- correcting what was said last

function offerEdit() {
  const old = document.querySelector(".own .quiet");
  if (old) old.remove();
  const bubble = log.lastOwn();
  if (!bubble || bubble.classList.contains("failed")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "改一改";
  button.addEventListener("click", () => startEditing(bubble));
  bubble.append(button);
}

function startEditing(bubble) {
  editing = bubble.dataset.id;
  strip.hidden = false;
  composer.fill(bubble.querySelector(".text").textContent);
  composer.field.focus();
}

function stopEditing() {
  editing = null;
  strip.hidden = true;
}

document.getElementById("cancel").addEventListener("click", () => {
  stopEditing();
  composer.fill("");
  composer.field.focus();
});

// --- replies that come later

const later = new Later(Number(body.dataset.cursor), {
  reply(reply) {
    if (log.has(reply.seq)) return;
    const fromElsewhere = /-/.test(reply.message) && !log.own(reply.message);
    if (fromElsewhere) return loadHistory(); // asked on another page of the same person
    const wasAtEnd = isAtEnd();
    const bubble = log.showReply(reply);
    if (wasAtEnd || isAwaited(reply)) reveal(bubble);
    else offerNewer(bubble);
  },
  connected() {
    clearTimeout(lineTimer);
    lineTimer = 0;
    say("line", "");
  },
  disconnected() {
    if (lineTimer === 0) lineTimer = setTimeout(() => say("line", "连接断开，正在重连…"), 2500);
  },
});

async function loadHistory() {
  const response = await request("history").catch(() => null); // offline: the stream comes back to it
  if (!response || !response.ok) return;
  const { items, cursor } = await response.json();
  log.showHistory(items);
  later.cursor = Math.max(later.cursor, cursor);
  outbox.queue.forEach(show);
  begin();
}

function begin() {
  if (!log.isEmpty) {
    offerEdit();
    later.start();
    toEnd("instant");
  }
}

// --- events of the page

const composer = new Composer(Number(body.dataset.limit), send);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=action], button[name=text]");
  if (!button) return;
  event.preventDefault(); // it is a form for browsers without scripts
  if (button.name === "text") send(button.value);
  else press(button);
});

// A token does not travel with a link: fetch the file and hand it over.
async function download(anchor) {
  const response = await request(anchor.getAttribute("href").replace("api/v1/", ""));
  if (!response.ok) return say("line", (await response.json()).error.message);
  const address = URL.createObjectURL(await response.blob());
  const saved = Object.assign(document.createElement("a"), { href: address, download: anchor.download });
  saved.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

document.addEventListener("click", (event) => {
  const anchor = event.target.closest(".file a");
  if (!anchor || !usesToken()) return;
  event.preventDefault();
  download(anchor);
});

function close() {
  parent.postMessage("zhengwen:close", "*"); // says nothing that others must not hear
}

if (isEmbed) {
  document.getElementById("close").addEventListener("click", close);
  addEventListener("message", (event) => {
    if (event.source === parent && event.data === "zhengwen:opened") {
      composer.field.focus({ preventScroll: true }); // the greeting comes first
    }
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  if (editing) document.getElementById("cancel").click();
  else if (isEmbed) close();
});

// iOS lays its keyboard over the page instead of making the page smaller.
if (window.visualViewport) {
  const fit = () => {
    const { height, offsetTop, scale } = visualViewport;
    const covered = scale > 1.01 ? 0 : Math.max(0, innerHeight - height - offsetTop);
    document.documentElement.style.setProperty("--keyboard", covered + "px");
  };
  visualViewport.addEventListener("resize", fit);
  visualViewport.addEventListener("scroll", fit);
}

outbox.queue.forEach(show);
outbox.start();
if (isEmbed && keep.get("zhengwen.token")) loadHistory();
else begin();
