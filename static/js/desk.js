(() => {const buttons = [...document.querySelectorAll('button[data-copy]')];
const word = (button) => button.querySelector('[data-copy-word]');
const first = buttons.length ? word(buttons[0]).textContent : '';
function copy(field) {field.focus();
field.select();
if (navigator.clipboard) return navigator.clipboard.writeText(field.value);
return document.execCommand('copy') ? Promise.resolve() : Promise.reject(new Error('refused'));
}
function say(button, text) {buttons.forEach((other) => { word(other).textContent = first; });
word(button).textContent = text;
speak(text);
}
buttons.forEach((button) => {button.hidden = false;
button.addEventListener('click', () => {copy(document.getElementById(button.dataset.copy)).then(() => {button.focus();
say(button, button.dataset.copiedText);
}, () => say(button, button.dataset.selectedText));
});
});
})();
(() => {const bench = document.querySelector('[data-bench]');
if (!bench || !window.fetch) return;
let asked = 0;
function mark() {bench.querySelectorAll('.candidates > .card').forEach((card) => {card.classList.toggle('leads', card.querySelector('[name="lead"]').checked);
card.classList.toggle('left-out', !card.querySelector('[name="include"]').checked);
});
}
function show(text) {const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-region="effect"]');
const shown = bench.querySelector('[data-region="effect"]');
if (!fresh || !shown) return;
shown.replaceWith(document.adoptNode(fresh));
[['title', fresh.dataset.leadTitle], ['text', fresh.dataset.leadText]].forEach(([name, value]) => {const field = bench.elements[name];
if (value !== undefined && field.value !== value) field.value = value;
});
}
bench.addEventListener('change', (event) => {if (!['include', 'lead'].includes(event.target.name)) return;
mark();
asked += 1;
const mine = asked;
const body = new URLSearchParams(new FormData(bench));
body.set('do', 'effect');
fetch(bench.action, {method: 'POST',body,credentials: 'same-origin',headers: { Accept: 'text/html; fragment', 'X-Fragment': 'effect' },}).then((answer) => (answer.ok && answer.headers.get('X-Fragment') === 'effect' ? answer.text() : ''))
.then((text) => { if (mine === asked) show(text); }, () => {});
});
})();
