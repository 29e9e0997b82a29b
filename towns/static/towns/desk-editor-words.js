/* What the editor says, in the language of the page, and the places that say it. */
export const words = JSON.parse(document.getElementById("desk-editor-words")?.textContent ?? "{}")

export const filled = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)

/* `kinds`: one, and several. */
const counted = (kinds, n) => filled(kinds[n === 1 ? 0 : 1], { n })

export const size = (blocks, pictures) =>
  counted(words.blocks, blocks) + words.comma + counted(words.pictures, pictures)

export function say(sentence) {
  const region = document.querySelector("[data-says]")
  if (!region) return
  region.textContent = ""
  requestAnimationFrame(() => { region.textContent = sentence })
}
