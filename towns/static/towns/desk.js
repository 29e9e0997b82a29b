// Alt and / lead to the box that finds everything. Macs use Control-Option for Alt.
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("find-all");
  if (event.code === "Slash" && event.altKey && !event.isComposing && box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});
