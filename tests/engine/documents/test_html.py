"""Web pages as sites serve them: the document inside the furniture, and how browsers number it."""

import pytest

from answerable.engine.documents import read
from answerable.engine.documents.passages import words_of

from . import papers
from .papers import PROSE, numbers, taken, texts

ASKS = [
    "Record every call from a care home as it is made.",
    "Agree one definition of missing and use it in every agency.",
    "Tell the family what was done.",
]
LIST = "<h2>Recommendations</h2><ol>" + "".join(f"<li>{ask}</li>" for ask in ASKS) + "</ol>"
LINKS = "".join(f'<li><a href="/{n}">Publish report number {n} of ours</a></li>' for n in range(9))


def page(folder, body, *, head=""):
    whole = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read(papers.file(folder, whole.encode(), "page.html"))


def lines(reading):
    return reading.pages[0].text.split("\n")


SITES = {
    "main": "<header><a href=/>Home</a></header><main>{}</main><footer>Foot of the site</footer>",
    "role": '<div role="navigation">Menu of the site</div><div role="main">{}</div>',
    "nothing": "<div class=top><ul>" + LINKS + "</ul></div><div><div><div>{}</div></div></div>",
    "classes": (
        '<div id="cookie-banner"><p>We use cookies.</p><a href=/c>Accept all of them</a></div>'
        '<div class="site-menu"><ul>' + LINKS + "</ul></div>"
        '<div class="page"><div class="content">{}'
        '<div class="share-links"><a href=/s>Share this page with others</a></div>'
        '<div class="related-content"><h2>Recommendations for you</h2><ul>' + LINKS + "</ul></div>"
        "</div></div>"
    ),
    "aspx": (
        '<form id="aspnetForm"><input value=x><div class="nav"><a href=/>Home of the site</a></div>'
        "<div>{}</div></form>"
    ),
    "articles": "<article>{}</article><article><h2>Thanks</h2><p>" + PROSE + "</p></article>",
}


@pytest.mark.parametrize("site", sorted(SITES))
def test_the_document_is_found_inside_its_site(tmp_path, site):
    inside = f"<h1>Review of calls</h1><p>{PROSE}</p><p>{PROSE}</p>{LIST}<p></p>"
    reading = page(tmp_path, SITES[site].format(inside))
    assert texts(reading) == ASKS
    assert numbers(reading) == ["1", "2", "3"]
    for word in ("cookies", "Share this", "Menu of", "Foot of", "Home of"):
        assert word not in reading.pages[0].text


@pytest.mark.parametrize(
    ("opening", "shown"),
    [
        ("<ol>", ["1.", "2.", "3."]),
        ('<ol start="9">', ["9.", "10.", "11."]),
        ('<ol type="a">', ["a.", "b.", "c."]),
        ('<ol type="I" start="4">', ["IV.", "V.", "VI."]),
        ('<ol style="list-style-type: lower-roman">', ["i.", "ii.", "iii."]),
        ("<ol reversed>", ["3.", "2.", "1."]),
        ('<ol start="0">', ["0.", "1.", "2."]),
        ("<ul>", ["•", "•", "•"]),
    ],
)
def test_lists_count_as_a_browser_counts_them(tmp_path, opening, shown):
    end = "</ul>" if opening == "<ul>" else "</ol>"
    items = "".join(f"<li>{ask}</li>" for ask in ASKS)
    reading = page(tmp_path, f"<h2>Recommendations</h2>{opening}{items}{end}")
    assert lines(reading)[1:] == [f"{s} {ask}" for s, ask in zip(shown, ASKS, strict=True)]


def test_an_entry_that_gives_its_own_value_has_it(tmp_path):
    items = f"<li>{ASKS[0]}</li><li value=7>{ASKS[1]}</li><li>{ASKS[2]}</li>"
    reading = page(tmp_path, f"<h2>Recommendations</h2><ol>{items}</ol>")
    assert numbers(reading) == ["1", "7", "8"]


def test_numbers_typed_into_the_entries_go_before_bullets(tmp_path):
    items = "".join(f"<li>Recommendation {n}: {ask}</li>" for n, ask in enumerate(ASKS, 4))
    reading = page(tmp_path, f"<h2>Findings</h2><p>{PROSE}</p><ul>{items}</ul>")
    assert numbers(reading) == ["4", "5", "6"]
    assert texts(reading) == ASKS


def test_numbers_in_elements_of_their_own_belong_to_what_follows(tmp_path):
    cards = "".join(
        f"<div class=card><div class=n>{n}</div><p>{ask}</p></div>" for n, ask in enumerate(ASKS, 1)
    )
    reading = page(tmp_path, f"<h2>Recommendations</h2>{cards}")
    assert numbers(reading) == ["1", "2", "3"]
    spans = "".join(
        f"<p><span>Recommendation {n}</span><span>{ask}</span></p>" for n, ask in enumerate(ASKS, 1)
    )
    reading = page(tmp_path, f"<h2>Findings</h2>{spans}")
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading) == ASKS


def test_a_list_of_definitions_gives_its_numbers_and_words(tmp_path):
    pairs = "".join(f"<dt>Recommendation {n}</dt><dd>{ask}</dd>" for n, ask in enumerate(ASKS, 1))
    reading = page(tmp_path, f"<h2>What we ask</h2><dl>{pairs}</dl>")
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading) == ASKS
    pairs = "".join(f"<dt>{n}.</dt><dd>{ask}</dd>" for n, ask in enumerate(ASKS, 1))
    reading = page(tmp_path, f"<h2>Recommendations</h2><dl>{pairs}</dl>")
    assert numbers(reading) == ["1", "2", "3"]


def test_several_paragraphs_in_an_entry_are_one_entry(tmp_path):
    more = ["It should do so at once.", "Nothing less will help.", "They have waited for it."]
    items = "".join(
        f"<li><p>{ask}</p><p>{then}</p></li>" for ask, then in zip(ASKS, more, strict=True)
    )
    reading = page(tmp_path, f"<h2>Recommendations</h2><ol>{items}</ol>")
    assert texts(reading) == [f"{ask} {then}" for ask, then in zip(ASKS, more, strict=True)]


def test_points_under_an_entry_stay_with_it(tmp_path):
    item = "<li>The force should, each year:<ul><li>count the calls</li><li>say so</li></ul></li>"
    reading = page(tmp_path, f"<h2>Recommendations</h2><ol>{item}<li>{ASKS[0]}</li></ol>")
    assert numbers(reading) == ["1", "2"]
    assert texts(reading)[0].endswith("say so")


@pytest.mark.parametrize(
    "fold",
    [
        "<details><summary>Recommendations</summary>{}</details>",
        '<h2><button aria-expanded="false" aria-controls="p1">Recommendations</button></h2>'
        '<div id="p1" hidden>{}</div>',
        '<h2>Recommendations</h2><div class="accordion-panel" style="display: none">{}</div>',
        '<h2>Recommendations</h2><div hidden="until-found">{}</div>',
    ],
)
def test_what_is_folded_away_is_read(tmp_path, fold):
    items = "<ol>" + "".join(f"<li>{ask}</li>" for ask in ASKS) + "</ol>"
    reading = page(tmp_path, f"<main><h1>Report</h1><p>{PROSE}</p>{fold.format(items)}</main>")
    assert texts(reading) == ASKS


def test_what_is_hidden_for_good_is_not_read(tmp_path):
    unseen = '<span class="govuk-visually-hidden">Opens in a new tab</span>'
    gone = "<p hidden>Old words.</p><p style='display:none'>Older words.</p><del>Never.</del>"
    reading = page(tmp_path, f"<main><h1>Report</h1><p>{PROSE}{unseen}</p>{gone}{LIST}</main>")
    text = reading.pages[0].text
    assert not any(word in text for word in ("Opens in", "Old words", "Older words", "Never."))


def test_marks_of_footnotes_are_left_out_and_powers_are_not(tmp_path):
    marks = [
        '<sup id="fnref1"><a href="#fn1">1</a></sup>',
        '<a href="#_ftn1">[1]</a>',
        '<a role="doc-noteref" href="#x">12</a>',
        "<sup>4</sup>",
    ]
    items = "".join(f"<li>Keep a cell of 9 m<sup>2</sup> for each person{m}.</li>" for m in marks)
    notes = '<div class="footnotes"><ol><li>See the plan that should be made.</li></ol></div>'
    reading = page(tmp_path, f"<main><h2>Recommendations</h2><ol>{items}</ol>{notes}</main>")
    assert texts(reading) == ["Keep a cell of 9 m² for each person."] * 4
    assert "See the plan" in reading.pages[0].text


def test_line_breaks_that_part_entries_and_titles_part_them(tmp_path):
    entries = "<br>".join(f"{n}. {ask}" for n, ask in enumerate(ASKS, 1))
    reading = page(tmp_path, f"<p><b>Recommendations</b><br>{entries}</p>")
    assert lines(reading)[0] == "Recommendations"
    assert texts(reading) == ASKS
    wrapped = (
        "<h2>Recommendations</h2><p>Record every call<br>as it is made.</p><p>Tell them all.</p>"
    )
    assert texts(page(tmp_path, wrapped))[0] == "Record every call as it is made."


def test_bold_paragraphs_are_headings_where_there_are_no_others(tmp_path):
    body = f"<p><strong>Findings</strong></p><p>{PROSE}</p><p><strong>Recommendations</strong></p>"
    body += "".join(f"<p>{n}. {ask}</p>" for n, ask in enumerate(ASKS, 1))
    body += f"<p><strong>Thanks</strong></p><p>4. {PROSE}</p>"
    assert texts(page(tmp_path, body)) == ASKS


def test_columns_hold_over_spans_of_rows_and_columns(tmp_path):
    rows = f'<tr><td rowspan="2">Northmoor Council</td><td>1</td><td>{ASKS[0]}</td></tr>'
    rows += f"<tr><td>2</td><td>{ASKS[1]}</td></tr>"
    rows += f"<tr><td>Northmoor Police</td><td>3</td><td>{ASKS[2]}</td></tr>"
    head = "<tr><th scope=col>Responsible</th><th>No.</th><th>Recommendation</th></tr>"
    title = '<tr><td colspan="3">Part one of the list</td></tr>'
    reading = page(tmp_path, f"<h1>Report</h1><table><thead>{head}</thead>{title}{rows}</table>")
    assert numbers(reading) == ["1", "2", "3"]
    assert [[a.name for a in c.addressees] for c in taken(reading)] == [
        ["Northmoor Council"],
        ["Northmoor Council"],
        ["Northmoor Police"],
    ]


def test_tables_that_only_lay_out_the_page_are_running_text(tmp_path):
    menu = f"<td><ul>{LINKS}</ul></td>"
    inside = f"<h1>Report</h1><p>{PROSE}</p><p>{PROSE}</p>{LIST}"
    reading = page(tmp_path, f"<table><tr>{menu}<td>{inside}</td></tr></table>")
    assert texts(reading) == ASKS


def test_a_typewritten_text_in_a_page_is_read_as_text(tmp_path):
    typed = f"REPORT ON CALLS\n\n{PROSE}\n\nRECOMMENDATIONS\n\n"
    typed += "\n".join(f"{n}. {ask}" for n, ask in enumerate(ASKS, 1))
    reading = page(tmp_path, f"<pre>{typed}\n{PROSE.replace('. ', '.' + chr(10))}</pre>")
    assert texts(reading)[:2] == ASKS[:2]


def test_the_title_is_the_heading_without_the_name_of_the_site(tmp_path):
    head = "<title>Review of calls at night - Office of Northmoor</title>"
    assert page(tmp_path, f"<h1>Review of calls at night</h1>{LIST}", head=head).title == (
        "Review of calls at night"
    )


def test_every_candidate_of_a_page_is_the_words_of_its_spans(tmp_path):
    reading = page(tmp_path, f"<main><h1>Report</h1><p>{PROSE}</p>{LIST}</main>")
    for candidate in reading.candidates:
        assert candidate.text == words_of(reading.pages, candidate.spans)
