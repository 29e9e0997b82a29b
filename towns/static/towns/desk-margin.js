// Findings and comments of an article, each in the margin of the block that it concerns.
const data = JSON.parse(document.getElementById("margin").textContent);
const { words } = data;
const summary = document.querySelector("[data-margin-summary]");
const link = summary.querySelector("a");
let isTyped = JSON.parse(document.getElementById("saving").textContent).unsaved;
let shown = "";

function make(tag, className, text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

// By its place in the form, or by the key in its hidden field.
function blockOf(about) {
  if (!about) return null;
  if (about.prefix) return document.getElementById(about.prefix);
  const prefix = `towns_${about.kind}_set-`;
  for (const field of document.querySelectorAll(`input[name^="${prefix}"][name$="-id"]`)) {
    if (field.value === String(about.id)) {
      return document.getElementById(field.name.slice(0, -"-id".length));
    }
  }
  return null;
}

function marginOf(block) {
  let margin = block.querySelector(":scope > .block-margin");
  if (!margin) {
    margin = make("aside", "block-margin");
    margin.setAttribute("aria-label", words.findings);
    block.append(margin);
  }
  return margin;
}

function finding(one) {
  const item = make("div", `finding is-${one.severity}`);
  item.tabIndex = -1;
  const mark = make("span", "severity", one.mark);
  mark.setAttribute("aria-hidden", "true");
  const said = make("div");
  const line = make("p", "", ` ${one.message} `);
  line.prepend(make("b", "", one.name));
  said.append(line);
  if (one.rests_on?.url) {
    const record = make("a", "", one.rests_on.said);
    Object.assign(record, { href: one.rests_on.url, target: "_blank", rel: "noopener" });
    line.append(record);
  }
  if (one.cure && one.block?.id) {
    const cure = make("button", "button", one.cure);
    cure.type = "button";
    Object.assign(cure.dataset, { cure: one.check, kind: one.block.kind, block: one.block.id });
    said.append(cure);
  }
  item.append(mark, said);
  return item;
}

function comment(one) {
  const item = make("div", "comment");
  item.append(make("p", "comment-about", `${one.by} · ${one.at}`));
  if (one.gone) item.append(make("p", "quiet", words.gone.replace("%s", one.gone)));
  item.append(make("p", "comment-text", one.text));
  const done = make("button", "button", words.resolve);
  done.type = "button";
  done.dataset.resolve = one.id;
  item.append(done);
  return item;
}

function writing(block) {
  const id = block.querySelector(`input[name="${block.id}-id"]`)?.value;
  if (!id) return null;
  const kind = block.id.replace(/^towns_(\w+)_set-.*$/, "$1");
  const box = make("details", "comment-new");
  box.append(make("summary", "", words.comment));
  const text = make("textarea");
  Object.assign(text, { rows: 2, maxLength: 4000 });
  text.setAttribute("aria-label", words.comment);
  const add = make("button", "button", words.add);
  add.type = "button";
  add.dataset.comment = `${kind}/${id}`;
  box.append(text, add);
  return box;
}

function show(margin) {
  const same = JSON.stringify(margin);
  if (same === shown) return;
  shown = same;
  const open = margin.comments.filter((one) => !one.resolved);
  for (const old of document.querySelectorAll(".block-margin")) {
    for (const child of [...old.children]) if (!child.matches("details")) child.remove();
  }
  const rest = make("div", "margin-rest");
  const place = (made, about) => {
    const block = blockOf(about);
    if (!block) rest.append(made);
    else marginOf(block).insertBefore(made, marginOf(block).querySelector("details"));
  };
  for (const one of margin.findings) place(finding(one), one.block);
  for (const one of open) place(comment(one), one.block);
  link.textContent = words.page;
  summary.replaceChildren(count(margin.findings, open), link, rest);
  document.dispatchEvent(new CustomEvent("margin-shown", { detail: margin }));
}

function count(findings, open) {
  const line = make("span", "margin-count");
  const marks = new Map();
  for (const one of findings) {
    const [number] = marks.get(one.mark) ?? [0];
    marks.set(one.mark, [number + 1, one]);
  }
  for (const [mark, [number, one]] of marks) {
    const chip = make("span", `chip is-${one.severity}`);
    const letter = make("span", "severity", mark);
    letter.setAttribute("aria-hidden", "true");
    chip.append(letter, make("span", "visually-hidden", one.name), ` ${number}`);
    line.append(chip);
  }
  if (!findings.length) line.append(make("span", "chip", words.none));
  line.append(make("span", "chip", `${words.comments} ${words.open.replace("%d", open.length)}`));
  return line;
}

// Which block may be commented on is known from the page: each gets its place to write.
function offerWriting() {
  for (const field of document.querySelectorAll('input[name$="-id"][name^="towns_"]')) {
    const block = document.getElementById(field.name.slice(0, -"-id".length));
    if (!block || block.classList.contains("empty-form")) continue;
    if (block.querySelector(":scope > .block-margin details")) continue;
    const box = writing(block);
    if (box) marginOf(block).append(box);
  }
}

// Of what is saved, or once something was typed and backed up, of that.
async function ask() {
  try {
    const of = isTyped ? "&of=typed" : "";
    const answer = await fetch(`${data.url}?format=json${of}`, { redirect: "manual" });
    if (answer.ok) show(await answer.json());
  } catch {
    // Offline: what is shown stays.
  }
}

async function send(url, said) {
  const body = new FormData();
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const all = { csrfmiddlewaretoken: token, format: "json", ...said };
  for (const [key, value] of Object.entries(all)) body.set(key, value);
  try {
    const answer = await fetch(url, { method: "POST", body, redirect: "manual" });
    if (!answer.ok) throw new Error(String(answer.status));
    await ask();
    return true;
  } catch {
    const note = make("p", "errornote", words.failed);
    note.setAttribute("role", "alert");
    summary.append(note);
    return false;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-cure], [data-resolve], [data-comment]");
  if (!button) return;
  event.preventDefault();
  const { cure, kind, block, resolve, comment: about } = button.dataset;
  button.disabled = true;
  if (cure) await send(data.cure, { check: cure, kind, block });
  if (resolve) await send(data.comments, { act: "resolve", comment: resolve });
  if (about) {
    const box = button.closest("details");
    const text = box.querySelector("textarea");
    if (await send(data.comments, { act: "add", block: about, text: text.value })) {
      text.value = "";
      box.open = false;
    }
  }
  button.disabled = false;
});
document.addEventListener("keydown", (event) => {
  const findings = [...document.querySelectorAll(".finding")].filter((one) => one.checkVisibility());
  if (event.key !== "F8" || event.isComposing || !findings.length) return;
  event.preventDefault();
  const at = findings.indexOf(document.activeElement.closest(".finding"));
  const step = event.shiftKey ? -1 : 1;
  const next = at < 0 && step < 0 ? findings.length - 1 : (at + step + findings.length) % findings.length;
  findings[next].focus();
});
document.addEventListener("backed-up", () => {
  isTyped = true;
  ask();
});
offerWriting();
ask();
