// Dropping a sheet sends it; an answer that is chosen is taken at once, and the page stays where it
// was. Without script, buttons do.
for (const form of document.querySelectorAll("[data-drop]")) {
  const input = form.querySelector("[type=file]");
  const over = (is) => form.classList.toggle("is-over", is);
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  form.addEventListener("dragleave", () => over(false));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

const answers = document.querySelector("[data-answers]");
const place = `sheet ${location.pathname}`;
if (sessionStorage.getItem(place)) scrollTo(0, Number(sessionStorage.getItem(place)));
sessionStorage.removeItem(place);
answers?.addEventListener("submit", () => sessionStorage.setItem(place, String(scrollY)));
for (const field of answers?.elements ?? []) {
  if (field.type === "radio" && field.value !== "typed") {
    field.addEventListener("click", (event) => {
      // Arrow keys walk through the choices; they do not decide.
      if (event.detail) answers.requestSubmit();
    });
  }
  if (field.type === "text") {
    field.addEventListener("input", () => {
      const other = field.closest("fieldset").querySelector("[type=radio][value=typed]");
      if (other) other.checked = true;
    });
  }
}
