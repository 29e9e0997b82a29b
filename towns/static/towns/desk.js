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

// A cell of a table has its column's name and its row's; a day and its time the name of both.
function nameOf(field) {
  const cell = field.closest(".tabular td, #result_list td"), row = cell?.parentElement;
  if (cell?.closest("#result_list")) {
    return `${said(row.closest("table").tHead.rows[0].cells[cell.cellIndex])}, ${said(row.querySelector("th"))}`;
  }
  if (cell) {
    const rows = [...row.parentElement.querySelectorAll(":scope > .form-row:not(.empty-form)")];
    const column = row.closest("table").tHead.querySelectorAll("th")[cell.cellIndex - 1];
    return `${said(column)} ${rows.indexOf(row) + 1}`;
  }
  if (field.matches(".vDateField, .vTimeField") && !field.labels?.length) {
    return `${said(field.closest(".fieldBox, .form-row")?.querySelector("legend, label"))} ${said(field.previousSibling)}`;
  }
  return said(field.labels?.[0]);
}

const UNNAMED = ":is(.tabular, #result_list) td :is(input:not([type=hidden], .action-select), select, textarea), .vDateField, .vTimeField";

function nameFields(root) {
  for (const field of root.querySelectorAll(UNNAMED)) if (!field.labels?.length) name(field, nameOf(field));
  for (const editor of root.querySelectorAll(".prose-editor .ProseMirror")) {
    const field = editor.closest(".prose-editor").querySelector("textarea");
    if (field) name(editor, nameOf(field));
  }
  for (const help of root.querySelectorAll("span.help-tooltip[aria-label]")) help.setAttribute("role", "img");
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
document.addEventListener("prose-editor:ready", () => setTimeout(() => nameFields(document)));
document.addEventListener("formset:added", (event) => setTimeout(() => nameFields(event.target)));

// The field in an opened list of choices is made when it opens, and is named by what it is for.
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".select2-search__field")) {
    const opener = document.querySelector(".select2-container--open .select2-selection");
    name(event.target, opener?.getAttribute("aria-label"));
  }
});
