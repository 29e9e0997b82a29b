// The photo library: pictures dropped anywhere go up three at a time, each with its own answer.
const AT_ONCE = 3;
const QUARTERS = 4;

const panel = document.querySelector("[data-upload]");
if (panel) receive(panel);
count(document.querySelector("#changelist-form"));

function receive(panel) {
  const part = (name, inside = panel) => inside.querySelector(`[data-${name}]`);
  const form = panel.querySelector("form");
  const input = form.querySelector("[type=file]");
  const words = part("words").dataset;
  const waiting = [];
  const total = { all: 0, done: 0, refused: 0, active: 0, quarter: 0 };
  const kept = [];

  part("with-script").hidden = false;
  form.querySelector("[type=submit]").hidden = true;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("change", () => {
    add(input.files);
    input.value = "";
  });
  dropAnywhere(words.drop, add);
  window.addEventListener("beforeunload", (event) => {
    if (total.done < total.all) event.preventDefault();
  });

  function add(files) {
    for (const file of files) {
      const row = part("row").content.cloneNode(true).firstElementChild;
      part("name", row).textContent = file.name;
      row.querySelector("progress").setAttribute("aria-label", file.name);
      part("retry", row).addEventListener("click", () => again(file, row));
      part("files").append(row);
      queue(file, row);
    }
  }

  function queue(file, row) {
    part("running").hidden = false;
    part("state", row).textContent = words.waiting;
    waiting.push([file, row]);
    total.all += 1;
    next();
  }

  function again(file, row) {
    part("retry", row).hidden = true;
    row.className = "";
    total.all -= 1;
    total.done -= 1;
    total.refused -= 1;
    queue(file, row);
  }

  function next() {
    while (total.active < AT_ONCE && waiting.length) {
      total.active += 1;
      send(...waiting.shift());
    }
    say();
  }

  function send(file, row) {
    const bar = row.querySelector("progress");
    const state = part("state", row);
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("pictures", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.total ? (100 * event.loaded) / event.total : 0;
      state.textContent = `${Math.round(bar.value)} %`;
    });
    request.upload.addEventListener("load", () => {
      state.textContent = words.arrived;
    });
    request.addEventListener("load", () => done(row, answer(request)));
    for (const broken of ["error", "abort", "timeout"]) {
      request.addEventListener(broken, () => done(row, failed(words.broken)));
    }
    request.send(body);
  }

  function answer(request) {
    if (request.status === 413) return failed(words.tooLarge);
    try {
      return JSON.parse(request.responseText).files[0];
    } catch {
      return failed(request.status < 400 || request.status === 403 ? words.signedOut : words.broken);
    }
  }

  function failed(message) {
    return { state: "failed", message };
  }

  function done(row, said) {
    total.active -= 1;
    total.done += 1;
    row.className = `is-${said.state}`;
    row.querySelector("progress").value = said.state === "kept" ? 100 : 0;
    part("state", row).textContent =
      said.state === "kept" ? [words.kept, said.message].filter(Boolean).join(" · ") : said.message;
    part("retry", row).hidden = said.state !== "failed";
    if (said.id) show(row, said);
    if (said.state !== "kept") part("files").prepend(row);
    if (said.state === "kept") kept.push(said.id);
    else total.refused += 1;
    next();
  }

  function show(row, said) {
    const image = row.querySelector("img");
    image.src = said.thumbnail;
    image.hidden = false;
    const link = part(said.state === "kept" ? "open" : "first", row);
    link.href = said.url;
    if (said.state === "same") link.textContent = words.see;
    link.hidden = false;
  }

  // Told to screen readers at quarters only.
  function say() {
    const quarter = Math.floor((QUARTERS * total.done) / total.all);
    const said = words.progress.replace(/\{(\w+)\}/g, (_all, name) => total[name]);
    if (quarter !== total.quarter || !part("said").textContent) part("said").textContent = said;
    total.quarter = quarter;
    const ended = total.done === total.all;
    const link = part("batch");
    link.hidden = !ended || !kept.length;
    part("again").hidden = link.hidden;
    link.textContent = words.credit.replace("{count}", kept.length);
    link.search = `ids=${kept.join(",")}`;
  }
}

function dropAnywhere(words, add) {
  const sheet = document.createElement("div");
  sheet.className = "drop-sheet";
  sheet.textContent = words;
  sheet.hidden = true;
  document.body.append(sheet);
  const brings = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    sheet.hidden = false;
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) sheet.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    sheet.hidden = true;
    add(event.dataTransfer.files);
  });
}

// A card shows that it is chosen.
function count(list) {
  list?.addEventListener("change", (event) => {
    if (event.target.matches(".action-select")) {
      event.target.closest("li").classList.toggle("is-chosen", event.target.checked);
    }
  });
}
