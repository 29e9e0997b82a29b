// What is typed is kept: every few seconds with the server, and in this browser where that fails.
// The same question asks who else is here.
const data = JSON.parse(document.getElementById("saving").textContent);
const { words } = data;
const form = document.getElementById("saving").closest("form");
const NOT_TYPED = /^(csrfmiddlewaretoken|_(save|continue|addanother|submit|popup|to_field|version|form_key))$/;
const name = (key) => form.querySelector(`input[name=${key}]`)?.value ?? "";
const slot = `unsaved:${data.kept}:${data.isNew ? name("_form_key") : ""}`;
const state = document.querySelector("[data-save-status]");
const presence = document.querySelector("[data-presence]");
// A form with a bar that stays in sight says there who else is here.
document.querySelector("[data-presence-place]")?.replaceWith(presence);

let lastKept = data.unsaved ? "" : typed();
let touched = data.unsaved;
let leaving = false;
let asking = null;
let ended = false;

function typed() {
  const fields = [...new FormData(form)].filter(
    ([key, value]) => typeof value === "string" && !NOT_TYPED.test(key),
  );
  return JSON.stringify(fields);
}

function say(text, isWarning = false) {
  if (!state) return;
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle("is-warning", isWarning);
}

function token() {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  // Signing in anew changes it; the form that stayed open goes on with the new one.
  if (cookie && field) for (const one of document.getElementsByName(field.name)) one.value = cookie[1];
  return cookie ? cookie[1] : (field?.value ?? "");
}

function body(fields, more = {}) {
  const said = { fields, version: name("_version"), key: name("_form_key"), last: data.last, ...more };
  const sent = new FormData();
  sent.set("csrfmiddlewaretoken", token());
  sent.set("payload", JSON.stringify(said));
  return sent;
}

// In this browser ------------------------------------------------------------------------------

function keepHere(text, submitted = false) {
  const kept = { at: Date.now(), fields: text, version: name("_version"), submitted };
  try {
    localStorage.setItem(slot, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function forgetHere(key = slot) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept then either.
  }
}

function keptHere() {
  try {
    const wanted = `unsaved:${data.kept}:`;
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(wanted))
      .map((key) => [key, JSON.parse(localStorage.getItem(key))]);
  } catch {
    return [];
  }
}

// What an earlier page kept here goes to the server, which says whether it is still wanted.
async function bringBack() {
  let brought = false;
  for (const [key, kept] of keptHere()) {
    const wasSaved = kept.submitted && kept.version !== name("_version");
    if (wasSaved || kept.at <= data.offered + 2_000) {
      forgetHere(key);
      continue;
    }
    const said = { version: kept.version, key: key.slice(`unsaved:${data.kept}:`.length) };
    try {
      const answer = await send(body(JSON.parse(kept.fields), said));
      if (answer?.state === "kept" || answer?.state === "saved") {
        forgetHere(key);
        brought ||= answer.state === "kept";
      }
    } catch {
      // Still offline: it stays where it is.
    }
  }
  if (brought && !touched) location.reload();
}

// With the server ------------------------------------------------------------------------------

const SLOW = 30_000; // milliseconds; a line that has not answered by then counts as broken

async function send(what) {
  const mine = (asking = new AbortController());
  const timer = setTimeout(() => mine.abort(new Error("no answer")), SLOW);
  try {
    return await read(await fetch(data.url, {
      method: "POST",
      body: what,
      redirect: "manual",
      signal: mine.signal,
    }));
  } finally {
    clearTimeout(timer);
    if (asking === mine) asking = null;
  }
}

async function read(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    return { state: answer.status === 403 ? "refused" : "ended" };
  }
  if (answer.status === 413) return { state: "too long" };
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function keep() {
  if (leaving) return;
  const text = typed();
  const isNew = touched && text !== lastKept;
  // One question at a time, so that no answer overtakes another; the words are safe here meanwhile.
  if (asking) {
    if (isNew) keepHere(text);
    return;
  }
  if (isNew) say(`${words.unsaved} · ${words.keeping}`);
  try {
    const answer = await send(body(isNew ? JSON.parse(text) : null));
    if (leaving) return;
    heard(answer, text, isNew);
  } catch (error) {
    if (leaving || error.name === "AbortError") return;
    if (touched) keepHere(typed());
    say(words.offline, true);
  }
}

function heard(answer, text, isNew) {
  showEnded(answer.state === "ended");
  if (answer.state === "ended" || answer.state === "refused") {
    if (touched) keepHere(text);
    say(answer.state === "ended" ? words.ended : words.refused, true);
    return;
  }
  if (answer.state === "too long") {
    say(words.tooLong, true);
    return;
  }
  showOthers(answer.others);
  showNewer(answer.newer);
  if (isNew) {
    lastKept = text;
    forgetHere();
    document.dispatchEvent(new CustomEvent("backed-up"));
  }
  if (touched && lastKept === text) {
    if (isNew) say(words.kept.replace("%s", answer.at));
  } else if (touched) say(words.unsaved);
}

// Words ----------------------------------------------------------------------------------------

function showOthers(others) {
  const names = others.map((one) =>
    words.since.replace("%(name)s", one.name).replace("%(time)s", one.since),
  );
  const said = names.length ? words.with.replace("%s", names.join(", ")) : "";
  if (presence.textContent !== said) presence.textContent = said;
  presence.hidden = !said;
}

function showNewer(newer) {
  const line = document.querySelector("[data-newer]");
  const said = newer ? words.newer.replace("%(who)s", newer.who).replace("%(at)s", newer.at) : "";
  if (line.textContent !== said) line.textContent = said;
  line.hidden = !said;
}

function showEnded(isEnded) {
  if (ended === isEnded) return;
  ended = isEnded;
  const line = document.querySelector("[data-ended]");
  line.hidden = !isEnded;
  line.replaceChildren(`${words.ended} `);
  const link = document.createElement("a");
  Object.assign(link, { href: data.login, target: "_blank", rel: "noopener", className: "button" });
  link.textContent = words.signIn;
  line.append(link);
}

// When -----------------------------------------------------------------------------------------

// The editors put their words in order when they start, and scripts speak of changes: only what a
// person does counts, and is laid beside what stood there just before.
const BEFORE = ["beforeinput", "compositionstart", "pointerdown", "keydown", "paste", "drop"];
function touch(event) {
  if (touched || !event.isTrusted) return;
  if (BEFORE.includes(event.type)) lastKept = typed();
  touched = true;
}
for (const kind of [...BEFORE, "click", "input", "change"]) {
  form.addEventListener(kind, touch, { capture: true, passive: true });
}
form.addEventListener("input", (event) => {
  if (event.isTrusted && event.target.name) say(words.unsaved);
});
form.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  token();
  leaving = true;
  asking?.abort();
  if (touched) keepHere(typed(), true);
});
addEventListener("pageshow", () => (leaving = false));
addEventListener("pagehide", () => {
  if (leaving) return;
  const text = typed();
  const isNew = touched && text !== lastKept;
  if (isNew) keepHere(text);
  navigator.sendBeacon(data.url, body(isNew ? JSON.parse(text) : null, { left: true }));
});
addEventListener("online", keep);
setInterval(keep, data.every);
if (state && !state.textContent.trim()) say(data.savedSaid);
bringBack();
