// Beside `time[data-zone]`, the same moment in the reader's own zone, where that differs.
(() => {
  const text = document.body.dataset.ownTimeText;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!text || !own) return;
  const language = document.documentElement.lang.replace(/^en$/, 'en-GB') + '-u-nu-latn';
  const shape = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  document.querySelectorAll('time[data-zone]').forEach((time) => {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime()) || time.dataset.zone === own) return;
    try {
      const inZone = (timeZone) => moment.toLocaleString(language, { ...shape, timeZone });
      if (inZone(own) === inZone(time.dataset.zone)) return;
      const line = document.createElement('span');
      line.className = 'muted';
      line.textContent = ' ' + fill(text, { time: inZone(own) });
      time.after(line);
    } catch (unknownZone) {
      time.removeAttribute('data-zone');
    }
  });
})();
