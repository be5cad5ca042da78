// What is left of a limit, in code points as the server counts; shown while typing, spoken after a pause.
(() => {
  document.querySelectorAll('[data-length-limit]').forEach((control) => {
    const line = document.getElementById(control.dataset.lengthLine);
    const limit = Number(control.dataset.lengthLimit);
    const format = new Intl.NumberFormat(document.documentElement.lang + '-u-nu-latn', { useGrouping: false });
    let pause;
    if (!line) return;
    control.addEventListener('input', () => {
      const left = limit - [...control.value].length;
      const text = left < 0 ? control.dataset.overText : control.dataset.leftText;
      line.textContent = fill(text, { count: format.format(Math.abs(left)) });
      line.classList.toggle('error', left < 0);
      clearTimeout(pause);
      pause = setTimeout(() => speak(line.textContent), 1200);
    });
  });
})();
