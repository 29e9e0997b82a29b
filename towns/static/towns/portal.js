// What script adds to pages that are complete without it: pictures open large, and a page can be
// printed, handed on or read aloud from a button.
(() => {
  'use strict';

  const viewer = document.querySelector('.viewer');
  const links = [...document.querySelectorAll('.photo > a')];
  let shown = 0;

  // The page offers a better format where there is one; the browser chooses.
  function fill(picture, link) {
    const better = link.querySelector('source');
    picture.querySelector('source').srcset = better ? better.srcset : '';
    picture.querySelector('img').src = link.href;
  }

  function show(number) {
    shown = (number + links.length) % links.length;
    const link = links[shown];
    const picture = viewer.querySelector('picture');
    fill(picture, link);
    picture.querySelector('img').alt = link.querySelector('img').alt;
    viewer.querySelector('[data-count]').textContent = `${shown + 1} / ${links.length}`;
    const words = link.parentElement.querySelector('figcaption');
    const copies = [...(words ? words.children : []), ...link.querySelectorAll('.mark')];
    viewer.querySelector('.viewer__words').replaceChildren(...copies.map((word) => word.cloneNode(true)));
    const next = links[(shown + 1) % links.length];
    if (next !== link) fill(picture.cloneNode(true), next);
  }

  function open(event, number) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(number);
    viewer.showModal();
  }

  function step(by) {
    if (by) show(shown + by);
    else viewer.close();
  }

  if (viewer && viewer.showModal && links.length) {
    links.forEach((link, number) => link.addEventListener('click', (event) => open(event, number)));
    for (const button of viewer.querySelectorAll('[data-go]')) {
      const by = Number(button.dataset.go);
      button.hidden = Boolean(by) && links.length === 1;
      button.addEventListener('click', () => step(by));
    }
    viewer.addEventListener('keydown', (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by) step(by);
    });
    viewer.addEventListener('close', () => links[shown].focus());
    let from = null;
    const picture = viewer.querySelector('img');
    picture.addEventListener('touchstart', (event) => {
      from = event.touches.length === 1 ? event.touches[0].clientX : null;
    }, { passive: true });
    picture.addEventListener('touchend', (event) => {
      const moved = from === null ? 0 : event.changedTouches[0].clientX - from;
      if (Math.abs(moved) > 40) step(moved < 0 ? 1 : -1);
    });
  }

  const actions = document.querySelector('[data-actions]');
  const address = () => (document.querySelector('link[rel=canonical]') || location).href;
  const voice = window.speechSynthesis;

  function say(words) {
    actions.querySelector('[role=status]').textContent = words;
  }

  const acts = {
    print: () => window.print(),
    share: () => navigator.share({ title: document.title, url: address() }).catch(() => {}),
    copy: (button) => navigator.clipboard.writeText(address()).then(() => {
      const label = button.querySelector('span');
      const before = label.textContent;
      label.textContent = actions.dataset.copied;
      say(actions.dataset.copied);
      setTimeout(() => { label.textContent = before; }, 3000);
    }),
    read: (button) => {
      const label = button.querySelector('span');
      [label.textContent, button.dataset.stop] = [button.dataset.stop, label.textContent];
      if (voice.speaking) return voice.cancel();
      for (const piece of document.querySelectorAll('main h1, .body h2, .body h3, .prose')) {
        const speech = new SpeechSynthesisUtterance(piece.textContent);
        speech.lang = piece.closest('[lang]').lang === 'en' ? 'en' : 'zh-CN';
        voice.speak(speech);
      }
    },
  };

  if (actions) {
    const can = { share: navigator.share, copy: navigator.clipboard, read: voice };
    for (const button of actions.querySelectorAll('[data-act]')) {
      const act = button.dataset.act;
      button.hidden = act in can && !can[act];
      button.addEventListener('click', () => acts[act](button));
    }
    actions.classList.add('is-ready');
  }

  // Reporting an error takes the selected words along; a press on the link would undo the selection.
  const report = document.querySelector('[data-report]');

  function take() {
    const words = String(getSelection()).trim().slice(0, 300);
    const link = new URL(report.href);
    if (words) link.searchParams.set('words', words);
    else link.searchParams.delete('words');
    report.href = link;
  }

  if (report) for (const event of ['pointerdown', 'focus']) report.addEventListener(event, take);
})();
