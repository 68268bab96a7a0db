"""How well the reader does on real documents, where they lie beside the project."""

import importlib.util
import json
from pathlib import Path

import pytest

from answerable.engine.documents import Reading, Unreadable, read

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
FLOOR = 0.90

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="The sample documents are not beside the project."
)


def documents(folder: str) -> list[Path]:
    kinds = {".pdf", ".docx", ".html", ".rst"}
    return sorted(p for p in (SAMPLES / folder).iterdir() if p.suffix in kinds)


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return {path.stem: read(path) for path in documents("reports")}


def scorer():
    spec = importlib.util.spec_from_file_location("score", SAMPLES / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_recommendations_of_real_reports_are_found(readings, tmp_path):
    for name, reading in readings.items():
        rows = [
            {"text": c.text, "page": c.page, "number": c.number}
            for c in reading.candidates
            if c.taken
        ]
        (tmp_path / f"{name}.json").write_text(json.dumps(rows))
    result = scorer().score_directory(
        tmp_path, SAMPLES / "reports", SAMPLES / "places", bootstrap=0
    )
    assert result["macro"]["f1"] >= FLOOR
    assert result["macro"]["page_accuracy"] >= 0.95
    assert result["macro"]["number_accuracy"] >= 0.95


def test_every_candidate_stands_where_it_says(readings):
    for reading in readings.values():
        lengths = {page.number: len(page.text) for page in reading.pages}
        for candidate in reading.candidates:
            assert candidate.text
            assert candidate.why
            assert 0 <= candidate.confidence <= 1
            for span in (*candidate.spans, *candidate.also):
                assert 0 <= span.start < span.end <= lengths[span.page]


@pytest.mark.parametrize(
    "path", documents("responses") if SAMPLES.is_dir() else [], ids=lambda path: path.stem
)
def test_every_response_is_read_or_parked_with_a_sentence(path):
    if "SCANNED" in path.stem:
        with pytest.raises(Unreadable, match="scan") as caught:
            read(path)
        assert caught.value.parked
    else:
        assert not [c for c in read(path).candidates if c.taken]
