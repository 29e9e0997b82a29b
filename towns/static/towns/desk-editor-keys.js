/* Keys: none that signs, publishes or withdraws, none while an input method composes. */
import { blockOf, move, undoRemoval } from "desk-editor/blocks"
import { blockAt } from "desk-editor/outline"
import { openHere } from "desk-editor/palette"
import { toggle } from "desk-editor/preview"

const isTyping = (node) => node.closest?.("input:not([type=checkbox], [type=submit]), textarea, select, [contenteditable=true]")

function movedBy(event, step) {
  const item = event.target.closest?.("[data-outline] [role=treeitem]")
  const block = item ? blockAt(item) : blockOf(event.target)
  if (!block || isTyping(event.target)) return false
  move(block, step)
  return true
}

/* Whatever stands beside a block and is marked so can be visited: findings, comments, changes. */
function visit(step) {
  const all = [...document.querySelectorAll("[data-finding]")].filter((one) => one.checkVisibility?.() ?? one.offsetParent)
  if (!all.length) return false
  const here = document.activeElement
  const isAhead = (one) => Boolean(here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)
  const ahead = all.filter((one) => one !== here && isAhead(one)), behind = all.filter((one) => one !== here && !isAhead(one))
  const next = step > 0 ? ahead[0] ?? all[0] : behind.at(-1) ?? all.at(-1)
  if (!next.hasAttribute("tabindex")) next.tabIndex = -1
  next.focus()
  next.scrollIntoView({ block: "center" })
  return true
}

const ACTS = {
  "Alt+KeyN": () => { openHere(); return true },
  "Alt+KeyP": () => { toggle(); return true },
  "Alt+ArrowUp": (event) => movedBy(event, -1),
  "Alt+ArrowDown": (event) => movedBy(event, 1),
  F8: () => visit(1),
  "Shift+F8": () => visit(-1),
  "Ctrl+KeyZ": (event) => !isTyping(event.target) && undoRemoval(),
}

/* A Mac says Control and Option where others say Alt. */
function name(event) {
  const isMac = /Mac/.test(navigator.platform)
  const alt = isMac ? event.altKey && event.ctrlKey : event.altKey && !event.ctrlKey && !event.metaKey
  const control = isMac ? event.metaKey : event.ctrlKey && !event.altKey
  return `${alt ? "Alt+" : ""}${control ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${event.code}`
}

export function begin() {
  window.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) {
      if (event.ctrlKey || event.metaKey) event.stopPropagation()
      return
    }
    if (ACTS[name(event)]?.(event)) {
      event.preventDefault()
      event.stopPropagation()
    }
  }, true)
}
