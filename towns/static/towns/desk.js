// Alt and / lead to the box that finds everything. Macs use Control-Option for Alt.
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("find-all");
  if (event.code === "Slash" && event.altKey && !event.isComposing && box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// Names for assistive technology where the admin and its choosing fields give none.
const said = (node) => node?.textContent.trim().replace(/[:：]$/, "") ?? "";

function name(node, words) {
  if (!words || !node || node.hasAttribute("aria-label")) return;
  node.setAttribute("aria-label", words);
  node.removeAttribute("aria-labelledby");
}

// A cell of a table has its column's name, and its row's number.
function nameOf(field) {
  const cell = field.closest(".tabular td");
  if (!cell) return said(field.labels?.[0]);
  const row = cell.parentElement;
  const rows = [...row.parentElement.querySelectorAll(":scope > .form-row:not(.empty-form)")];
  const column = row.closest("table").tHead.querySelectorAll("th")[cell.cellIndex - 1];
  return `${said(column)} ${rows.indexOf(row) + 1}`;
}

function nameFields(root) {
  for (const field of root.querySelectorAll(".tabular td :is(input:not([type=hidden]), select, textarea)")) {
    if (!field.labels?.length) name(field, nameOf(field));
  }
  for (const field of root.querySelectorAll("select")) {
    const choice = field.nextElementSibling?.querySelector?.(".select2-selection");
    if (!choice) continue;
    const words = nameOf(field) || field.getAttribute("aria-label");
    for (const part of [choice, ...choice.querySelectorAll("[role=textbox], input")]) name(part, words);
  }
}

window.addEventListener("load", () => {
  const search = document.getElementById("searchbar");
  name(search, search?.form.querySelector("[type=submit]").value);
  setTimeout(() => nameFields(document)); // after jQuery's own beginning, which may come later
});
document.addEventListener("formset:added", (event) => setTimeout(() => nameFields(event.target)));

// The field in an opened list of choices is made when it opens, and is named by what it is for.
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".select2-search__field")) {
    const opener = document.querySelector(".select2-container--open .select2-selection");
    name(event.target, opener?.getAttribute("aria-label"));
  }
});
