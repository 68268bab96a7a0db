"""Make `meaning_centre.json` again: the middle of the vectors of words, over plain sentences.

The vectors of a language model share a large part that says only "this is English prose". Taken
away, what is left says more. It is measured on the sentences below, written for this purpose in the
manner of public services; no sample, no gold and no real report is in them. Run it when the weights
change: .venv/bin/python tools/meaning_centre.py
"""

import json
from pathlib import Path

import numpy as np

from answerable.engine.similarity.meaning import Meaning

OUT = Path(__file__).parents[1] / "src/answerable/engine/similarity/meaning_centre.json"
DIGITS = 3
SENTENCES = """
The council should publish a plan for its services before the end of the year and report on it every quarter.
Staff did not always record what people told them, and managers had not noticed.
We recommend that the police and the health service agree how they share what they know.
Most families were pleased with the help that they received, although some had waited too long for it.
The board has approved new arrangements for training, supervision and the support of new officers.
Every school must keep a register of concerns and review it with its governors.
The department accepts this recommendation and will write to all providers in the spring.
Funding for the programme has been confirmed for three years, subject to an independent evaluation.
Inspectors looked at twenty records and found that the quality of assessments varied.
The chief executive is responsible for making sure that risks are known and acted upon.
Complaints should be answered within twenty working days by somebody who was not involved.
People who use the service were asked for their views, but nobody told them what had changed as a result.
The contractor failed to test the equipment, and the owner of the building did not check its work.
A new computer system will let hospitals, surgeries and social workers see the same information.
There is no clear policy on how long documents are to be kept or who may destroy them.
Prisoners should have access to a doctor within one day of their arrival.
The trust has made progress in recruiting nurses, yet many shifts remain unfilled at night.
Guidance ought to explain what the law requires and give examples of good practice.
An annual audit of cases should be carried out and its findings shared with partners.
Since the last inspection, leaders have improved the way in which they monitor performance.
The Government should bring forward legislation to give the regulator stronger powers.
Local authorities, landlords and the fire service must agree a procedure for emergencies.
Children told us that they did not know whom to speak to when they were worried.
The report was not passed to the committee, so its members could not ask questions about it.
Victims and witnesses should be kept informed of each step and offered support.
Data on waiting times are collected in different ways and cannot be compared.
The ministry has set up a working group, which will advise on standards, costs and timing.
Drivers and engineers did not follow the rules because the instructions contradicted each other.
Training in equality, in safeguarding and in first aid is now compulsory for all volunteers.
Where a recommendation is not accepted, the reasons should be published.
The audit committee considers the accounts, the controls and the register of risks.
Young people leaving care need a home, an adviser and help to find work or to continue to study.
""".strip().splitlines()


def main() -> None:
    """Write the file."""
    model = Meaning.load()
    if model is None:
        raise SystemExit("The extra called meaning is not installed.")
    vectors = np.concatenate([model.states(sentence)[1][1:-1] for sentence in SENTENCES])
    content = {
        "what": "The middle of the vectors of all words of plain sentences, by the weights named.",
        "weights": "all-MiniLM-L6-v2, last layer",
        "sentences": len(SENTENCES),
        "words": len(vectors),
        "made_by": "tools/meaning_centre.py",
        "centre": [round(float(x), DIGITS) for x in vectors.mean(axis=0)],
    }
    OUT.write_text(json.dumps(content) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
