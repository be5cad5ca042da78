// `details[data-menu]` closes on Escape, and when focus or a press goes elsewhere.
(() => {
  const menus = () => document.querySelectorAll('details[data-menu][open]');
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    menus().forEach((menu) => {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
    });
  });
  ['focusin', 'click'].forEach((kind) => document.addEventListener(kind, (event) => {
    menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  }));
})();
