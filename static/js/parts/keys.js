// Single keys for the buttons that name one in `aria-keyshortcuts`: only while the switch `[data-keys]` is on, never
// while typing, never with a modifier. Eastern Arabic digits count as their Latin ones.
(() => {
  const keys = () => document.querySelector('[data-keys]');
  const typing = (element) => element.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
  let on = true;
  try { on = localStorage.getItem('keys') !== 'off'; } catch (refused) { on = true; }
  function label() {
    const button = keys();
    if (!button) return;
    button.hidden = false;
    button.setAttribute('aria-pressed', String(on));
    button.textContent = on ? button.dataset.onText : button.dataset.offText;
  }
  document.addEventListener('click', (event) => {
    if (!keys() || event.target !== keys()) return;
    on = !on;
    try { localStorage.setItem('keys', on ? 'on' : 'off'); } catch (refused) { return label(); }
    label();
  });
  document.addEventListener('keydown', (event) => {
    if (!on || !keys() || event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const digit = '٠١٢٣٤٥٦٧٨٩'.indexOf(event.key);
    const key = digit > 0 ? String(digit) : event.key.toLowerCase();
    const button = [...document.querySelectorAll('button[aria-keyshortcuts]')].find(
      (one) => one.getAttribute('aria-keyshortcuts').toLowerCase() === key && !one.disabled,
    );
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  label();
  // A part of the page that was replaced brings its own switch.
  new MutationObserver(() => { if (keys() && keys().hidden) label(); }).observe(document.body, { childList: true, subtree: true });
})();
