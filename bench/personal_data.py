"""How often the check for personal data misses what is there, and how often it cries for nothing.

    python bench/personal_data.py [--files 300] [--seed 5] [--show]

Builds files of six formats, half of them with one to three kinds of what identifies people, and
checks each as an upload is. A *miss* is a kind that was put into a file and not found in it; a
*false alarm* is a clean file in which anything is found. Exit status 1 where misses are above 2 %
or false alarms above 10 %. `make docs` writes the same table, of the same files, to
docs/reference/personal-data.md.

The files are built by us, in the forms in which such things are usually written: real files hold
others. A last line says how many names are found that have neither title nor label, where nothing
but a list of common first names can help: those are not among what is promised.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from answerable.engine.disclosure import Kind, check_file, check_file_safely, check_words
from tests.planted import FIRST, SURNAMES, Planted, Rates, built, measured
from tools.personal_data_page import MOST_ALARMS, MOST_MISSED


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--here", action="store_true", help="check without a child process")
    parser.add_argument("--show", action="store_true", help="name the files that went wrong")
    given = parser.parse_args()
    check = check_file if given.here else check_file_safely

    with tempfile.TemporaryDirectory() as folder:

        def found_in(file: Planted) -> set[Kind]:
            path = Path(folder) / file.name
            path.write_bytes(file.content)
            found = check(path, name=file.name).found
            kinds = {one.kind for one in found}
            if given.show and (file.kinds - kinds or (kinds and not file.kinds)):
                wrong = [one.sentence for one in found] if not file.kinds else file.kinds - kinds
                print(f"{file.name}: {', '.join(sorted(map(str, wrong)))}")
            return kinds

        began = time.perf_counter()
        rates = measured(built(given.files, given.seed), found_in)
        took = time.perf_counter() - began
    tell(rates, given.files, took)
    bare = [f"The record shows that {first} {SURNAMES[0]} was seen." for first in FIRST]
    found = sum(bool(check_words(words)) for words in bare)
    print(f"Names without title or label: {found} of {len(bare)}, of first names of many origins")
    return int(rates.miss_rate > MOST_MISSED or rates.alarm_rate > MOST_ALARMS)


def tell(rates: Rates, files: int, took: float) -> None:
    print(f"{'kind':12} {'planted':>8} {'missed':>7} {'in clean files':>15}")
    for kind in Kind:
        if rates.planted.get(kind) or rates.alarms.get(kind):
            numbers = (rates.planted.get(kind, 0), rates.missed.get(kind, 0))
            print(f"{kind:12} {numbers[0]:8} {numbers[1]:7} {rates.alarms.get(kind, 0):15}")
    print(f"Misses: {rates.miss_rate:.1%} of {sum(rates.planted.values())} planted")
    print(f"False alarms: {rates.alarm_rate:.1%} of {rates.clean} clean files")
    print(f"{took / files * 1000:.0f} ms a file")


if __name__ == "__main__":
    sys.exit(main())
