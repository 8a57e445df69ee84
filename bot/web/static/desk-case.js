// A case's page: keeps the draft, says who else is there and what happened meanwhile.

const KEPT_AFTER = 2000; // ms without a key
const ASKED_EVERY = 20000; // ms

export function watchCase({ path, version }) {
  const form = document.getElementById("editor");
  const token = document.querySelector('input[name="token"]').value;
  const saved = document.getElementById("saved");
  let timer = 0;
  let written = false; // something that is not kept yet
  let writing = false; // whether this page ever wrote: it holds the pen from then on
  let keeping = null; // the draft is on its way: whoever sends the form waits for its answer
  const seen = form?.elements.namedItem("seen"); // the draft that is written on
  const apart = document.getElementById("apart"); // another draft is shown: nothing is kept over it

  async function post(what, fields) {
    const body = new FormData();
    body.set("token", token);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return fetch(`${path}/${what}`, {
      method: "POST", body, headers: { Accept: "application/json" },
    });
  }

  function say(place, text) {
    if (!place) return;
    place.textContent = text;
    place.hidden = !text;
  }

  function tell(state) {
    const news = document.getElementById("news");
    if (String(state.version) !== version) {
      say(news, `这件事项有了变化（${state.last}），请刷新页面。您写的内容会保留为草稿。`);
    }
    if (state.who) say(saved, `${state.who}正在写这件的答复，您现在不能提交。`);
    else say(document.getElementById("holder"), "");
    for (const name of ["send", "submit", "save"]) {
      for (const button of form?.querySelectorAll(`button[value="${name}"]`) || []) {
        button.disabled = Boolean(state.who);
      }
    }
  }

  function keep() {
    if (!written || keeping || !apart.hidden) return;
    keeping = send().finally(() => { keeping = null; });
  }

  async function send() {
    const fields = Object.fromEntries(
      ["body", "outcome", "basis", "seen"].map((name) => [name, form.elements.namedItem(name).value]),
    );
    written = false;
    try {
      const response = await post("draft", fields);
      const answer = await response.json();
      written ||= !response.ok || Boolean(answer.problem);
      if (!response.ok) return say(saved, answer.message);
      if (answer.problem) return showBoth(answer); // a form that is sent now is told so once more
      seen.value = answer.seen;
      const now = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
      say(saved, `草稿已自动保存（${now}）。`);
      tell(answer.here);
    } catch (error) {
      written = true;
      say(saved, "网络不通，草稿还没有保存，请先不要关闭页面。");
    }
  }

  function showBoth(answer) {
    document.getElementById("theirs").value = answer.theirs;
    apart.hidden = false;
    say(saved, answer.problem);
  }

  async function ask() {
    if (document.hidden) return;
    try {
      const response = await post("presence", writing ? { writing: "yes" } : {});
      const answer = await response.json();
      if (response.ok) tell(answer);
      else say(document.getElementById("news"), answer.message);
    } catch (error) {
      return; // the next one may get through
    }
  }

  form?.addEventListener("input", () => {
    written = writing = true;
    clearTimeout(timer);
    timer = setTimeout(keep, KEPT_AFTER);
  });

  let sent = false; // a form of the page is on its way: whoever sent it stays
  document.addEventListener("submit", (event) => {
    if (keeping && event.target === form) {
      event.preventDefault();
      keeping.then(() => form.requestSubmit(event.submitter));
      return;
    }
    sent = true;
    if (event.target === form) written = false;
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-quote]");
    if (!button) return;
    event.preventDefault();
    const body = document.getElementById("body");
    const before = body.value && !body.value.endsWith("\n") ? "\n\n" : "";
    body.setRangeText(before + button.dataset.quote, body.selectionEnd, body.selectionEnd, "end");
    body.dispatchEvent(new Event("input", { bubbles: true }));
    body.focus();
  });

  window.addEventListener("beforeunload", (event) => {
    if (written) event.preventDefault();
  });

  window.addEventListener("pagehide", () => {
    if (!form || sent) return;
    const body = new FormData();
    body.set("token", token);
    navigator.sendBeacon(`${path}/leave`, body);
  });

  setInterval(ask, ASKED_EVERY);
}
