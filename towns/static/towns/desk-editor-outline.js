/* The outline: one stop for Tab, arrows within it, Enter jumps, Alt with an arrow moves, dragging too. */
import { blocks, foldSection, isSection, jumpTo, kindOf, machine, numberOf, pictureOf, place, summaryShown, thumbnail } from "desk-editor/blocks"
import { filled, size, words } from "desk-editor/words"

const tree = () => document.querySelector("[data-outline]")
const items = () => [...tree().querySelectorAll("[role=treeitem]:not([hidden])")]
const itemOf = (block) => tree().querySelector(`[data-block="${block.id}"]`)
export const blockAt = (item) => item && document.getElementById(item.dataset.block)

let dragged = null

function entry(block) {
  const item = document.createElement("li")
  item.setAttribute("role", "treeitem")
  Object.assign(item, { tabIndex: -1, draggable: true, className: isSection(block) ? "is-section" : "" })
  item.dataset.block = block.id
  const icon = block.querySelector(".block-name .material-icons").cloneNode(true)
  const label = document.createElement("span")
  label.className = "outline-label"
  item.append(...(isSection(block) ? [toggle()] : []), icon, ...(pictureOf(block) ? [thumbnail(block)] : []), label)
  fill(item, block)
  return item
}

function toggle() {
  const mark = document.createElement("span")
  Object.assign(mark, { className: "outline-toggle material-icons", textContent: "expand_more" })
  mark.setAttribute("aria-hidden", "true")
  return mark
}

function fill(item, block) {
  const summary = summaryShown(block)
  item.querySelector(".outline-label").textContent = summary
  item.setAttribute("aria-label", `${filled(words.block, { number: numberOf(block), kind: kindOf(block) })}${words.colon}${summary}`)
}

export function draw() {
  const all = blocks(), focused = document.activeElement?.dataset?.block
  const wasInside = tree().contains(document.activeElement)
  const pictures = all.filter(pictureOf).length
  document.querySelector("[data-outline-count]").textContent = size(all.length, pictures)
  let section = null
  const drawn = all.map((block) => {
    if (isSection(block)) section = block
    const item = entry(block)
    item.setAttribute("aria-level", section && section !== block ? 2 : 1)
    if (section === block) item.setAttribute("aria-expanded", String(!block.classList.contains("folds-section")))
    item.hidden = block.classList.contains("in-folded")
    return item
  })
  tree().replaceChildren(...drawn)
  countSections(all)
  const kept = (focused && drawn.find((item) => item.dataset.block === focused)) || drawn[0]
  if (kept) kept.tabIndex = 0
  if (wasInside && kept) kept.focus({ preventScroll: true })
  markCurrent()
}

function countSections(all) {
  const heads = all.filter(isSection)
  for (const block of all) block.querySelector(".section-fold").hidden = !isSection(block)
  for (const head of heads) {
    const start = all.indexOf(head), next = all.findIndex((block, at) => at > start && isSection(block))
    const inside = all.slice(start + 1, next < 0 ? undefined : next)
    const button = head.querySelector(".section-fold")
    button.textContent = size(inside.length, inside.filter(pictureOf).length)
    button.setAttribute("aria-expanded", String(!head.classList.contains("folds-section")))
  }
}

export function update(block) {
  const item = itemOf(block)
  if (item) fill(item, block)
}

export function markCurrent(block) {
  for (const item of tree().querySelectorAll("[aria-current]")) item.removeAttribute("aria-current")
  const item = block && itemOf(block)
  item?.setAttribute("aria-current", "true")
  item?.scrollIntoView({ block: "nearest" })
}

function go(item) {
  if (!item) return
  for (const one of items()) one.tabIndex = -1
  item.tabIndex = 0
  item.focus()
}

function fold(item, isFolded) {
  const block = blockAt(item)
  if (!isSection(block) || block.classList.contains("folds-section") === isFolded) return
  foldSection(block, isFolded)
  draw() // at once: the next key goes by what is shown
}

function steer(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const all = items(), item = event.target.closest("[role=treeitem]"), at = all.indexOf(item)
  const acts = {
    ArrowDown: () => go(all[at + 1]), ArrowUp: () => go(all[at - 1]), Home: () => go(all[0]), End: () => go(all.at(-1)),
    ArrowLeft: () => fold(item, true), ArrowRight: () => fold(item, false),
    Enter: () => jumpTo(blockAt(item)), " ": () => jumpTo(blockAt(item)),
  }
  if (!item || !acts[event.key]) return
  event.preventDefault()
  acts[event.key]()
}

function mark(over, isAfter) {
  for (const one of tree().querySelectorAll(".drop-before, .drop-after")) one.classList.remove("drop-before", "drop-after")
  over?.classList.add(isAfter ? "drop-after" : "drop-before")
}

const isLower = (event, item) => {
  const box = item.getBoundingClientRect()
  return event.clientY > box.top + box.height / 2
}

function bindDragging() {
  tree().addEventListener("dragstart", (event) => {
    dragged = blockAt(event.target.closest("[role=treeitem]"))
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", "")
  })
  tree().addEventListener("dragover", (event) => {
    const item = event.target.closest("[role=treeitem]")
    if (!dragged || !item) return
    event.preventDefault()
    mark(item, isLower(event, item))
  })
  tree().addEventListener("drop", (event) => {
    const item = event.target.closest("[role=treeitem]"), other = blockAt(item)
    event.preventDefault()
    if (dragged && other && other !== dragged) place(dragged, other, isLower(event, item))
  })
  tree().addEventListener("dragend", () => { dragged = null; mark(null) })
}

export function begin() {
  tree().addEventListener("keydown", steer)
  tree().addEventListener("click", (event) => {
    const item = event.target.closest("[role=treeitem]")
    if (event.target.closest(".outline-toggle")) fold(item, !blockAt(item).classList.contains("folds-section"))
    else if (item) jumpTo(blockAt(item))
  })
  machine().addEventListener("focusin", (event) => markCurrent(event.target.closest(".inline-related")))
  bindDragging()
  let isDue = false
  const soon = () => {
    if (isDue) return
    isDue = true
    requestAnimationFrame(() => { isDue = false; draw() })
  }
  document.addEventListener("desk-editor:ordered", soon)
  document.addEventListener("desk-editor:folded", soon)
  draw()
}
