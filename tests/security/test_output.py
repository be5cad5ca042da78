"""Nothing that somebody wrote runs or leads astray, on any page or in any file (security checklist, E, F4, F5, F7)."""

import csv
import io
import json
from collections.abc import Callable

import pytest

from roadmap.domain.texts import clean
from tests.accounts.people import Visitor, mails
from tests.security.pages import all_forms, faults_in, has_changed_hands, is_page, leaves
from tests.security.routes import doors
from tests.security.world import World

PROBE = (
    "<script>alert(1)</script>\"><img src=x onerror=alert(2)>' onmouseover='alert(3)' "
    '[a](javascript:alert(4)) ![b](data:text/html,x) <https://e.org/"onclick=alert(5)> </title></textarea>'
    "<svg/onload=alert(6)> {{7*7}} {% raw %} ${8*8} %(name)s {0.__class__} <!-- ]]> javascript:alert(9)"
)
PARAMETERS = (
    "q", "sort", "written", "todo", "tag", "page", "question", "saved", "again", "passed", "from", "before", "after",
    "next", "following", "back", "done", "kept", "published", "built_on", "unfinished", "cleared", "changed",
    "text", "message", "look", "sent",
)  # fmt: skip
READERS = ("guest", "participant", "organiser", "administrator")


def probe(name: str) -> str:
    """A hostile text that still says which text it is."""
    return clean(f"{name} {PROBE}")


@pytest.fixture
def hostile(build: Callable[..., World]) -> World:
    return build(
        words=probe, title={"en": PROBE}, texts={"announcement": {"reason": PROBE}, "kicker": {"en": PROBE}}
    )


def looked_at(browser: Visitor, address: str, **kwargs: object) -> str:
    """The page, checked; "" where the answer is none."""
    answer = browser.get(address, **kwargs)
    assert answer.status_code < 500, address
    if not is_page(answer) or not answer.text:
        return ""
    ours = 0 if address.endswith(".html") or 300 <= answer.status_code < 400 else 1
    own = (
        ["<meta>", "<style>"] if address.endswith(".html") else []
    )  # a file brings its rules and looks along
    assert (address, faults_in(answer.text, scripts=ours)) == (address, own)
    return answer.text


@pytest.mark.parametrize("role", READERS)
def test_stored_texts_run_on_no_page(hostile: World, role: str) -> None:
    """E1, E2, E4: title, text, name, comment, reason, note, wording, history, origins, drafts, files, log."""
    browser = hostile.visitor(role)
    pages = [looked_at(browser, door.address) for door in doors(hostile, "GET")]
    shown = sum("alert(1)" in page for page in pages)
    assert shown > 10, "the probe has to be seen, or nothing was tried"
    assert [page for page in pages if "<script>alert" in page or "<img src=x" in page] == []


@pytest.mark.parametrize("role", READERS)
def test_nothing_in_an_address_runs(hostile: World, role: str) -> None:
    """E4: filters, the echo of a search, page numbers, where to go next; D8 with it."""
    browser = hostile.visitor(role)
    browser.client.set_cookie("theme", PROBE.replace(" ", "").replace(";", ""))
    browser.client.set_cookie("lang", "<script>")
    asked = dict.fromkeys(PARAMETERS, PROBE)
    for door in doors(hostile, "GET"):
        looked_at(browser, door.address, query_string=asked)
        looked_at(browser, f"{door.address}/{PROBE.replace('/', '')[:60]}".replace("?", ""))


@pytest.mark.parametrize("role", READERS)
def test_nothing_that_is_sent_comes_back_to_run(hostile: World, role: str) -> None:
    """E4: texts of errors, refused forms, forms that are shown once more."""
    browser = hostile.visitor(role)
    addresses = [door.address for door in doors(hostile, "GET") if not door.endpoint.endswith("sign_out")]
    for form in all_forms(browser, addresses).values():
        if leaves(form["action"]):
            continue
        for given in (
            dict.fromkeys(form["fields"], PROBE),
            {**form["fields"], **{name: PROBE for name, value in form["fields"].items() if len(value) != 1}},
            {**dict.fromkeys(form["fields"], PROBE), "token": "0" * 64},
        ):
            fields = {**given, "token": browser.token} if given.get("token") != "0" * 64 else given
            answer = browser.post(form["action"], fields)
            assert (form["action"], answer.status_code < 500) == (form["action"], True)
            if is_page(answer) and not 300 <= answer.status_code < 400:
                assert (form["action"], faults_in(answer.text)) == (form["action"], [])
            assert str(answer.location or "/").startswith("/")
            assert not str(answer.location or "/").startswith("//")
            if has_changed_hands(answer):
                browser = hostile.visitor(role)


def test_mails_escape_as_pages_do(hostile: World) -> None:
    """E2, E4: the letter in HTML loads nothing and runs nothing."""
    browser = hostile.visitor("guest")
    browser.post(
        "/en/sign-in",
        {"email": "new@example.org", "following": "/en/<script>"},
        headers={"User-Agent": PROBE},
    )
    [mail] = mails(hostile.app)[-1:]
    [(html, _kind)] = [(text, kind) for text, kind in mail.alternatives if kind == "text/html"]
    assert faults_in(html, scripts=0) == []


@pytest.mark.parametrize(
    ("link", "taken"),
    [
        ("javascript:alert(1)", False), ("JaVaScRiPt:alert(1)", False), ("java\tscript:alert(1)", False),
        ("data:text/html,<script>", False), ("vbscript:x", False), ("//evil.example", False), ("/local", False),
        ("ftp://example.org/a", False), ("https://user:pass@example.org/", False), ("https://", False),
        ("https://example.org/\"onclick=alert(1)", False), ("https://example.org/<b>", False),
        ("https://example.org/a?b=c&d='e", True), ("http://example.org", True),
    ],
)  # fmt: skip
def test_a_link_to_evidence_leads_to_the_web_or_is_refused(world: World, link: str, taken: bool) -> None:
    """E3."""
    browser = world.visitor("participant")
    page = browser.get("/en/2026/propose?question=1")
    answer = browser.press_on(
        page, "/en/2026/propose", "Continue", title="A title", text="A text.", links=link, language="en",
        charter="y", author_line="none",
    )  # fmt: skip
    assert answer.status_code == (303 if taken else 422)


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))", "[a](JAVASCRIPT:alert(1))", "[a](java&#x0A;script:alert(1))", "[a]: javascript:x\n\n[a]",
        "<javascript:alert(1)>", "![a](https://evil.example/x.png)", "<img src=x onerror=alert(1)>", "[a](data:text/html,x)",
        "<script>alert(1)</script>", "```html\n<script>x</script>\n```", "[x](vbscript:x)",
        "<a href='javascript:x' onclick='y'>a</a>", "&lt;script&gt;alert(1)&lt;/script&gt;", "[a](https://e.org \"on=x\")",
        "| a |\n|---|\n| <script>x</script> |", "> <iframe src=x></iframe>", "<style>*{}</style>", "[a](\x01javascript:x)",
    ],
)  # fmt: skip
def test_markdown_makes_no_markup_of_its_own(text: str) -> None:
    """E2, E3: as stored, so on pages, in mails and in files."""
    from roadmap.core.markdown import to_html  # thin command

    html = to_html(text)
    assert (faults_in(html, scripts=0), "<img" in html) == ([], False)


def test_files_are_what_they_say_and_are_never_shown_as_pages(hostile: World) -> None:
    """E6, E9, F4, G5, G6: JSON as JSON, names in plain letters, nothing personal inside."""
    browser = hostile.visitor("guest")
    for form, kind in (
        ("json", "application/json"),
        ("csv", "text/csv"),
        ("md", "text/markdown"),
        ("pdf", "application/pdf"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("odt", "application/vnd.oasis.opendocument.text"),
        ("epub", "application/epub+zip"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ):
        answer = browser.get(f"/en/2026/roadmap/1.{form}")
        head = (
            answer.mimetype,
            answer.headers["X-Content-Type-Options"],
            answer.headers["Content-Disposition"],
        )
        assert head == (kind, "nosniff", f'attachment; filename="roadmap-2026-draft-1.{form}"')
    text = browser.get("/en/2026/roadmap/1.json").text
    assert json.loads(text)["version"] == 1
    assert "@example.org" not in text


BLANKS = ("", " ", "\u00a0", "\u2003", "\u3000", "\u202f", "\ufeff", "\u200b")
SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_of_a_table_is_a_formula(build: Callable[..., World], sign: str) -> None:
    """F5: in every column, whatever blank stands before the sign."""
    blanks = iter(BLANKS * 40)
    world = build(words=lambda name: f"{next(blanks)}{sign}cmd|' /C calc'!A0 {name}")
    table = world.visitor("guest").get("/en/2026/roadmap/1.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline=""), strict=True))
    numbers = {"low", "high", "support", "opposition"}
    formulas = [
        (name, cell)
        for row in rows[1:]
        for name, cell in zip(rows[0], row, strict=True)
        if cell.strip("\ufeff\u200b \t\r\n\u00a0\u2003\u3000\u202f").startswith(SIGNS) and name not in numbers
    ]
    assert (formulas, "cmd" in table) == ([], True)


OUTSIDE = (
    "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "http:evil.example",
    "/\t/evil.example", "/\r\n/evil.example", "///evil.example", "javascript:alert(1)", "https:/evil.example",
    "/%0d%0aX-Evil: 1", "\x01//evil.example", "/en/\r\nSet-Cookie: a=b", "evil.example", "//evil.example/en/",
)  # fmt: skip


@pytest.mark.parametrize("outside", OUTSIDE)
def test_no_redirect_leads_outside_whatever_is_asked(world: World, outside: str) -> None:
    """F7, F4: on every route, by address and by form; never from where the reader came."""
    for role in ("guest", "participant")[OUTSIDE.index(outside) % 2 :][:1]:
        browser = world.visitor(role)
        asked = {"next": outside, "following": outside, "back": outside, "choice": "agree", "theme": "dark"}
        for door in doors(world, "GET", "POST"):
            if leaves(door.address) or door.endpoint == "accounts.use_link":
                continue
            answer = browser.request(
                door.method, door.address, query_string=asked,
                data={**asked, "token": browser.token} if door.method == "POST" else None,
                headers={"Sec-Fetch-Site": "same-origin", "Referer": "https://evil.example/"},
            )  # fmt: skip
            target = str(answer.location or "/")
            assert (door.address, target[:1], target[1:2] in "/\\" and len(target) > 1) == (
                door.address,
                "/",
                False,
            )
            assert "X-Evil" not in answer.headers
            assert "a=b" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example", "//evil.example/en/", "/%2F/evil.example", "/\\evil.example", "/%5Cevil.example", "/en",
        "/en//evil.example", "/en/2026//evil.example", "/en/2026", "/%0d%0aX-Evil:%201", "/en/2026/proposals/1-%0d%0aX-Evil:%201",
        "/en/2026/questions/1-x?%0d%0aX-Evil:%201", "/en//2026/", "/en/%2e%2e//evil.example", "/https://evil.example",
    ],
)  # fmt: skip
def test_no_redirect_follows_the_host_that_was_asked_for(world: World, path: str) -> None:
    """A4, F4, F7: where an address is put right the way stays on this site, whatever host the request names."""
    answer = world.visitor("guest").get(path, headers={"Host": "evil-host.example"})
    target = str(answer.location or "/en/")
    assert (answer.status_code < 500, "X-Evil" in answer.headers) == (True, False)
    assert (target[:1], target[1:2] in ("/", "\\")) == ("/", False)
    assert "evil-host" not in answer.text
