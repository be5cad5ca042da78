// One live region for the whole page: `speak` says a sentence once. `fill` puts a value into a text from the page.
function speak(text) {
  const region = document.querySelector('[data-live]');
  if (!region || !text) return;
  region.textContent = '';
  setTimeout(() => { region.textContent = text; }, 60);
}
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
