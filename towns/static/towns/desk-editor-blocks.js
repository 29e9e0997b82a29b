/* The blocks of an article: their headers and names, their order, adding and removing.
   The order in the page is the order of the article, so that focus follows reading. */
import { say, words, filled } from "desk-editor/words"

export const machine = () => document.querySelector(".order-machine")
export const blocks = () => [...machine().querySelectorAll(":scope > .inline-related:not(.empty-form, .is-removed)")]
export const blockOf = (node) => node?.closest?.(".order-machine > .inline-related") ?? null
export const prefixOf = (block) => block.id.replace(/-\d+$/, "")
export const field = (block, name) => block.querySelector(`[name="${block.id}-${name}"]`)
export const handle = (block) => block.querySelector(".block-name")
export const isSection = (block) => field(block, "level")?.value === "2"
export const numberOf = (block) => blocks().indexOf(block) + 1
export const changed = (block) => document.dispatchEvent(new CustomEvent("desk-editor:changed", { detail: { block } }))

const PRIMARY = ["html", "text", "caption"]
const HIDDEN = /-(ordering|region|id|parent|DELETE)$/

export function kindOf(block) {
  const kind = words.kinds[prefixOf(block)]
  return field(block, "level") ? words.levels[field(block, "level").value] : kind.name
}

/* Names ------------------------------------------------------------------------------- */

const plainText = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent

function written(block, name) {
  const order = document.documentElement.lang.startsWith("zh") ? ["zh", "en"] : ["en", "zh"]
  const value = order.map((code) => field(block, `${name}_${code}`)?.value?.trim()).find(Boolean) ?? ""
  return name === "html" ? plainText(value) : value
}

const chosen = (block) => [...block.querySelectorAll("select.admin-autocomplete")].flatMap((select) =>
  [...select.selectedOptions].filter((one) => one.value).map((one) => shortened(one.textContent.trim(), select.name)))

/* A town is told apart by its county and code where it is chosen, not where it is summed up. */
const shortened = (label, name) => /-towns?$/.test(name) ? label.split(" · ")[0] : label

export function summaryOf(block) {
  const text = PRIMARY.map((name) => written(block, name)).find(Boolean)
  return (text || chosen(block).join(" · ") || words.empty).replace(/\s+/g, " ").slice(0, 90)
}

/* As the header says it already. */
export const summaryShown = (block) => block.querySelector(".inline_label").textContent

export const pictureOf = (block) => field(block, "photo")?.value || ""

export function thumbnail(block) {
  const image = document.createElement("img")
  Object.assign(image, { alt: "", className: "block-thumb", loading: "lazy", width: 44, height: 28 })
  image.src = words.urls.thumbnail.replace("/0/", `/${pictureOf(block)}/`)
  return image
}

export function updateSummary(block) {
  const header = block.querySelector(":scope > h3")
  header.querySelector(".inline_label").textContent = summaryOf(block)
  header.querySelector("b").textContent = kindOf(block)
  block.classList.toggle("is-section", isSection(block))
  const slot = header.querySelector(".block-picture"), shown = pictureOf(block)
  if (slot.dataset.shown !== shown) {
    slot.dataset.shown = shown
    slot.replaceChildren(...(shown ? [thumbnail(block)] : []))
  }
}

/* The library's own reference names the value alone. */
export function nameChoice(selection, name) {
  selection.setAttribute("aria-label", name)
  selection.removeAttribute("aria-labelledby")
  for (const part of selection.querySelectorAll("[role=textbox], .select2-search__field")) part.setAttribute("aria-label", name)
}

function nameField(input, name, block) {
  const [, stem, code] = input.name.slice(block.id.length + 1).match(/^(.*?)(?:_(zh|en))?$/)
  const label = input.labels?.[0]?.textContent.trim().replace(/[:：]$/, "") ?? ""
  const own = code && PRIMARY.includes(stem) ? words.languages[code] : label
  const target = input.closest(".prose-editor")?.querySelector(".ProseMirror")
    ?? input.parentElement.querySelector(".select2-selection") ?? input
  const full = `${name}${words.comma}${own}`
  for (const one of new Set([target, input])) one.setAttribute("aria-label", full)
  if (target.classList.contains("select2-selection")) nameChoice(target, full)
  if (target.classList.contains("ProseMirror")) target.setAttribute("aria-multiline", "true")
  if (code) target.lang = code === "zh" ? "zh-Hans" : "en"
}

export function nameBlock(block, number, total) {
  const name = filled(words.block, { number, kind: kindOf(block) })
  block.querySelector(".block-number").textContent = number
  block.setAttribute("aria-label", filled(words.blockOf, { number, total, kind: kindOf(block) }))
  for (const input of block.querySelectorAll("input[name], textarea[name], select[name]")) {
    if (!HIDDEN.test(input.name) && input.type !== "hidden") nameField(input, name, block)
  }
  handle(block).setAttribute("aria-label", `${name}${words.colon}${summaryShown(block)}`)
  for (const button of block.querySelectorAll("[data-act]")) {
    button.setAttribute("aria-label", filled(words.acts[button.dataset.act], { number, kind: kindOf(block) }))
    button.title = button.getAttribute("aria-label")
  }
}

/* Ordering values, numbers and names after anything moved, came or went. */
export function renumber() {
  const all = blocks()
  all.forEach((block, at) => {
    const ordering = block.querySelector(".order-machine-ordering")
    ordering.value = block.style.order = 10 * (at + 1)
    nameBlock(block, at + 1, all.length)
  })
  document.dispatchEvent(new CustomEvent("desk-editor:ordered"))
}

/* The library sorts by a number; the page is put into the same order. */
export function sortPage() {
  const root = machine(), focused = document.activeElement
  const all = [...root.querySelectorAll(":scope > .inline-related:not(.empty-form)")]
  const sorted = [...all].sort((a, b) => a.style.order - b.style.order)
  if (sorted.some((block, at) => block !== all[at])) {
    for (const block of sorted) root.append(block)
    if (focused !== document.activeElement) focused?.focus({ preventScroll: true })
  }
  renumber()
}

/* Moving ------------------------------------------------------------------------------ */

export function place(block, other, after) {
  const focused = document.activeElement
  if (after) other.after(block)
  else other.before(block)
  if (focused !== document.activeElement) focused?.focus({ preventScroll: true })
  renumber()
  block.scrollIntoView({ block: "nearest" })
  say(filled(words.moved, { number: numberOf(block), total: blocks().length }))
  changed(block)
}

export function move(block, by) {
  const all = blocks()
  let to = all.indexOf(block) + by
  while (all[to]?.classList.contains("in-folded")) to += by
  if (all[to]) place(block, all[to], by > 0)
  else say(words.noFurther)
}

/* Folding ----------------------------------------------------------------------------- */

export function sectionOf(block) {
  let at = block
  while (at && !(at.matches(".inline-related") && isSection(at))) at = at.previousElementSibling
  return at
}

export function showFolded() {
  let isFolded = false
  for (const block of blocks()) {
    if (isSection(block)) isFolded = block.classList.contains("folds-section")
    else block.classList.toggle("in-folded", isFolded)
  }
  document.dispatchEvent(new CustomEvent("desk-editor:folded"))
}

export function foldSection(section, isFolded) {
  section.classList.toggle("folds-section", isFolded)
  showFolded()
}

export function reveal(block) {
  const section = sectionOf(block)
  if (block.classList.contains("in-folded") && section) foldSection(section, false)
  block.classList.remove("collapsed")
}

export function jumpTo(block) {
  reveal(block)
  block.scrollIntoView({ block: "start" })
  handle(block).focus({ preventScroll: true })
}

/* Coming and going -------------------------------------------------------------------- */

/* After `block` (null: before all). Returns the new block; `level` is for headings. */
export function insert(prefix, block, level) {
  const editor = window.ContentEditor, all = blocks()
  editor._insertBefore = block ? all[all.indexOf(block) + 1] ?? null : all[0] ?? null
  const before = new Set(all)
  editor.addContent(prefix)
  const made = blocks().find((one) => !before.has(one))
  if (made && level) field(made, "level").value = level
  if (made) updateSummary(made)
  renumber()
  showFolded()
  if (made) changed(made)
  return made
}

export function focusFirst(block) {
  const target = block.querySelector(".ProseMirror, input:not([type=hidden], [type=checkbox]), textarea, .select2-selection")
  const isHeading = field(block, "level")
  ;(isHeading ? field(block, document.documentElement.lang.startsWith("zh") ? "text_zh" : "text_en") : target)?.focus()
  block.scrollIntoView({ block: "nearest" })
}

let removed = null

export function remove(block) {
  const all = blocks(), at = all.indexOf(block)
  const said = filled(words.removed, { number: at + 1, kind: kindOf(block) })
  const box = field(block, "DELETE")
  if (box) box.checked = true
  else block.append(Object.assign(document.createElement("input"), { type: "hidden", name: `${block.id}-DELETE`, value: "on" }))
  block.classList.add("is-removed")
  renumber()
  showFolded()
  const next = blocks().slice(at).find((one) => !one.classList.contains("in-folded")) ?? blocks().at(-1)
  ;(next ? handle(next) : document.querySelector(".block-insert.is-first")).focus()
  removed = block
  offerUndo(said)
  changed(block)
}

function offerUndo(said) {
  const bar = document.querySelector("[data-undo]")
  bar.querySelector("span").textContent = said
  bar.hidden = false
  say(`${said} ${words.undoHint}`)
}

export function undoRemoval() {
  if (!removed) return false
  const block = removed
  removed = null
  document.querySelector("[data-undo]").hidden = true
  block.classList.remove("is-removed")
  const box = field(block, "DELETE")
  if (box.type === "checkbox") box.checked = false
  else box.remove()
  renumber()
  reveal(block)
  handle(block).focus()
  say(filled(words.back, { number: numberOf(block), total: blocks().length }))
  changed(block)
  return true
}

/* Headers ----------------------------------------------------------------------------- */

const make = (html) => {
  const holder = document.createElement("template")
  holder.innerHTML = html.trim()
  return holder.content
}

const tool = (act, icon) =>
  `<button type="button" class="block-tool" data-act="${act}"><span class="material-icons" aria-hidden="true">${icon}</span></button>`

const watcher = new MutationObserver((changes) => {
  for (const { target } of changes) handle(target)?.setAttribute("aria-expanded", String(!target.classList.contains("collapsed")))
})

export function decorate(block) {
  const header = block.querySelector(":scope > h3")
  if (header.querySelector(".block-name")) return
  for (const old of block.querySelectorAll(".order-machine-insert-target, .inline-deletelink")) old.remove()
  const icon = header.querySelector(".material-icons"), kind = header.querySelector("b")
  icon.setAttribute("aria-hidden", "true")
  const name = document.createElement("button")
  Object.assign(name, { type: "button", className: "block-name" })
  name.append(make('<span class="block-number"></span>'), icon, kind)
  const label = header.querySelector(".inline_label")
  header.prepend(make('<span class="grip" aria-hidden="true">⠿</span>'), name, make('<span class="block-picture"></span>'))
  label.after(make('<button type="button" class="section-fold" hidden></button><span class="block-chips" data-chips></span>'))
  header.append(make(`<span class="block-tools">${tool("up", "arrow_upward")}${tool("down", "arrow_downward")}
    ${tool("remove", "delete_outline")}</span><span class="chevron material-icons" aria-hidden="true">expand_more</span>`))
  block.append(make('<button type="button" class="block-insert" data-act="insert">+</button>'))
  block.setAttribute("role", "group")
  name.setAttribute("aria-expanded", String(!block.classList.contains("collapsed")))
  watcher.observe(block, { attributes: true, attributeFilter: ["class"] })
  updateSummary(block)
}
