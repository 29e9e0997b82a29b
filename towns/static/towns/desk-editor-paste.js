/* What is pasted from Word or a web page keeps its paragraphs, headings, lists, links and emphasis;
   the rest is dropped. A heading becomes a block of its own. */
import { blockOf, field, insert } from "desk-editor/blocks"
import { filled, say, words } from "desk-editor/words"

const DROPPED = "style, script, meta, link, title, xml, head, img, picture, svg, video, audio, object, iframe, button, input, select, textarea, del, [hidden]"
const BLOCKY = /^(P|DIV|SECTION|ARTICLE|HEADER|FOOTER|MAIN|FIGURE|FIGCAPTION|TABLE|TBODY|THEAD|TR|UL|OL|BLOCKQUOTE|H[1-6]|BODY|DL|DT|DD|PRE)$/
const CHINESE = "[\\u3000-\\u303f\\u3400-\\u9fff\\uff00-\\uffef]"

/* Word breaks lines in the middle of a sentence; between Chinese characters no space belongs. */
const straight = (text) => text
  .replace(new RegExp(`(${CHINESE})\\s*\\n\\s*(?=${CHINESE})`, "g"), "$1")
  .replace(/[\s\u00a0]+/g, " ")

/* Read from another attribute: the page's policy forbids styles even in a document that is only read. */
const styleOf = (node) => (node.getAttribute("data-said-style") ?? "").toLowerCase().replace(/\s/g, "")

function levelOf(node) {
  const own = node.tagName.match(/^H([1-6])$/)
  if (own) return Number(own[1])
  if (/^Mso(Title|Subtitle)$/.test(node.className)) return 1
  const named = node.className.match?.(/^MsoHeading(\d)$/) ?? styleOf(node).match(/mso-outline-level:(\d)/)
  return named ? Number(named[1]) : 0
}

const isWordItem = (node) => node.tagName === "P" && (/MsoListParagraph/.test(node.className) || /mso-list:l\d/.test(styleOf(node)))

function marker(node) {
  const ignored = [...node.querySelectorAll("span")].find((span) => /mso-list:ignore/.test(styleOf(span)))
  const text = ignored?.textContent.trim() ?? ""
  ignored?.remove()
  return text
}

/* Inline HTML of a node's children: text, strong, em, a, br and nothing else. */
function inline(node) {
  let said = ""
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) said += escaped(straight(child.data))
    else if (child.nodeType === Node.ELEMENT_NODE) said += wrapped(child)
  }
  return said
}

const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign])

function wrapped(node) {
  if (node.tagName === "BR") return "<br>"
  const style = styleOf(node), inner = inline(node)
  if (!inner.trim()) return inner
  const isPlain = /font-weight:(normal|400)/.test(style)
  const isStrong = /^(B|STRONG)$/.test(node.tagName) ? !isPlain : /font-weight:(bold|[6-9]00)/.test(style)
  const isStressed = /^(I|EM)$/.test(node.tagName) ? !/font-style:normal/.test(style) : /font-style:italic/.test(style)
  let said = isStressed ? `<em>${inner}</em>` : inner
  if (isStrong) said = `<strong>${said}</strong>`
  const link = node.tagName === "A" && /^(https?:|mailto:)/i.test(node.getAttribute("href") ?? "")
  return link ? `<a href="${escaped(node.getAttribute("href")).replace(/"/g, "&quot;")}">${said}</a>` : said
}

const hasBlocks = (node) => [...node.children].some((child) => BLOCKY.test(child.tagName) || hasBlocks(child))

function* listed(node) {
  for (const item of node.children) {
    if (item.tagName !== "LI") continue
    const nested = [...item.querySelectorAll("ul, ol")].filter((list) => list.parentElement === item)
    for (const list of nested) list.remove()
    const text = inline(item).trim()
    if (text) yield { list: node.tagName.toLowerCase(), text }
    for (const list of nested) yield* listed(list)
  }
}

/* The pieces in reading order: a heading with its level, a list item, or a paragraph. */
function* pieces(node) {
  let loose = ""
  const paragraph = function* () {
    if (loose.replace(/<br>/g, "").trim()) yield { text: loose.trim() }
    loose = ""
  }
  for (const child of node.childNodes) {
    const isBlock = child.nodeType === Node.ELEMENT_NODE && (BLOCKY.test(child.tagName) || hasBlocks(child))
    if (isBlock) {
      yield* paragraph()
      yield* piece(child)
    } else if (child.nodeType === Node.TEXT_NODE) loose += escaped(straight(child.data))
    else if (child.nodeType === Node.ELEMENT_NODE) loose += wrapped(child)
  }
  yield* paragraph()
}

function* piece(node) {
  const level = levelOf(node)
  if (level) {
    const text = straight(node.textContent).trim()
    if (text) yield { level, text }
  } else if (isWordItem(node)) {
    const mark = marker(node), text = inline(node).trim()
    if (text) yield { list: /[\d一二三四五六七八九十a-z]/i.test(mark.replace(/^[o§·]$/, "")) ? "ol" : "ul", text }
  } else if (/^(UL|OL)$/.test(node.tagName)) yield* listed(node)
  else if (node.tagName === "TR") {
    const cells = [...node.cells].map((cell) => inline(cell).replace(/<br>/g, " ").trim())
    if (cells.some(Boolean)) yield { text: cells.filter(Boolean).join(" · ") }
  } else if (node.tagName === "BLOCKQUOTE") {
    for (const one of pieces(node)) yield { ...one, quote: true }
  } else yield* pieces(node)
}

function opened(part) {
  return part?.list ? `<${part.list}>` : part?.quote ? "<blockquote>" : ""
}

/* Runs of text as HTML and headings by themselves. */
export function read(html) {
  const harmless = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<!\[(if|endif)[^>]*>/g, "")
    .replace(/(<[a-z][^<>]*?\s)style(\s*=)/gi, "$1data-said-style$2")
  const page = new DOMParser().parseFromString(harmless, "text/html")
  for (const node of page.querySelectorAll(DROPPED)) node.remove()
  for (const node of [...page.body.querySelectorAll("*")]) {
    if (/^[A-Z]+:/.test(node.tagName)) node.replaceWith(...node.childNodes)
    else if (/display:none|mso-hide:all/.test(styleOf(node))) node.remove()
  }
  const parts = [], all = [...pieces(page.body)]
  all.forEach((part, at) => {
    if (part.level) return parts.push(part)
    if (!parts.length || parts.at(-1).level) parts.push({ html: "" })
    const open = opened(part), isRun = (other) => other && !other.level && opened(other) === open
    const said = part.list ? `<li><p>${part.text}</p></li>` : `<p>${part.text}</p>`
    const end = open.replace("<", "</")
    parts.at(-1).html += (isRun(all[at - 1]) ? "" : open) + said + (isRun(all[at + 1]) ? "" : end)
  })
  return parts
}

function addPart(part, block, code) {
  if (part.level) {
    const made = insert(words.headingPrefix, block, part.level <= 2 ? "2" : "3")
    const input = field(made, `text_${code}`)
    input.value = part.text.slice(0, input.maxLength > 0 ? input.maxLength : undefined)
    input.dispatchEvent(new Event("input", { bubbles: true }))
    return made
  }
  const made = insert(words.textPrefix, block)
  field(made, `html_${code}`).closest(".prose-editor").querySelector(".ProseMirror").editor.view.pasteHTML(part.html)
  return made
}

function keep(parts, prose) {
  const first = blockOf(prose)
  const code = prose.closest(".prose-editor").querySelector("textarea").name.endsWith("_en") ? "en" : "zh"
  let block = first
  for (const [at, part] of parts.entries()) {
    if (!at && part.html) prose.editor.view.pasteHTML(part.html)
    else block = addPart(part, block, code)
  }
  prose.focus()
  if (block !== first) say(filled(words.pasted, { blocks: parts.length - (parts[0].html ? 1 : 0) }))
}

export function begin(root) {
  root.addEventListener("paste", (event) => {
    const prose = event.target.closest?.(".ProseMirror"), html = event.clipboardData?.getData("text/html")
    if (!prose?.editor || !html || html.includes("data-pm-slice")) return
    const parts = read(html)
    event.preventDefault()
    event.stopPropagation()
    if (parts.length) keep(parts, prose)
  }, true)
}
