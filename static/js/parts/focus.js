// A page that came back with errors starts at their summary.
(() => {
  const summary = document.querySelector('[data-focus]');
  if (summary) summary.focus();
})();
