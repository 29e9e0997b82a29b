// The focal point of a picture: a click, or the arrow keys by 1 % (with Shift by 10 %).
const area = document.querySelector("[data-focus]");
const fields = ["x", "y"].map((axis) => document.querySelector(`#id_focus_${axis}`));
if (area && fields.every(Boolean)) follow(area, fields);

function follow(area, fields) {
  const size = [Number(area.dataset.width), Number(area.dataset.height)];
  const rings = area.querySelectorAll("circle");
  const said = document.querySelector("[data-focus-said]");
  document.querySelector("[data-focus-help]").hidden = false;
  area.disabled = false;

  const at = () => fields.map((field) => within(Number(field.value)));
  const within = (value) => Math.min(100, Math.max(0, Math.round(value) || 0));

  function move(point) {
    fields.forEach((field, index) => {
      field.value = within(point[index]);
    });
    show();
  }

  function show() {
    const [x, y] = at();
    for (const ring of rings) {
      ring.setAttribute("cx", `${x}%`);
      ring.setAttribute("cy", `${y}%`);
    }
    said.textContent = said.dataset.words.replace("{x}", x).replace("{y}", y);
    for (const crop of document.querySelectorAll("[data-crop]")) crop.setAttribute("viewBox", box(crop));
  }

  // As CSS `object-position` with both in per cent.
  function box(crop) {
    const [across, down] = crop.dataset.crop.split(":").map(Number);
    const width = Math.min(size[0], (size[1] * across) / down);
    const part = [width, (width * down) / across];
    const corner = at().map((percent, index) => ((size[index] - part[index]) * percent) / 100);
    return [...corner, ...part].map((number) => number.toFixed(2)).join(" ");
  }

  area.addEventListener("click", (event) => {
    if (!event.detail) return; // a key, not a pointer
    const frame = area.getBoundingClientRect();
    move([
      (100 * (event.clientX - frame.left)) / frame.width,
      (100 * (event.clientY - frame.top)) / frame.height,
    ]);
  });
  area.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const step = event.shiftKey ? 10 : 1;
    move(at().map((value, index) => value + step * way[index]));
  });
  for (const field of fields) field.addEventListener("input", show);
}
