"""Rows as they lie in the database, and what they say: read here, and not by the product's queries.

Everything in this module is written a second time on purpose. It asks no rule and no query of the
product, so that a mistake there is not repeated here.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

Row = dict[str, Any]


def rows(sql: str, *values: object) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, found, strict=True)) for found in cursor.fetchall()]


def one(sql: str, *values: object) -> Row | None:
    found = rows(sql, *values)
    return found[0] if found else None


def row(table: str, pk: object) -> Row:
    found = one(f"SELECT * FROM {table} WHERE id = %s", pk)
    assert found is not None, f"{table} {pk} is gone"
    return found


def marks(values: Iterable[object]) -> str:
    return ", ".join("%s" for _ in values)


# --- People ----------------------------------------------------------------------------------------


def key(person: Any) -> str:
    """A person's id as it lies in the database."""
    return person.hex if connection.vendor == "sqlite" else str(person)


def roles_of(person: str) -> set[str]:
    """What someone may act as now: nothing where their access is closed."""
    found = rows(
        "SELECT h.role FROM accounts_roleheld h JOIN accounts_person p ON p.id = h.person_id "
        "WHERE p.id = %s AND p.is_active AND h.ended_at IS NULL",
        person,
    )
    return {r["role"] for r in found}


def body_of(person: str) -> Row:
    found = one(
        "SELECT b.* FROM accounts_body b JOIN accounts_person p ON p.body_id = b.id WHERE p.id = %s",
        person,
    )
    assert found is not None
    return found


# --- One undertaking -------------------------------------------------------------------------------


def line(undertaking: int) -> list[int]:
    """The undertaking and those that it was passed on from."""
    found, at = [], undertaking
    while at:
        found.append(at)
        at = row("register_undertaking", at)["passed_from_id"]
    return found


def is_gone(undertaking: int) -> bool:
    """Whether nothing more may hang on it: withdrawn, or passed on."""
    found = row("register_undertaking", undertaking)
    asked = row("register_recommendation", found["recommendation_id"])
    return bool(asked["withdrawn_at"]) or found["stands"] == "passed"


def agreed_test(undertaking: int) -> Row | None:
    """The newest test on which both sides have put a name."""
    of = line(undertaking)
    found = rows(
        f"SELECT * FROM plan_closingtest WHERE undertaking_id IN ({marks(of)}) "
        "AND agreed_for_body_by_id IS NOT NULL AND agreed_for_office_by_id IS NOT NULL "
        "ORDER BY version DESC, id DESC",
        *of,
    )
    return found[0] if found else None


def last_claim(undertaking: int, before: int | None = None) -> Row | None:
    """The newest claim, or the newest before the one with this id."""
    of = line(undertaking)
    found = rows(
        f"SELECT * FROM plan_claim WHERE undertaking_id IN ({marks(of)}) ORDER BY id DESC", *of
    )
    found = [c for c in found if before is None or c["id"] < before]
    return found[0] if found else None


def evidence_of(undertaking: int) -> list[Row]:
    """What is offered now, each with the grade that a verifier set last, if any."""
    of = line(undertaking)
    found = rows(
        f"SELECT u.id AS use_id, e.* FROM assurance_use u JOIN assurance_evidence e "
        f"ON e.id = u.evidence_id WHERE u.undertaking_id IN ({marks(of)}) "
        "AND u.taken_out_at IS NULL ORDER BY u.id",
        *of,
    )
    for piece in found:
        grade = one(
            "SELECT grade FROM assurance_graded WHERE evidence_id = %s ORDER BY id DESC",
            piece["id"],
        )
        piece["grade"] = grade["grade"] if grade else None
    return found


def samples_of(undertaking: int) -> list[Row]:
    of = line(undertaking)
    return rows(
        f"SELECT * FROM assurance_sample WHERE undertaking_id IN ({marks(of)}) "
        "AND seen_at IS NOT NULL ORDER BY id",
        *of,
    )


NOT_SEEN = frozenset({"file", "is_public", "findings", "uploaded_by_id", "uploaded_at", "body_id"})
"""Columns of evidence that say nothing of what it shows: who may see it, who brought it."""
TEST = ("version", "pattern", "look_at", "how_many", "due_on", "counts_as_seen")
CLAIM = ("id", "rung", "words", "reason", "signed_off_role", "slipped_on")
SAMPLE = ("id", "size", "why", "criteria", "population_digest", "seed", "drawn", "seen")


def print_of(undertaking: int) -> str:
    """A fingerprint of everything that a verifier has before her, of our own making."""
    asked = row("register_undertaking", undertaking)["recommendation_id"]
    test, claim = agreed_test(undertaking), last_claim(undertaking)
    seen = [
        row("register_recommendation", asked)["words"],
        [
            c["words"]
            for c in rows(
                "SELECT words FROM register_correction WHERE recommendation_id = %s ORDER BY id",
                asked,
            )
        ],
        [test[name] for name in TEST] if test else None,
        [claim[name] for name in CLAIM] if claim else None,
        [
            sorted((n, v) for n, v in piece.items() if n not in NOT_SEEN)
            for piece in evidence_of(undertaking)
        ],
        [[s[name] for name in SAMPLE] for s in samples_of(undertaking)],
    ]
    return hashlib.sha256(json.dumps(seen, default=str).encode()).hexdigest()


# --- Who is tied to it -----------------------------------------------------------------------------


def tied(person: str, undertaking: int) -> str:
    """What ties someone to an undertaking; "" where nothing does."""
    of = line(undertaking)
    here = marks(of)
    bodies = [row("register_undertaking", u)["body_id"] for u in of]
    served = f"SELECT action_id FROM plan_service WHERE undertaking_id IN ({here})"
    ties = {
        "is of its body": (
            f"SELECT 1 FROM accounts_person WHERE id = %s AND body_id IN ({marks(bodies)})",
            (person, *bodies),
        ),
        "works for no office": (
            "SELECT 1 FROM accounts_person p JOIN accounts_body b ON b.id = p.body_id "
            "WHERE p.id = %s AND NOT b.is_office",
            (person,),
        ),
        "owns an action for it": (
            f"SELECT 1 FROM plan_action WHERE owner_id = %s AND id IN ({served})",
            (person, *of),
        ),
        "owned an action for it": (
            "SELECT 1 FROM plan_ownerchange WHERE approved_at IS NOT NULL "
            f"AND (owner_before_id = %s OR owner_after_id = %s) AND action_id IN ({served})",
            (person, person, *of),
        ),
        "handed in its evidence": (
            "SELECT 1 FROM assurance_use u JOIN assurance_evidence e ON e.id = u.evidence_id "
            f"WHERE (e.uploaded_by_id = %s OR u.added_by_id = %s) AND u.undertaking_id IN ({here})",
            (person, person, *of),
        ),
        "entered a reply to it": (
            f"SELECT 1 FROM register_response WHERE entered_by_id = %s AND undertaking_id IN ({here})",
            (person, *of),
        ),
        "claimed it": (
            f"SELECT 1 FROM plan_claim WHERE made_by_id = %s AND undertaking_id IN ({here})",
            (person, *of),
        ),
        "has an interest in it": (
            "SELECT 1 FROM assurance_interest WHERE person_id = %s AND ended_at IS NULL "
            f"AND (undertaking_id IN ({here}) OR body_id IN ({marks(bodies)}))",
            (person, *of, *bodies),
        ),
    }
    return next((why for why, (sql, values) in ties.items() if rows(sql, *values)), "")
