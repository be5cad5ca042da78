// The workbench: what is ticked shows its effect at once, and the wording follows the lead until somebody edits it.
(() => {
  const bench = document.querySelector('[data-bench]');
  if (!bench || !window.fetch) return;
  let asked = 0;
  function mark() {
    bench.querySelectorAll('.candidates > .card').forEach((card) => {
      card.classList.toggle('leads', card.querySelector('[name="lead"]').checked);
      card.classList.toggle('left-out', !card.querySelector('[name="include"]').checked);
    });
  }
  function show(text) {
    const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-region="effect"]');
    const shown = bench.querySelector('[data-region="effect"]');
    if (!fresh || !shown) return;
    shown.replaceWith(document.adoptNode(fresh));
    [['title', fresh.dataset.leadTitle], ['text', fresh.dataset.leadText]].forEach(([name, value]) => {
      const field = bench.elements[name];
      if (value !== undefined && field.value !== value) field.value = value;
    });
  }
  bench.addEventListener('change', (event) => {
    if (!['include', 'lead'].includes(event.target.name)) return;
    mark();
    asked += 1;
    const mine = asked;
    const body = new URLSearchParams(new FormData(bench));
    body.set('do', 'effect');
    fetch(bench.action, {
      method: 'POST',
      body,
      credentials: 'same-origin',
      headers: { Accept: 'text/html; fragment', 'X-Fragment': 'effect' },
    }).then((answer) => (answer.ok && answer.headers.get('X-Fragment') === 'effect' ? answer.text() : ''))
      .then((text) => { if (mine === asked) show(text); }, () => {});
  });
})();
