"""Lists that a sentence opens, lists under counted headings, and the numbers of their entries."""

from tests.engine.documents.papers import PROSE, numbers, read_pdf, texts

SET = "#set page(width: 16cm, height: 22cm)\n#set text(size: 10pt)\n"
POINT = "{}\\."
ASKED = [f"the Trust should mend gate {n} before winter and say when it was done;" for n in (1, 2)]


def points(*words: str, mark: str = "({})") -> str:
    return "\n".join(f"#par[{mark.format(n)} {text}]" for n, text in enumerate(words, 1))


def test_a_typed_colon_and_dash_open_a_list_that_counts_for_itself(tmp_path):
    source = (
        f"{SET}= Chapter 6: Recommendations\n#par[6.1 {PROSE}]\n#par[6.2 I recommend that:-]\n"
        f"{points(*ASKED)}\n#par[6.3 {PROSE}]\n"
    )
    found = read_pdf(tmp_path, source)
    assert texts(found) == ASKED
    assert numbers(found) == ["(1)", "(2)"]


def test_numbered_points_of_an_unnumbered_sentence_are_entries(tmp_path):
    lists = {
        "Gates": ["Keep a list of every gate;", "Mend what the winter broke."],
        "Boats": ["Count each boat before the night begins;", "Say where none was found."],
    }
    parts = "".join(
        f"== {title}\n{PROSE} The department should:\n\n{points(*asked, mark=POINT)}\n"
        for title, asked in lists.items()
    )
    found = read_pdf(tmp_path, f"{SET}= Changes necessary\n{PROSE}\n{parts}")
    assert texts(found) == [*lists["Gates"], *lists["Boats"]]
