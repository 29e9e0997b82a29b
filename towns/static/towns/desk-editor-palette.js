/* What can be inserted, shown where it will stand. Arrows choose, Enter inserts, Esc goes back. */
import { blockOf, blocks, focusFirst, insert, machine, numberOf } from "desk-editor/blocks"
import { filled, words } from "desk-editor/words"

let palette, after, opener

function item({ prefix, level, name, hint, icon }) {
  const button = document.createElement("button")
  Object.assign(button, { type: "button", tabIndex: -1, className: "palette-item" })
  button.setAttribute("role", "menuitem")
  Object.assign(button.dataset, { prefix, level: level ?? "" })
  for (const [tag, className, text] of [["span", "material-icons", icon], ["b", "", name], ["small", "", hint]]) {
    const part = document.createElement(tag)
    Object.assign(part, { className, textContent: text })
    if (className) part.setAttribute("aria-hidden", "true")
    button.append(part)
  }
  return button
}

function build() {
  palette = document.createElement("div")
  palette.className = "palette"
  palette.innerHTML = '<p class="palette-head"><span></span> <kbd></kbd><i></i></p><div role="menu"></div>'
  palette.querySelector("kbd").textContent = words.keys.insert
  palette.querySelector("i").textContent = words.paletteHint
  palette.querySelector("[role=menu]").append(...words.palette.map(item))
  palette.addEventListener("keydown", steer)
  palette.addEventListener("click", (event) => {
    const button = event.target.closest(".palette-item")
    if (button) choose(button)
  })
}

const items = () => [...palette.querySelectorAll(".palette-item")]

function choose(button) {
  const made = insert(button.dataset.prefix, after, button.dataset.level)
  close(false)
  if (made) focusFirst(made)
}

function steer(event) {
  const all = items(), at = all.indexOf(document.activeElement)
  const columns = all.filter((one) => one.offsetTop === all[0].offsetTop).length
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + columns, ArrowUp: at - columns, Home: 0, End: all.length - 1 }[event.key]
  if (event.key === "Escape") close(true)
  else if (to === undefined) return
  else all[(to + all.length) % all.length].focus()
  event.preventDefault()
  event.stopPropagation()
}

export function close(isGivenBack) {
  palette?.remove()
  if (isGivenBack) opener?.focus()
}

/* `block` is the one before it; null stands for the beginning. */
export function open(block, { isFocused = true } = {}) {
  if (!palette) build()
  after = block
  opener = document.activeElement
  const said = block ? filled(words.insertAfter, { number: numberOf(block) }) : words.insertFirst
  palette.querySelector("span").textContent = said
  palette.querySelector("[role=menu]").setAttribute("aria-label", said)
  if (block) block.after(palette)
  else machine().prepend(palette)
  items().forEach((one, at) => { one.tabIndex = at ? -1 : 0 })
  if (isFocused) items()[0].focus()
  if (isFocused) palette.scrollIntoView({ block: "nearest" })
}

/* After the block in which the person is, else after the last. */
export function openHere() {
  open(blockOf(document.activeElement) ?? blocks().at(-1) ?? null)
}
