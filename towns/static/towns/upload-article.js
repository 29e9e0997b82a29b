// Pasting an article. A line of the source and its piece light up together; what is dropped on a
// form goes into its file field; a paste keeps the headings and tables it came with.
const LIT = "is-lit";

function numbersOf(element) {
  const said = element.dataset.line ?? element.dataset.lines ?? "";
  return said.split(" ").filter(Boolean);
}

function light(numbers, from) {
  for (const lit of document.querySelectorAll(`.${LIT}`)) lit.classList.remove(LIT);
  for (const number of numbers) {
    document.getElementById(`line-${number}`)?.classList.add(LIT);
    for (const piece of document.querySelectorAll(`[data-lines~="${number}"]`)) piece.classList.add(LIT);
  }
  if (from && numbers.length) bring(document.getElementById(`line-${numbers[0]}`));
}

function bring(line) {
  const box = line?.closest(".source-lines");
  if (!box || box.scrollHeight <= box.clientHeight) return;
  const above = line.getBoundingClientRect().top - box.getBoundingClientRect().top;
  if (above < 0 || above > box.clientHeight - line.offsetHeight) box.scrollTop += above - box.clientHeight / 3;
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const piece = event.target.closest?.("[data-lines], [data-line]");
    if (piece) light(numbersOf(piece), !piece.closest(".source-lines"));
  });
}

const paste = document.querySelector("[data-paste]");
if (paste) {
  const html = paste.form.elements.html;
  const said = document.querySelector("[data-formatted]");
  const forget = () => {
    html.value = "";
    said.hidden = true;
  };
  paste.addEventListener("paste", (event) => {
    const formatted = event.clipboardData.getData("text/html");
    const isWhole = !paste.value.trim() || paste.selectionEnd - paste.selectionStart === paste.value.length;
    // After the paste itself, which counts as an input too.
    setTimeout(() => {
      if (!isWhole || !/<(h[1-6]|table|img|strong|b)\b/i.test(formatted)) return;
      html.value = formatted;
      said.hidden = false;
    });
  });
  paste.addEventListener("input", forget);
}

for (const place of document.querySelectorAll("[data-drop]")) {
  const field = place.querySelector("input[type=file]");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    place.addEventListener(kind, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      place.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop") field.files = event.dataTransfer.files;
    });
  }
}
