// The editors add their styles from script; the page's policy wants its nonce on each of them.
(() => {
  const nonce = document.querySelector("script[nonce]")?.nonce;
  if (!nonce) return;
  const create = Document.prototype.createElement;
  Document.prototype.createElement = function (name, options) {
    const element = create.call(this, name, options);
    if (String(name).toLowerCase() === "style") element.setAttribute("nonce", nonce);
    return element;
  };
})();
