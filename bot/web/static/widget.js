// One line on any page, <script src="https://…/widget.js" defer></script>, puts a round button in
// its corner that opens the chat. Everything lives in a shadow tree; nothing is global.
(function () {
  "use strict";
  var script = document.currentScript;
  var base = new URL(".", script.src);
  if (document.querySelector("[data-zhengwen]")) return; // included twice

  var STYLE = [
    ":host { all: initial; position: fixed; right: 0; bottom: 0; z-index: 2147483000; }",
    "* { box-sizing: border-box; }",
    "button { position: fixed; right: 20px; bottom: 20px; width: 68px; height: 68px; padding: 0;",
    "  border: 3px solid #fff; border-radius: 50%; background: #0b4ea2; color: #fff;",
    "  font: bold 20px/1.2 system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif; cursor: pointer;",
    "  box-shadow: 0 2px 10px rgba(0, 0, 0, .4); }",
    "button:focus-visible { outline: 4px solid #b34700; outline-offset: 3px; }",
    "div { position: fixed; right: 20px; bottom: 100px; width: 400px; height: 640px;",
    "  max-width: calc(100vw - 40px); max-height: calc(100vh - 120px); border-radius: 12px;",
    "  overflow: hidden; background: #fff; border: 1px solid #667185;",
    "  box-shadow: 0 4px 24px rgba(0, 0, 0, .35); }",
    "div[hidden] { display: none; }",
    "iframe { display: block; width: 100%; height: 100%; border: 0; }",
    "@media (max-width: 600px), (max-height: 480px) { div:not([hidden]) { inset: 0; width: 100%;",
    "  height: 100%; max-width: none; max-height: none; border: 0; border-radius: 0; }",
    "  div:not([hidden]) + button { display: none; } }" // it would lie on the chat's own buttons
  ].join("\n");

  function addStyle(root) {
    if ("adoptedStyleSheets" in root) { // passes the other page's content policy
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      return;
    }
    var style = document.createElement("style");
    style.textContent = STYLE;
    root.appendChild(style);
  }

  function set(element, attributes) {
    Object.keys(attributes).forEach(function (name) {
      element.setAttribute(name, attributes[name]);
    });
    return element;
  }

  function start() {
    var host = set(document.createElement("div"), { "data-zhengwen": "" });
    var root = host.attachShadow({ mode: "open" });
    var frame = null;
    var button = set(document.createElement("button"), {
      type: "button", lang: "zh-CN", "aria-expanded": "false", "aria-controls": "panel",
      "aria-haspopup": "dialog"
    });
    var panel = set(document.createElement("div"), {
      id: "panel", lang: "zh-CN", role: "dialog", "aria-label": "在线咨询", hidden: ""
    });
    button.textContent = "咨询";
    addStyle(root);
    root.appendChild(panel);
    root.appendChild(button);

    function focusInput() {
      frame.focus();
      frame.contentWindow.postMessage("zhengwen:opened", base.origin);
    }

    function open() {
      panel.hidden = false;
      button.setAttribute("aria-expanded", "true");
      if (frame) return focusInput();
      frame = set(document.createElement("iframe"), { title: "在线咨询", src: new URL("embed", base).href });
      frame.addEventListener("load", focusInput);
      panel.appendChild(frame);
    }

    function close() {
      panel.hidden = true;
      button.setAttribute("aria-expanded", "false");
      button.focus();
    }

    button.addEventListener("click", function () {
      if (panel.hidden) open(); else close();
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && !panel.hidden) close();
    });
    window.addEventListener("message", function (event) {
      var ours = frame && event.source === frame.contentWindow && event.origin === base.origin;
      if (ours && event.data === "zhengwen:close") close();
    });
    document.body.appendChild(host);
  }

  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
