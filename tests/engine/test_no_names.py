"""The reader knows no document, maker or place: it is built for any report.

The names come from the list of sample documents beside the project, and from the addressees in
their truth; without the samples, from the short list here.
"""

import csv
import json
import re
from pathlib import Path

import answerable.engine

CODE = Path(answerable.engine.__file__).parent
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "reports"
KNOWN = {
    "ofsted",
    "taic",
    "kiwirail",
    "horizon",
    "fujitsu",
    "slovenia",
    "northamptonshire",
    "wight",
}
# Words of the field that also stand in names; upr is a procedure that every State goes through.
_ORDINARY = """
report review rapid inquiry inquiries office post committee council commission commissions
transport accident investigation minister ministry status response vol volume house lords
science technology behaviour thematic working group human rights infected blood labour
employment national health services service independent care quality joint area areas
parliament portfolio community places education children childrens mental data final town
department secretary trust government authority board england nations united kingdom wales
scotland rail fund isle north west south east new island inspection recommendations page list
system agency police civil aviation state company bodies body republic african web africa
leaders partnership integrated management local public where appropriate and the for all its
other their responsible providers provider chief executive officer officers director directors
send rst improvement see del nhs training supported trusts insurance institute cabinet boards
advisers digital social society statistics standards safety maritime general upr
"""
ORDINARY = set(_ORDINARY.split())


def names() -> set[str]:
    found = set(KNOWN)
    if not SAMPLES.is_dir():
        return found
    with (SAMPLES / "index.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found |= words(row["id"].replace("-", " ").title())
            found |= words(row["body"]) | words(row["jurisdiction"])
    for truth in SAMPLES.glob("*.truth.json"):
        for row in json.loads(truth.read_text(encoding="utf-8")):
            found |= words(row.get("addressee") or "")
    return found


def words(text: str) -> set[str]:
    """The capitalised words of a name that are not the field's own."""
    proper = re.findall(r"\b[A-Z][A-Za-z]{2,}\b", text)
    return {word.lower() for word in proper} - ORDINARY


def test_the_list_of_names_is_not_empty_and_holds_the_makers():
    assert len(names()) >= len(KNOWN)
    assert {"ofsted", "taic"} <= names()


def test_the_reader_names_no_sample_no_maker_and_no_place():
    searched = names()
    hits = []
    for path in sorted(CODE.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            own = {word.lower() for word in re.findall(r"[A-Za-z]{3,}", line)}
            hits += [f"{path.name}:{number}: {name}" for name in sorted(own & searched)]
    assert hits == []
