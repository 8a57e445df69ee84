// Type size and contrast. A plain script in the head: set before the first paint, no flicker.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  function recall(key) {
    try { return localStorage.getItem(key); } catch (error) { return null; } // storage is blocked
  }

  function remember(key, value) {
    try { localStorage.setItem(key, value); } catch (error) { return; }
  }

  function apply(size, contrast) {
    root.setAttribute("data-size", size);
    root.setAttribute("data-contrast", contrast);
  }

  function show() {
    document.querySelectorAll(".tool[data-size]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.size === root.dataset.size));
    });
    var contrast = document.querySelector(".tool[data-contrast]");
    if (contrast) contrast.setAttribute("aria-pressed", String(root.dataset.contrast === "high"));
  }

  function change(size, contrast) {
    apply(size, contrast);
    remember("zhengwen.size", size);
    remember("zhengwen.contrast", contrast);
    show();
  }

  apply(recall("zhengwen.size") || "1", recall("zhengwen.contrast") || "normal");
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", function (event) {
    var tool = event.target.closest && event.target.closest(".tools .tool");
    if (!tool) return;
    if (tool.dataset.size) change(tool.dataset.size, root.dataset.contrast);
    else change(root.dataset.size, root.dataset.contrast === "high" ? "normal" : "high");
  });
})();
