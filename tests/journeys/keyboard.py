"""Going through a page by keyboard alone, looking at every stop whether the focus can be seen."""

from typing import Any

from playwright.sync_api import Page

MARKED = """() => {
  const at = document.activeElement, look = getComputedStyle(at), box = at.getBoundingClientRect();
  const said = at.textContent.trim().slice(0, 60) || at.id;
  if (at === document.body) return '';
  if (look.outlineStyle === 'none' && look.boxShadow === 'none') return 'no ring on ' + said;
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const seen = top && (at.contains(top) || top.contains(at) || (at.labels && [...at.labels].includes(top)));
  return seen ? '' : 'hidden: ' + said + ' under ' + (top ? top.className || top.tagName : 'nothing');
}"""


def hold(page: Page) -> Any:
    """What holds the focus: tag, id, name, value and words."""
    return page.evaluate(
        """() => { const at = document.activeElement;
        return {tag: at.tagName, id: at.id, name: at.name || '', value: at.value || '', words: at.textContent.trim()}; }"""
    )


def go_to(page: Page, selector: str, stops: int = 90) -> None:
    """Press Tab until the focus is on what the selector names; each stop on the way must show its focus."""
    for _stop in range(stops):
        page.keyboard.press("Tab")
        fault = page.evaluate(MARKED)
        assert fault == "", fault
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard: the focus is on {hold(page)}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Go to the control and press it."""
    go_to(page, selector)
    page.keyboard.press(key)
