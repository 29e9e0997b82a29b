// Two versions of one record: 1 to 4 choose within the group that has the focus.
document.addEventListener("keydown", (event) => {
  const group = event.target.closest?.("[data-choices]");
  const plain = !(event.ctrlKey || event.altKey || event.metaKey || event.isComposing);
  if (!group || !plain || event.target.type !== "radio") return;
  const wanted = group.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
  if (!wanted) return;
  event.preventDefault();
  wanted.checked = true;
  wanted.focus();
});
