// The review screen: from change to change (buttons, F8, Shift-F8), and the two sheets of a phone.
const changes = [...document.querySelectorAll("[id^=change-]")];
const counter = document.querySelector("[data-at]");
let at = -1;

function jump(step) {
  if (!changes.length) return;
  at = at < 0 && step < 0 ? changes.length - 1 : (at + step + changes.length) % changes.length;
  changes[at].focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  changes[at].scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  if (counter) counter.textContent = `${at + 1} / ${changes.length}`;
}

function open(act) {
  for (const other of document.querySelectorAll("details.act")) other.open = other === act;
  act.querySelector("textarea, [type=submit]").focus({ preventScroll: true });
}

function shut(act) {
  act.open = false;
  const opener = document.querySelector(`[data-open=${act.id}]`);
  (opener?.checkVisibility() ? opener : act.querySelector("summary")).focus();
}

for (const button of document.querySelectorAll("[data-shut]")) button.hidden = false;
document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-jump], [data-open], [data-shut]");
  if (!target) return;
  if (target.dataset.jump) jump(Number(target.dataset.jump));
  if (target.dataset.open) {
    event.preventDefault();
    open(document.getElementById(target.dataset.open));
  }
  if ("shut" in target.dataset) shut(target.closest("details"));
});
document.addEventListener("keydown", (event) => {
  const act = document.querySelector("details.act[open]");
  if (event.key === "Escape" && act && !event.isComposing) shut(act);
  if (event.key !== "F8" || event.isComposing) return;
  event.preventDefault();
  jump(event.shiftKey ? -1 : 1);
});
