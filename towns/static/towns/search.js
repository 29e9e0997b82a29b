/* Suggestions under a search field. Without this file the field is a plain form.
   A combobox with a list (WAI-ARIA 1.2): the focus stays in the field, arrows choose. */
"use strict";

{
  const WAIT = 150; // ms after the last letter

  for (const [number, form] of [...document.querySelectorAll("form[data-suggestions]")].entries()) {
    const field = form.querySelector("input[type=search]");
    const list = document.createElement("div");
    const status = document.createElement("div");
    let chosen = -1;
    let timer = 0;
    let request = null;

    list.id = `suggestions-${number}`;
    list.className = "suggest";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.querySelector("label").textContent);
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");
    form.append(list, status);

    const options = () => [...list.querySelectorAll("[role=option]")];

    function show(isShown) {
      list.hidden = !isShown;
      field.setAttribute("aria-expanded", String(isShown));
      if (!isShown) choose(-1);
    }

    function choose(place) {
      const all = options();
      chosen = place;
      for (const [index, option] of all.entries()) option.setAttribute("aria-selected", String(index === place));
      if (place < 0) field.removeAttribute("aria-activedescendant");
      else {
        field.setAttribute("aria-activedescendant", all[place].id);
        all[place].scrollIntoView({ block: "nearest" });
      }
    }

    function lay(html) {
      const template = document.createElement("template");
      template.innerHTML = html;
      list.replaceChildren(template.content);
      const all = options();
      for (const [index, option] of all.entries()) option.id = `${list.id}-${index}`;
      show(all.length > 0);
      choose(-1);
      status.textContent = all.length ? list.firstElementChild.dataset.status : "";
    }

    async function ask() {
      const typed = field.value.trim();
      request?.abort();
      if (!typed) return show(false);
      request = new AbortController();
      try {
        const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
        const answer = await fetch(address, { signal: request.signal });
        if (answer.ok && document.activeElement === field) lay(await answer.text());
      } catch (error) {
        if (error.name !== "AbortError") show(false); // offline: the form itself still says so
      }
    }

    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    };

    // While Chinese is being composed, the field holds letters that are not meant yet.
    field.addEventListener("input", (event) => event.isComposing || soon());
    field.addEventListener("compositionend", soon);
    field.addEventListener("blur", () => show(false));
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const last = options().length - 1;
      const steps = { ArrowDown: chosen < last ? chosen + 1 : -1, ArrowUp: chosen > -1 ? chosen - 1 : last };
      if (event.key in steps && last >= 0) {
        event.preventDefault();
        show(true);
        choose(steps[event.key]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        show(false);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        location.assign(options()[chosen].dataset.href);
      }
    });
    // The field keeps the focus, so that its blur does not take the list away before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.href);
    });
  }
}
