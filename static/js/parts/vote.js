// Sends a form in place: `form[data-fragment]` inside `[data-region]`. The answer to the same POST is the region
// as it looks now. Anything else than that answer is shown as the page it is.
(() => {
  function busy(button, on) {
    button[on ? 'setAttribute' : 'removeAttribute']('aria-busy', 'true');
  }
  function fail(region, form) {
    const line = region.querySelector('[data-failed]');
    if (line) line.textContent = form.dataset.failedText || '';
    speak(form.dataset.failedText);
  }
  function sendAsPage(form, button) {
    const choice = document.createElement('input');
    choice.type = 'hidden';
    choice.name = button.name;
    choice.value = button.value;
    form.append(choice);
    form.submit();
  }
  function focusIn(region, button) {
    const asked = region.querySelector('[data-ask]');
    const same = [...region.querySelectorAll('button')].find(
      (other) => other.name === button.name && other.value === button.value && !other.closest('details:not([open])'),
    );
    (asked || same || region.querySelector('summary, a, button') || region).focus({ preventScroll: true });
    if (asked && region.getBoundingClientRect().top < 0) region.scrollIntoView();
    if (asked) asked.scrollIntoView({ block: 'nearest' });
  }
  function show(region, button, text) {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const [fresh, ...beside] = page.querySelectorAll('[data-region]');
    if (!fresh) return false;
    beside.forEach((part) => {
      const shown = document.querySelector(`[data-region="${part.dataset.region}"]`);
      if (shown) shown.replaceWith(document.adoptNode(part));
    });
    region.replaceWith(document.adoptNode(fresh));
    focusIn(fresh, button);
    speak(fresh.dataset.saidText);
    const count = document.querySelector('[data-vote-count]');
    if (count && fresh.dataset.voteCountText) count.textContent = fresh.dataset.voteCountText;
    return true;
  }
  document.addEventListener('submit', (event) => {
    const form = event.target;
    const button = event.submitter;
    const region = form.closest('[data-region]');
    if (!form.dataset.fragment || !button || !region || !window.fetch) return;
    event.preventDefault();
    if (region.querySelector('[aria-busy="true"]')) return;
    const body = new URLSearchParams(new FormData(form));
    body.set(button.name, button.value);
    busy(button, true);
    fetch(form.action, {
      method: 'POST',
      body,
      credentials: 'same-origin',
      headers: { Accept: 'text/html; fragment', 'X-Fragment': form.dataset.fragment },
    }).then((answer) => {
      if (answer.redirected) {
        window.location.assign(answer.url);
      } else if (answer.ok && answer.headers.get('X-Fragment') === form.dataset.fragment) {
        answer.text().then((text) => show(region, button, text) || sendAsPage(form, button));
      } else {
        sendAsPage(form, button);
      }
    }, () => {
      busy(button, false);
      fail(region, form);
    });
  });
})();
