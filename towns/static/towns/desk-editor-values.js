/* What the chosen records say now, made by the server as the public page shows it. */
import { blocks, machine, prefixOf } from "desk-editor/blocks"
import { words } from "desk-editor/words"

const namesOf = (block) => words.kinds[prefixOf(block)]?.quotes ?? []

function query(block) {
  const asked = new URLSearchParams({ kind: prefixOf(block) })
  for (const name of namesOf(block)) {
    for (const option of block.querySelector(`[name="${block.id}-${name}"]`).selectedOptions) {
      if (option.value) asked.append(name, option.value)
    }
  }
  for (const code of ["zh", "en"]) {
    const caption = block.querySelector(`[name="${block.id}-caption_${code}"]`)
    if (caption) asked.append(`caption_${code}`, caption.value)
  }
  return asked.toString()
}

function slotOf(block) {
  let slot = block.querySelector(":scope > .block-values")
  if (!slot) {
    slot = document.createElement("div")
    slot.className = "block-values"
    block.querySelector(":scope > fieldset").after(slot)
  }
  return slot
}

async function fetchValues(block) {
  const slot = slotOf(block), asked = query(block)
  if (slot.dataset.asked === asked) return
  slot.dataset.asked = asked
  slot.setAttribute("aria-busy", "true")
  try {
    const answer = await fetch(`${words.urls.values}?${asked}`, { headers: { Accept: "text/html" } })
    if (!answer.ok) throw new Error(answer.status)
    const text = await answer.text()
    if (slot.dataset.asked === asked) slot.innerHTML = text
  } catch {
    slot.textContent = words.noValues
    delete slot.dataset.asked
  }
  slot.removeAttribute("aria-busy")
}

/* A block is asked about when it comes near, so that a long article opens at once. */
const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (isIntersecting && !target.classList.contains("collapsed")) fetchValues(target)
  }
}, { rootMargin: "400px" })

export function watch(block) {
  if (namesOf(block).length) near.observe(block)
}

let waiting

export function begin() {
  for (const block of blocks()) watch(block)
  window.django.jQuery(machine()).on("change", "select", (event) => {
    const block = event.target.closest(".inline-related")
    if (block && namesOf(block).length) fetchValues(block)
  })
  machine().addEventListener("input", (event) => {
    const block = event.target.closest(".inline-related")
    if (!block || !/-caption_(zh|en)$/.test(event.target.name)) return
    clearTimeout(waiting)
    waiting = setTimeout(fetchValues, 600, block)
  })
}
