/* The page as the public will see it, of what is in the form now. It stands beside the form. */
import { filled, say, words } from "desk-editor/words"

const panel = () => document.querySelector("[data-preview]")
const frame = () => panel().querySelector("iframe")
const form = () => document.querySelector("#article_form")
const DESK_WIDTH = 1280

let waiting, asked = 0, language = document.documentElement.lang.startsWith("zh") ? "zh-hans" : "en"

export const isOpen = () => document.body.classList.contains("has-preview")

const address = () => `${words.urls.preview}?language=${language}`

async function refresh() {
  if (!isOpen()) return
  const mine = ++asked, data = new FormData(form())
  for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name)
  const note = panel().querySelector("[data-preview-note]")
  try {
    const answer = await fetch(address(), { method: "POST", body: data })
    if (!answer.ok) throw new Error(answer.status)
    const left = Number(answer.headers.get("X-Blocks-Left-Out"))
    show(await answer.text(), mine)
    note.textContent = left ? filled(words.leftOut, { blocks: left }) : words.asInForm
  } catch {
    note.textContent = words.noPreview
  }
}

/* Only the text is exchanged, so that the frame neither flashes nor loses its place. */
function show(html, mine) {
  const inside = frame().contentDocument
  if (mine !== asked || !inside?.querySelector("main")) return
  const page = new DOMParser().parseFromString(html, "text/html")
  inside.querySelector("main").replaceWith(inside.adoptNode(page.querySelector("main")))
}

function load() {
  frame().src = address()
}

function fit() {
  const room = panel().querySelector(".preview-frame").clientWidth
  const isDesk = panel().dataset.width === "desk"
  const scale = isDesk && room ? Math.min(1, room / DESK_WIDTH) : 1
  frame().style.width = isDesk ? `${DESK_WIDTH}px` : ""
  frame().style.height = isDesk ? `${100 / scale}%` : ""
  frame().style.transform = isDesk ? `scale(${scale})` : ""
}

function press(name, value) {
  for (const button of panel().querySelectorAll(`[data-${name}]`)) {
    button.setAttribute("aria-pressed", String(button.dataset[name] === value))
  }
}

export function toggle() {
  const isShown = !isOpen()
  document.body.classList.toggle("has-preview", isShown)
  panel().hidden = !isShown
  for (const button of document.querySelectorAll("[data-act=preview]")) button.setAttribute("aria-expanded", String(isShown))
  say(isShown ? words.previewShown : words.previewHidden)
  if (!isShown) return
  fit()
  load()
}

export function soon() {
  clearTimeout(waiting)
  if (isOpen()) waiting = setTimeout(refresh, 700)
}

export function begin() {
  frame().addEventListener("load", () => {
    const inside = frame().contentDocument
    inside?.addEventListener("click", (event) => { if (event.target.closest("a")) event.preventDefault() }, true)
    if (inside?.querySelector("main")) refresh()
  })
  panel().addEventListener("click", (event) => {
    const button = event.target.closest("button")
    if (button?.dataset.language) {
      language = button.dataset.language
      press("language", language)
      load()
    } else if (button?.dataset.size) {
      panel().dataset.width = button.dataset.size
      press("size", button.dataset.size)
      fit()
    }
  })
  press("language", language)
  press("size", "phone")
  window.addEventListener("resize", fit)
  form().addEventListener("input", soon)
  window.django.jQuery(form()).on("change", soon)
  document.addEventListener("desk-editor:changed", soon)
}
