function speak(text) {const region = document.querySelector('[data-live]');
if (!region || !text) return;
region.textContent = '';
setTimeout(() => { region.textContent = text; }, 60);
}
function fill(text, values) {return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
(() => {function busy(button, on) {button[on ? 'setAttribute' : 'removeAttribute']('aria-busy', 'true');
}
function fail(region, form) {const line = region.querySelector('[data-failed]');
if (line) line.textContent = form.dataset.failedText || '';
speak(form.dataset.failedText);
}
function sendAsPage(form, button) {const choice = document.createElement('input');
choice.type = 'hidden';
choice.name = button.name;
choice.value = button.value;
form.append(choice);
form.submit();
}
function focusIn(region, button) {const asked = region.querySelector('[data-ask]');
const same = [...region.querySelectorAll('button')].find((other) => other.name === button.name && other.value === button.value && !other.closest('details:not([open])'),);
(asked || same || region.querySelector('summary, a, button') || region).focus({ preventScroll: true });
if (asked && region.getBoundingClientRect().top < 0) region.scrollIntoView();
if (asked) asked.scrollIntoView({ block: 'nearest' });
}
function show(region, button, text) {const page = new DOMParser().parseFromString(text, 'text/html');
const [fresh, ...beside] = page.querySelectorAll('[data-region]');
if (!fresh) return false;
beside.forEach((part) => {const shown = document.querySelector(`[data-region="${part.dataset.region}"]`);
if (shown) shown.replaceWith(document.adoptNode(part));
});
region.replaceWith(document.adoptNode(fresh));
focusIn(fresh, button);
speak(fresh.dataset.saidText);
const count = document.querySelector('[data-vote-count]');
if (count && fresh.dataset.voteCountText) count.textContent = fresh.dataset.voteCountText;
return true;
}
document.addEventListener('submit', (event) => {const form = event.target;
const button = event.submitter;
const region = form.closest('[data-region]');
if (!form.dataset.fragment || !button || !region || !window.fetch) return;
event.preventDefault();
if (region.querySelector('[aria-busy="true"]')) return;
const body = new URLSearchParams(new FormData(form));
body.set(button.name, button.value);
busy(button, true);
fetch(form.action, {method: 'POST',body,credentials: 'same-origin',headers: { Accept: 'text/html; fragment', 'X-Fragment': form.dataset.fragment },}).then((answer) => {if (answer.redirected) {window.location.assign(answer.url);
} else if (answer.ok && answer.headers.get('X-Fragment') === form.dataset.fragment) {answer.text().then((text) => show(region, button, text) || sendAsPage(form, button));
} else {sendAsPage(form, button);
}
}, () => {busy(button, false);
fail(region, form);
});
});
})();
(() => {const keys = () => document.querySelector('[data-keys]');
const typing = (element) => element.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
let on = true;
try { on = localStorage.getItem('keys') !== 'off'; } catch (refused) { on = true; }
function label() {const button = keys();
if (!button) return;
button.hidden = false;
button.setAttribute('aria-pressed', String(on));
button.textContent = on ? button.dataset.onText : button.dataset.offText;
}
document.addEventListener('click', (event) => {if (!keys() || event.target !== keys()) return;
on = !on;
try { localStorage.setItem('keys', on ? 'on' : 'off'); } catch (refused) { return label(); }
label();
});
document.addEventListener('keydown', (event) => {if (!on || !keys() || event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
const digit = '٠١٢٣٤٥٦٧٨٩'.indexOf(event.key);
const key = digit > 0 ? String(digit) : event.key.toLowerCase();
const button = [...document.querySelectorAll('button[aria-keyshortcuts]')].find((one) => one.getAttribute('aria-keyshortcuts').toLowerCase() === key && !one.disabled,);
if (!button) return;
event.preventDefault();
button.click();
});
label();
new MutationObserver(() => { if (keys() && keys().hidden) label(); }).observe(document.body, { childList: true, subtree: true });
})();
(() => {document.querySelectorAll('[data-length-limit]').forEach((control) => {const line = document.getElementById(control.dataset.lengthLine);
const limit = Number(control.dataset.lengthLimit);
const format = new Intl.NumberFormat(document.documentElement.lang + '-u-nu-latn', { useGrouping: false });
let pause;
if (!line) return;
control.addEventListener('input', () => {const left = limit - [...control.value].length;
const text = left < 0 ? control.dataset.overText : control.dataset.leftText;
line.textContent = fill(text, { count: format.format(Math.abs(left)) });
line.classList.toggle('error', left < 0);
clearTimeout(pause);
pause = setTimeout(() => speak(line.textContent), 1200);
});
});
})();
(() => {const summary = document.querySelector('[data-focus]');
if (summary) summary.focus();
})();
(() => {const menus = () => document.querySelectorAll('details[data-menu][open]');
document.addEventListener('keydown', (event) => {if (event.key !== 'Escape') return;
menus().forEach((menu) => {menu.open = false;
if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
});
});
['focusin', 'click'].forEach((kind) => document.addEventListener(kind, (event) => {menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
}));
})();
(() => {const text = document.body.dataset.ownTimeText;
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (!text || !own) return;
const language = document.documentElement.lang.replace(/^en$/, 'en-GB') + '-u-nu-latn';
const shape = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
document.querySelectorAll('time[data-zone]').forEach((time) => {const moment = new Date(time.dateTime);
if (Number.isNaN(moment.getTime()) || time.dataset.zone === own) return;
try {const inZone = (timeZone) => moment.toLocaleString(language, { ...shape, timeZone });
if (inZone(own) === inZone(time.dataset.zone)) return;
const line = document.createElement('span');
line.className = 'muted';
line.textContent = ' ' + fill(text, { time: inZone(own) });
time.after(line);
} catch (unknownZone) {time.removeAttribute('data-zone');
}
});
})();
(() => {const region = document.querySelector('[data-similar]');
const form = region && document.getElementById(region.dataset.similar);
if (!form || !window.fetch || !window.AbortController) return;
let [pause, asked, announced, seen] = [0, null, false, ''];
function show(text) {if (region.contains(document.activeElement)) return;
const page = new DOMParser().parseFromString(text, 'text/html');
const fresh = page.querySelector('[data-said-text]');
region.replaceChildren(...(fresh ? [document.adoptNode(fresh)] : []));
if (fresh && !announced) speak(fresh.dataset.saidText);
announced = announced || Boolean(fresh);
}
function look() {const typed = ['title', 'text', 'language'].map((name) => form.elements[name].value).join('\n');
if (typed === seen) return;
if (asked) asked.abort();
[seen, asked] = [typed, new AbortController()];
const { signal } = asked;
const patience = setTimeout(() => asked.abort(), 4000);
fetch(region.dataset.similarAddress, {method: 'POST',body: new URLSearchParams(new FormData(form)),credentials: 'same-origin',headers: { Accept: 'text/html; fragment', 'X-Fragment': 'similar' },signal,}).then((answer) => (answer.ok && answer.headers.get('X-Fragment') === 'similar' ? answer.text() : null))
.then((text) => { if (text !== null && !signal.aborted) show(text); })
.catch(() => {}).finally(() => clearTimeout(patience));
}
form.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(look, 600); });
if (form.elements.title.value) look();
})();
