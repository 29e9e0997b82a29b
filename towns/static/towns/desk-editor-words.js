/* What the editor says, in the language of the page, and the places that say it. */
export const words = JSON.parse(document.getElementById("desk-editor-words")?.textContent ?? "{}")

export const filled = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)

export function say(sentence) {
  const region = document.querySelector("[data-says]")
  if (!region) return
  region.textContent = ""
  requestAnimationFrame(() => { region.textContent = sentence })
}
