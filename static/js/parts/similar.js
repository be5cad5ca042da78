// Beside the form of a new proposal: what says the same already, looked up while the writer pauses. It is announced once;
// where the answer is slow or fails nothing is shown, and nothing waits for it.
(() => {
  const region = document.querySelector('[data-similar]');
  const form = region && document.getElementById(region.dataset.similar);
  if (!form || !window.fetch || !window.AbortController) return;
  let [pause, asked, announced, seen] = [0, null, false, ''];
  function show(text) {
    if (region.contains(document.activeElement)) return;
    const page = new DOMParser().parseFromString(text, 'text/html');
    const fresh = page.querySelector('[data-said-text]');
    region.replaceChildren(...(fresh ? [document.adoptNode(fresh)] : []));
    if (fresh && !announced) speak(fresh.dataset.saidText);
    announced = announced || Boolean(fresh);
  }
  function look() {
    const typed = ['title', 'text', 'language'].map((name) => form.elements[name].value).join('\n');
    if (typed === seen) return;
    if (asked) asked.abort();
    [seen, asked] = [typed, new AbortController()];
    const { signal } = asked;
    const patience = setTimeout(() => asked.abort(), 4000);
    fetch(region.dataset.similarAddress, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      credentials: 'same-origin',
      headers: { Accept: 'text/html; fragment', 'X-Fragment': 'similar' },
      signal,
    }).then((answer) => (answer.ok && answer.headers.get('X-Fragment') === 'similar' ? answer.text() : null))
      .then((text) => { if (text !== null && !signal.aborted) show(text); })
      .catch(() => {}).finally(() => clearTimeout(patience));
  }
  form.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(look, 600); });
  if (form.elements.title.value) look();
})();
