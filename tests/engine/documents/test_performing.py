"""Every way of recommending is found, though most texts are passed over for want of a stem."""

import pytest

from answerable.engine.documents import lexicon


@pytest.mark.parametrize(
    "words",
    [
        *(
            f"We therefore {verb} the harbour to keep its lamps lit."
            for verb in ["recommend", "urge", "invite", "propose", "advise", "request", "encourage"]
        ),
        "We ask that the harbour keeps its lamps lit.",
        "We call upon the harbour to keep its lamps lit.",
        "We suggest that the harbour keeps its lamps lit.",
        "It is recommended that the harbour keeps its lamps lit.",
        "I consider it essential that the harbour keeps its lamps lit.",
        "We regard it as vital that the harbour keeps its lamps lit.",
        "We believe it is imperative that the harbour keeps its lamps lit.",
        "The panel asks the harbour to keep its lamps lit.",
    ],
)
def test_each_way_of_recommending_is_found(words):
    assert lexicon.performs(words)
    assert lexicon.performs(words.upper())


def test_a_task_that_is_called_vital_recommends_nothing():
    assert not lexicon.performs("The task was called vital, and requests came in.")
