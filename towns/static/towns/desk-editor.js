/* The article editor: our buttons, names, outline and keys on the block editor's own markup. */
import * as keys from "desk-editor/keys"
import * as outline from "desk-editor/outline"
import * as palette from "desk-editor/palette"
import * as paste from "desk-editor/paste"
import * as preview from "desk-editor/preview"
import * as values from "desk-editor/values"
import { blockOf, blocks, changed, decorate, foldSection, insert, machine, move, nameBlock, nameChoice, numberOf, remove, renumber, reveal, showFolded, sortPage, undoRemoval, updateSummary } from "desk-editor/blocks"
import { words } from "desk-editor/words"

const ACTS = {
  up: (block) => move(block, -1),
  down: (block) => move(block, 1),
  remove,
  insert: (block) => palette.open(block),
}

/* Before the library hears of it: a click on a button does not fold the block. */
function bindButtons(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act], .section-fold"), block = blockOf(event.target)
    if (!button) return
    event.stopPropagation()
    event.preventDefault()
    if (button.matches(".section-fold")) foldSection(block, !block.classList.contains("folds-section"))
    else ACTS[button.dataset.act](block)
  }, true)
}

function touched(block) {
  updateSummary(block)
  nameBlock(block, numberOf(block), blocks().length)
  outline.update(block)
}

function bindTyping(root) {
  root.addEventListener("input", (event) => {
    const block = blockOf(event.target)
    if (block) touched(block)
  })
  window.django.jQuery(root).on("change", "select", (event) => {
    const block = blockOf(event.target)
    if (!block) return
    touched(block)
    if (event.target.name.endsWith("-level")) renumber()
    if (event.target.name.endsWith("-level")) showFolded()
    changed(block)
  })
  root.addEventListener("focusin", (event) => {
    for (const button of event.target.closest(".prose-editor")?.querySelectorAll("button[data-name]") ?? []) {
      const name = words.tools[button.dataset.name]
      if (name) button.title = name
      if (name) button.setAttribute("aria-label", name)
    }
  })
  root.addEventListener("drop", () => setTimeout(() => { sortPage(); changed(null) }))
}

function bindFolding() {
  const all = document.querySelector("[data-fold-all]"), box = document.querySelector(".collapse-items input")
  const tell = () => { all.textContent = box.checked ? words.unfoldAll : words.foldAll }
  all.addEventListener("click", () => {
    box.checked = !box.checked
    box.dispatchEvent(new Event("change"))
    tell()
  })
  tell()
}

function bindSides() {
  const bar = document.querySelector("[data-sides]")
  bar.addEventListener("click", (event) => {
    const side = event.target.closest("button")?.dataset.side
    if (!side) return
    machine().dataset.side = side
    for (const button of bar.children) button.setAttribute("aria-pressed", String(button.dataset.side === side))
  })
}

/* A first "+" stands before all blocks; the bar above the blocks is ours. */
function furnish(root) {
  const first = Object.assign(document.createElement("button"), { type: "button", textContent: "+", className: "block-insert is-first" })
  first.dataset.act = "insert"
  first.setAttribute("aria-label", words.insertFirst)
  root.prepend(first)
  document.querySelector(".tabs.regions").append(document.querySelector("[data-blocks-bar]"))
  document.querySelector("[data-blocks-bar]").hidden = false
  document.querySelector("#content-main").append(document.querySelector("[data-preview]"))
  for (const select of document.querySelectorAll("fieldset.module > .form-row select.admin-autocomplete, fieldset.module details select.admin-autocomplete")) {
    const selection = select.parentElement.querySelector(".select2-selection")
    if (selection && !blockOf(select)) nameChoice(selection, select.labels[0]?.textContent.trim().replace(/[:：]$/, "") ?? "")
  }
  for (const icon of document.querySelectorAll(".order-machine .material-icons")) icon.setAttribute("aria-hidden", "true")
}

/* Heard after the library, which gives the new block its place first. */
function bindAdding() {
  document.addEventListener("formset:added", (event) => {
    const block = event.target
    if (!window.ContentEditor.pluginsByPrefix[event.detail.formsetName]) return
    decorate(block)
    sortPage()
    values.watch(block)
  })
}

function startAfresh() {
  if (!words.isNew || blocks().length) return
  const block = insert(words.textPrefix, null)
  palette.open(block, { isFocused: false })
  document.querySelector("#id_title_zh").focus({ preventScroll: true })
  window.scrollTo(0, 0)
}

function showErrors() {
  const faulty = document.querySelector(".errorlist")
  if (!faulty) return
  const block = blockOf(faulty)
  for (const details of document.querySelectorAll("details:has(.errorlist)")) details.open = true
  for (const one of blocks()) if (one.querySelector(".errorlist")) reveal(one)
  const target = block ?? faulty.closest(".fieldBox, .form-row") ?? faulty
  const input = [...target.querySelectorAll(".ProseMirror, input:not([type=hidden]), textarea, select, .select2-selection")]
    .find((one) => one.offsetParent)
  input?.focus()
}

function begin() {
  const root = machine()
  if (!root || !document.querySelector("[data-outline]")) return
  furnish(root)
  for (const block of blocks()) decorate(block)
  sortPage()
  bindAdding()
  bindButtons(root)
  bindTyping(root)
  bindFolding()
  bindSides()
  paste.begin(root)
  values.begin()
  outline.begin()
  preview.begin()
  keys.begin()
  document.querySelector("[data-undo] button").addEventListener("click", undoRemoval)
  for (const button of document.querySelectorAll("[data-act=preview]")) button.addEventListener("click", preview.toggle)
  showFolded()
  whenLoaded(() => {
    startAfresh()
    showErrors()
    document.documentElement.classList.add("is-edited")
    document.dispatchEvent(new CustomEvent("desk-editor:ready"))
  })
}

/* A block that comes before the admin has furnished its fields of dates has it do so twice. */
function whenLoaded(act) {
  if (document.readyState === "complete") act()
  else window.addEventListener("load", act)
}

document.addEventListener("prose-editor:ready", (event) => {
  const block = blockOf(event.target)
  if (block?.querySelector(".block-name")) nameBlock(block, numberOf(block), blocks().length)
})
document.addEventListener("content-editor:ready", begin)
