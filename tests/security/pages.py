"""What a page must not hold, and the forms that stand on it."""

import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from tests.accounts.people import Visitor, fields_of

SCRIPT = re.compile(r"/static/js/(app|desk)\.js\?v=[0-9a-f]{10}\Z")
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "poster", "cite", "data", "srcset", "ping"}
FORBIDDEN = {
    "iframe",
    "object",
    "embed",
    "base",
    "style",
    "frame",
    "frameset",
    "applet",
    "marquee",
    "template",
}
SCHEMES = {"", "http", "https", "mailto"}


def faults_in(html: str, *, scripts: int = 1) -> list[str]:
    """Everything on a page that could run or lead where it must not; `scripts` is how many of ours it loads."""
    page = BeautifulSoup(html, "html.parser")
    found = []
    ours = [tag for tag in page.find_all("script") if SCRIPT.match(str(tag.get("src"))) and not tag.text]
    most = scripts + 1 if scripts else 0  # some pages of work bring one more
    if len(page.find_all("script")) != len(ours) or not scripts <= len(ours) <= most:
        found.append(f"{len(page.find_all('script'))} scripts, {len(ours)} of them ours")
    for tag in page.find_all(True):
        if tag.name in FORBIDDEN or (tag.name == "meta" and tag.get("http-equiv")):
            found.append(f"<{tag.name}>")
        for name, value in tag.attrs.items():
            found += [f"<{tag.name} {name}={value!r}>" for fault in (_fault(name, str(value)),) if fault]
    return found


def _fault(name: str, value: str) -> bool:
    if name.startswith("on") or name in ("style", "srcdoc"):
        return True
    if name not in ADDRESSES:
        return False
    bare = re.sub(r"[\x00-\x20]", "", value)
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", bare)
    return bare.startswith(("//", "/\\", "\\")) or (scheme[1].lower() if scheme else "") not in SCHEMES


def is_page(answer: TestResponse) -> bool:
    return answer.mimetype == "text/html"


def forms_of(answer: TestResponse, address: str) -> Iterator[tuple[str, dict[str, Any], Tag]]:
    """(where it is sent, its fields as they stand with those of the first button, the form) of each POST form."""
    if not is_page(answer):
        return
    page = BeautifulSoup(answer.text, "html.parser")
    for form in page.find_all("form", method="post"):
        fields = fields_of(form)
        for button in form.find_all("button", attrs={"name": True}, limit=1):
            fields[str(button["name"])] = str(button.get("value", ""))
        for choice in form.find_all("input", type=["radio", "checkbox"]):
            fields.setdefault(str(choice["name"]), str(choice.get("value", "on")))
        yield str(form.get("action") or address), fields, form


def all_forms(browser: Visitor, addresses: list[str]) -> dict[str, dict[str, Any]]:
    """Every form on the pages, once by where it is sent and its fields."""
    found: dict[str, dict[str, Any]] = {}
    for address in addresses:
        for action, fields, _form in forms_of(browser.get(address), address):
            found.setdefault(f"{action} {sorted(fields)}", {"action": action, "fields": fields})
    return found


LEAVES = ("/sign-out", "/data/erase", "/security/end")
"""What ends an account or its sign-ins: nothing could be tried afterwards."""


def leaves(action: str) -> bool:
    return any(part in action for part in LEAVES)


def has_changed_hands(answer: TestResponse) -> bool:
    """Whether the browser goes on under another sign-in: its next form would be refused for its token."""
    return any(cookie.startswith("s=") for cookie in answer.headers.getlist("Set-Cookie"))
