// Copies what stands in a field: `button[data-copy]` names it by its id, and is shown only where script runs. Where the
// browser lets nothing be copied, the text stays selected and the button says so.
(() => {
  const buttons = [...document.querySelectorAll('button[data-copy]')];
  const word = (button) => button.querySelector('[data-copy-word]');
  const first = buttons.length ? word(buttons[0]).textContent : '';
  function copy(field) {
    field.focus();
    field.select();
    if (navigator.clipboard) return navigator.clipboard.writeText(field.value);
    return document.execCommand('copy') ? Promise.resolve() : Promise.reject(new Error('refused'));
  }
  function say(button, text) {
    buttons.forEach((other) => { word(other).textContent = first; });
    word(button).textContent = text;
    speak(text);
  }
  buttons.forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => {
      copy(document.getElementById(button.dataset.copy)).then(() => {
        button.focus();
        say(button, button.dataset.copiedText);
      }, () => say(button, button.dataset.selectedText));
    });
  });
})();
