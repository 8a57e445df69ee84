// The input: grows with the text, counts near the limit, sends on Enter.

const NEAR = 200; // characters left when counting begins

export class Composer {
  constructor(limit, send) {
    this.limit = limit;
    this.form = document.getElementById("composer");
    this.field = document.getElementById("text");
    this.count = document.getElementById("count");
    this.error = document.getElementById("error");
    this.send = send;
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    addEventListener("resize", () => this.fit());
    document.addEventListener("click", () => this.fit()); // the type size may have changed
    this.changed();
  }

  key(event) {
    const composing = event.isComposing || event.keyCode === 229; // Enter ends an input method's word
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    this.submit(event);
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    const length = [...text].length;
    if (length === 0) return this.complain("请先写下您的问题，再发送。");
    if (length > this.limit) return this.complain(tooLong(length, this.limit));
    this.fill("");
    this.complain("");
    this.send(text);
  }

  fit() {
    this.field.style.height = "auto";
    this.field.style.height = this.field.scrollHeight + 4 + "px"; // and both borders
  }

  changed() {
    this.fit();
    const left = this.limit - [...this.field.value.trim()].length;
    const sentence = left < 0 ? `超出 ${-left} 个字，请分成几条发送` : `还可以写 ${left} 个字`;
    this.count.textContent = left > NEAR ? "" : sentence;
    if (!this.error.hidden && left >= 0 && this.field.value) this.complain("");
  }

  fill(text) {
    this.field.value = text;
    this.changed();
  }

  get text() {
    return this.field.value;
  }

  complain(sentence) {
    this.error.hidden = !sentence;
    this.error.textContent = sentence;
    if (sentence) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
    if (sentence) this.field.focus();
  }
}

function tooLong(length, limit) {
  return `内容太长了：最多 ${limit} 个字，您写了 ${length} 个字。请分成几条发送。`;
}
