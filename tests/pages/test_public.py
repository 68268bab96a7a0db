"""The public pages: served from the edition's files, to anyone, with nothing asked in return."""

import gzip
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from playwright.sync_api import Page

from answerable.accounts.models import Person
from answerable.assurance.actions.evidence import open_evidence
from answerable.assurance.models import Closure, Evidence
from answerable.plan.models import Action
from answerable.publishing import folders, queries, search, served
from answerable.publishing.models import Edition
from answerable.register.actions.links import sign_link
from answerable.register.actions.recommendations import withdraw_recommendation
from answerable.register.models import Recommendation
from tests.assured import seen_sample
from tests.browser import Window, accessible
from tests.universe import published

pytestmark = pytest.mark.django_db

Got = tuple[str, dict[str, str], bytes]
BEHIND = b"from the application behind"


@pytest.fixture
def get() -> Callable[..., Got]:
    """Asks the layer in front of Django as a web server would."""

    def behind(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("404 Not Found", [])
        return [BEHIND]

    front = served.Served(behind, served.newest_edition())

    def ask(path: str, method: str = "GET", **headers: str) -> Got:
        said: list[Any] = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, **headers}
        body = b"".join(front(environ, lambda *given: said.extend(given)))  # type: ignore[arg-type]
        return said[0], dict(said[1]), body

    return ask


# --- Before the first edition -------------------------------------------------------------------


def test_before_the_first_edition_the_first_page_says_so(client: Client, db: None) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert b"Nothing is published here yet" in answer.content
    assert not answer.cookies
    assert client.get("/search?q=child").status_code == 404
    assert client.get("/record/R-0001").status_code == 404


# --- The layer in front -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind", "has"),
    [
        ("/", "text/html", b"What was asked of Northmoor"),
        ("/record/R-0001", "text/html", b"Recommendation R-0001"),
        ("/record/R-0001.html", "text/html", b"Recommendation R-0001"),
        ("/silent", "text/html", b"Who has not answered"),
        ("/body/northmoor-police", "text/html", b"Northmoor Police"),
        ("/data/record/R-0001.json", "application/json", b"R-0001"),
        ("/data/recommendations.csv", "text/csv", b"R-0001"),
        ("/manifest.json", "application/json", b"sha256"),
        ("/MANIFEST.sha256", "text/plain", b"manifest.json"),
        ("/SHA256SUMS", "text/plain", b"index.html"),
        ("/edition-1.zip", "application/zip", b"PK"),
    ],
)
def test_an_address_gives_its_file(
    edition: Edition, get: Callable[..., Got], path: str, kind: str, has: bytes
) -> None:
    status, headers, body = get(path)
    assert status == "200 OK"
    assert headers["Content-Type"].startswith(kind)
    assert int(headers["Content-Length"]) == len(body)
    assert has in body


def test_every_answer_is_safe_cacheable_and_sets_no_cookie(
    edition: Edition, get: Callable[..., Got]
) -> None:
    _, headers, _ = get("/record/R-0001")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in headers
    style = next(f for f in served.newest_edition().current().files if f.endswith(".css"))  # type: ignore[union-attr]
    assert "immutable" in get(f"/{style}")[1]["Cache-Control"]
    assert get("/data/all.json")[1]["Access-Control-Allow-Origin"] == "*"


def test_a_browser_that_has_it_is_told_so(edition: Edition, get: Callable[..., Got]) -> None:
    etag = get("/")[1]["ETag"]
    status, headers, body = get("/", HTTP_IF_NONE_MATCH=etag)
    assert (status, body) == ("304 Not Modified", b"")
    assert headers["ETag"] == etag
    assert get("/", HTTP_IF_NONE_MATCH='"another"')[0] == "200 OK"


def test_a_head_request_has_the_headers_and_no_body(
    edition: Edition, get: Callable[..., Got]
) -> None:
    status, headers, body = get("/record/R-0001", "HEAD")
    assert (status, body) == ("200 OK", b"")
    assert int(headers["Content-Length"]) > 1000


def test_what_can_be_packed_is_packed(edition: Edition, get: Callable[..., Got]) -> None:
    _, headers, body = get("/", HTTP_ACCEPT_ENCODING="gzip, br")
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(body) == get("/")[2]


@pytest.mark.parametrize(
    "path",
    ["/desk/", "/account/login/", "/static/answerable.css", "/search", "/record/R-9999",
     "/../settings.py", "/record/../../answerable.sqlite3", "//etc/passwd", "/.lock", "/\0", "/2/"],
)  # fmt: skip
def test_all_else_goes_on_to_the_application(
    edition: Edition, get: Callable[..., Got], path: str
) -> None:
    assert get(path)[2] == BEHIND


def test_what_is_sent_goes_on_to_the_application(edition: Edition, get: Callable[..., Got]) -> None:
    assert get("/", "POST")[2] == BEHIND


def test_a_slash_too_many_is_taken_off(edition: Edition, get: Callable[..., Got]) -> None:
    status, headers, _ = get("/record/R-0001/")
    assert (status, headers["Location"]) == ("308 Permanent Redirect", "/record/R-0001")


def test_a_page_that_was_changed_on_the_disk_is_not_shown(
    edition: Edition, get: Callable[..., Got]
) -> None:
    path = queries.folder_of(edition) / "record" / "R-0001.html"
    path.write_text("<h1>Accepted and done</h1>")
    status, _, body = get("/record/R-0001")
    assert status == "503 Service Unavailable"
    assert b"Accepted and done" not in body
    assert b"not as it was published" in body


def test_the_next_edition_is_served_within_a_second(
    edition: Edition,
    asked: list[Recommendation],
    rosa: Person,
    petra: Person,
    percy: Person,
    get: Callable[..., Got],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert b"Edition 1" in get("/")[2]
    withdraw_recommendation(by=rosa, recommendation=asked[2], reason="Entered twice.")
    published(petra, percy)
    monkeypatch.setattr(served, "LOOK_EVERY", 0)
    assert b"Edition 2" in get("/")[2]
    assert b"Withdrawn from the register" in get("/record/R-0003")[2]


def test_room_in_memory_is_bounded(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "ROOM", 30_000)
    held = served.Edition(queries.root(), 1, [])
    for path in held.files:
        if held.files[path].size < 20_000:
            assert held.answer(path)
    assert sum(answer.size for answer in held.kept.values()) <= 30_000


def test_django_alone_serves_the_same_pages(
    edition: Edition, client: Client, get: Callable[..., Got]
) -> None:
    for path in ("/", "/record/R-0001", "/data/all.json", "/reports"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.content == get(path)[2]
        assert not answer.cookies
    assert client.post("/").status_code == 405
    assert client.get("/record/R-9999").status_code == 404
    assert client.get("/desk").status_code == 301, "the desk keeps its own addresses"


def test_reading_needs_no_database(
    edition: Edition, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/").status_code == 200
        assert client.get("/search?q=child").status_code == 200


# --- Search -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("child", ["R-0001", "R-0002", "R-0003"]),
        ("record crime", ["R-0001"]),
        ("RECORDED", []),
        ("conversation 72", ["R-0003"]),
        ("R-0002", ["R-0002"]),
        ("council", ["R-0002", "R-0003"]),
        ("", []),
        ("nothing like it", []),
    ],
)
def test_search_finds_what_has_every_word(
    edition: Edition, client: Client, q: str, found: list[str]
) -> None:
    answer = client.get("/search", {"q": q})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert sorted(r for r in ("R-0001", "R-0002", "R-0003") if f"record/{r}.html" in text) == found
    assert not answer.cookies


def test_what_was_searched_is_still_in_the_box_and_is_never_markup(
    edition: Edition, client: Client
) -> None:
    text = client.get("/search", {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in text
    assert "&quot;&gt;&lt;script&gt;" in text


@given(q=st.text(max_size=60))
@hypothesis(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_searched_is_answered_and_what_is_found_has_it(
    edition: Edition, q: str
) -> None:
    found = search.Newest().of(queries.root())
    assert found is not None
    for hit in found.search(q):
        joined = "".join(text for _, text in search.pieces(hit["words"], q))
        assert joined == hit["words"]


def test_a_long_text_is_cut_around_what_was_found() -> None:
    text = f"{'first ' * 100}needle {'last ' * 100}"
    pieces = search.pieces(text, "needle")
    assert (True, "needle") in pieces
    assert pieces[0][1].startswith("… ")
    assert pieces[-1][1].endswith(" …")
    assert len("".join(t for _, t in pieces)) < 340


def test_results_come_in_pages_that_keep_the_question(
    edition: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("answerable.publishing.views.PER_PAGE", 1)
    text = client.get("/search?q=child").content.decode()
    assert "search?q=child&amp;page=2" in text
    assert client.get("/search?q=child&page=zz").status_code == 200


# --- In a browser -------------------------------------------------------------------------------

PAGES = (
    "", "record/R-0002", "report/inspection-of-child-protection-in-northmoor",
    "body/northmoor-council", "reports", "bodies", "silent", "changes", "check", "help", "data",
    "all", "counting", "accessibility", "search?q=child",
)  # fmt: skip


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_every_public_page_is_accessible_to_a_stranger(
    edition: Edition, window: Window, narrow: bool, shot: Callable[[Page, str], None]
) -> None:
    page = window(narrow=narrow)
    for path in PAGES:
        page.goto(f"/{path}")
        accessible(page)
        name = path.split("?")[0].replace("/", "-") or "home"
        shot(page, f"public-{name}-{320 if narrow else 1280}")
    assert page.context.cookies() == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_whole_life_is_accessible_to_a_stranger(
    closure: Closure,
    planned: Action,
    evidence: Evidence,
    asked: list[Recommendation],
    vera: Person,
    rosa: Person,
    petra: Person,
    percy: Person,
    window: Window,
    shot: Callable[[Page, str], None],
) -> None:
    seen_sample(vera, closure.undertaking, met=38, of=40)
    open_evidence(by=petra, evidence=evidence, because="The body asked for it.")
    sign_link(by=rosa, earlier=asked[0], later=asked[1], relation="supersedes", reason="Reworded.")
    published(petra, percy)
    for narrow in (False, True):
        page = window(narrow=narrow)
        for path in ("record/R-0001", "record/R-0002", "counting", "data", "changes"):
            page.goto(f"/{path}")
            accessible(page)
            shot(page, f"public-life-{path.replace('/', '-')}-{320 if narrow else 1280}")
    page.goto("/search?q=supervisor+reads")
    assert page.get_by_role("link", name="R-0001").is_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_stranger_finds_a_recommendation_by_keyboard_without_javascript(
    edition: Edition, window: Window
) -> None:
    page = window(javascript=False)
    page.goto("/")
    page.get_by_label("Search what was asked").focus()
    page.keyboard.type("missing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=missing")
    page.get_by_role("link", name="R-0003").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/record/R-0003.html")
    assert page.get_by_text("72 hours").first.is_visible()
    page.get_by_role("link", name="How to check this").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/check.html")
    assert page.get_by_role("heading", name="How to check this record").is_visible()


@pytest.mark.browser
def test_a_copy_is_read_from_the_disk_without_any_server(
    edition: Edition, chromium: Any, tmp_path: Path
) -> None:
    folder = folders.zip_to(queries.folder_of(edition), tmp_path / "copy.zip", "copy")
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{queries.folder_of(edition)}/index.html")
    page.get_by_role("link", name="Everything on one page", exact=True).click()
    page.get_by_role("link", name="R-0002").click()
    assert page.get_by_text("agree who tells a family").first.is_visible()
    accessible(page)
    assert all(url.startswith("file://") for url in asked)
    assert json.loads((queries.folder_of(edition) / "data/all.json").read_text())["records"]
    assert folder.is_file()
    page.close()
