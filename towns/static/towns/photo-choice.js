// Suggestions that bring a thumbnail show it; the rest of the admin's select boxes stay as they are.
const jquery = window.django?.jQuery;

function shown(result) {
  if (!result.thumbnail) return result.text;
  const line = document.createElement("span");
  line.className = "photo-choice";
  const image = document.createElement("img");
  Object.assign(image, { src: result.thumbnail, alt: "", width: 72, height: 48 });
  line.append(image, result.text);
  return line;
}

jquery?.(document).on("select2:opening", ".admin-autocomplete", (event) => {
  jquery(event.target).data("select2").options.set("templateResult", shown);
});
