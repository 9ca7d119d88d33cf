/* Keys for readers who like them; every page is complete without this file. */
"use strict";

(() => {
  const stops = () => Array.from(document.querySelectorAll("[data-stop]")).filter((stop) => stop.offsetParent !== null);
  let here = null;

  const linkOf = (stop) => (stop.matches("a, summary") ? stop : stop.querySelector("h3 a, th a"));

  const go = (step) => {
    const all = stops();
    if (all.length === 0) return;
    const at = all.indexOf(here);
    const next = at < 0 ? (step > 0 ? firstBelowTop(all) : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
    if (here) here.classList.remove("here");
    here = all[next];
    here.classList.add("here");
    const focus = linkOf(here) || here;
    if (focus === here && !here.hasAttribute("tabindex")) here.setAttribute("tabindex", "-1");
    focus.focus({ preventScroll: true });
    here.scrollIntoView({ block: "nearest" });
  };

  const firstBelowTop = (all) => {
    const at = all.findIndex((stop) => stop.getBoundingClientRect().bottom > 0);
    return at < 0 ? 0 : at;
  };

  const follow = (relation) => {
    const link = document.querySelector(`main a[rel="${relation}"], main a[data-go="${relation}"]`);
    if (link) link.click();
  };

  const help = () => {
    const keys = document.getElementById("keys");
    keys.open = !keys.open;
    if (keys.open) {
      keys.scrollIntoView({ block: "nearest" });
      keys.querySelector("summary").focus();
    }
  };

  const actions = {
    j: () => go(1),
    n: () => go(1),
    k: () => go(-1),
    p: () => go(-1),
    ArrowLeft: () => follow("prev"),
    ArrowRight: () => follow("next"),
    v: () => follow("layout"),
    "?": help,
  };

  const typing = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;
  const scrolls = (target) => target.closest(".scroll") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key.startsWith("Arrow") && scrolls(event.target)) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      const said = document.getElementById("copied");
      try {
        await navigator.clipboard.writeText(source.value);
        said.textContent = "Copied.";
      } catch {
        source.select();
        said.textContent = "Selected; copy it with the keyboard.";
      }
    });
  }

  document.getElementById("keys").hidden = false;
})();
