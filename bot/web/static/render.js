// Bubbles. items.html builds the same elements on the server: change both.
// Texts only ever become text nodes.

const LINK = /(https?:\/\/[A-Za-z0-9\-._~:/?#[\]@!$&*+;=%]*[A-Za-z0-9\-_~/#&=%])/;

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function link(address) {
  const anchor = make("a", "", address);
  anchor.href = address;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function linked(element, text) {
  text.split(LINK).forEach((piece, at) => {
    if (piece) element.append(at % 2 ? link(piece) : piece);
  });
  return element;
}

function block({ text, style }) {
  if (style !== "full") {
    return linked(make(style === "quote" ? "blockquote" : "p", "block " + style), text);
  }
  const folded = make("details", "block full");
  folded.append(make("summary", "", "看全文"), linked(make("p"), text));
  return folded;
}

// The anchor itself works by cookie; where there is a token, `download` fetches with it.
function file({ id, name }) {
  const line = make("p", "block file");
  const anchor = make("a", "", name);
  anchor.href = "api/v1/files/" + encodeURIComponent(id);
  anchor.download = name;
  if (name.endsWith(".png")) {
    anchor.textContent = "";
    anchor.append(Object.assign(document.createElement("img"), { src: anchor.href, alt: name }));
  }
  line.append(anchor);
  return line;
}

function buttonRow(row, pressed) {
  const line = make("div", "row");
  for (const { label, action, note } of row) {
    const button = make("button", "button choice", label);
    if (note) button.append(make("span", "note", note));
    button.type = "button";
    button.name = "action";
    button.value = action;
    button.disabled = Boolean(pressed);
    button.classList.toggle("pressed", action === pressed);
    line.append(button);
  }
  return line;
}

function time(createdAt) {
  const [, month, day, clock] = /^\d+-0?(\d+)-0?(\d+)T(\d\d:\d\d)/.exec(createdAt);
  const element = make("time", "", `${month}月${day}日 ${clock}`);
  element.dateTime = createdAt;
  return element;
}

function replyParts(reply) {
  const parts = [make("p", "sr", "答复："), ...reply.blocks.map(block), ...reply.documents.map(file)];
  if (reply.buttons.length > 0) {
    const group = make("div", "buttons");
    group.append(...reply.buttons.map((row) => buttonRow(row, reply.pressed)));
    parts.push(group);
  }
  return [...parts, time(reply.created_at)];
}

export class Log {
  constructor(element) {
    this.element = element;
    this.replies = new Map(); // seq → its bubble; a bubble keeps the seqs that it showed before
    for (const bubble of element.querySelectorAll("[data-seq]")) {
      this.replies.set(Number(bubble.dataset.seq), bubble);
    }
  }

  get isEmpty() {
    return this.element.childElementCount === 0;
  }

  own(id) {
    return id ? this.element.querySelector(`.own[data-id="${CSS.escape(id)}"]`) : null;
  }

  lastOwn() {
    const all = this.element.querySelectorAll(".own");
    return all[all.length - 1] || null;
  }

  showOwn(id, text) {
    const bubble = make("article", "msg own");
    bubble.dataset.id = id;
    bubble.append(make("p", "sr", "您说："), make("p", "text", text), make("p", "state"));
    this.element.append(bubble);
    return bubble;
  }

  state(id, text, failed = false) {
    const bubble = this.own(id);
    if (!bubble) return;
    bubble.querySelector(".state").textContent = text;
    bubble.classList.toggle("failed", failed);
  }

  has(seq) {
    return this.replies.has(seq);
  }

  bubble(seq) {
    return this.replies.get(seq) || null;
  }

  // The bubble, in the place of an earlier one if the reply says so, else below its question.
  showReply(reply) {
    const known = this.replies.get(reply.replaces);
    const bubble = known || make("article", "msg reply");
    const hadFocus = bubble.contains(document.activeElement);
    bubble.tabIndex = -1;
    bubble.dataset.seq = reply.seq;
    bubble.textContent = "";
    bubble.append(...replyParts(reply));
    this.replies.set(reply.seq, bubble);
    if (!known) this.place(bubble, this.own(reply.message));
    if (hadFocus) bubble.focus({ preventScroll: true });
    return bubble;
  }

  place(bubble, question) {
    let before = question ? question.nextElementSibling : null;
    while (before && !before.classList.contains("own")) before = before.nextElementSibling;
    this.element.insertBefore(bubble, before);
  }

  // All of a conversation anew, without a screen reader reading it out.
  showHistory(items) {
    this.element.setAttribute("aria-live", "off");
    this.element.textContent = "";
    this.replies.clear();
    items.forEach((item) => this.showItem(item));
    setTimeout(() => this.element.setAttribute("aria-live", "polite"), 100);
  }

  showItem(item) {
    if (item.kind === "reply") {
      this.showReply(Object.assign({}, item, { replaces: null, message: "" })); // stands where it is
      return;
    }
    this.showOwn(item.id, item.text);
    if (item.corrected) this.state(item.id, "已更正");
  }

  // The pressed button keeps the focus, so that the next Tab leads on from here.
  markPressed(seq, action, isPressed) {
    const bubble = this.replies.get(seq);
    if (!bubble || Number(bubble.dataset.seq) !== seq) return;
    for (const button of bubble.querySelectorAll("button[name=action]")) {
      const chosen = button.value === action;
      button.classList.toggle("pressed", isPressed && chosen);
      if (isPressed && chosen) button.setAttribute("aria-disabled", "true");
      else {
        button.removeAttribute("aria-disabled");
        button.disabled = isPressed;
      }
    }
  }
}
