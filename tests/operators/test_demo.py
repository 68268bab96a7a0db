"""`answerable demo`: loaded once, for real, by the command, and looked at by its own commands."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit.rules import Refused
from answerable.demo.calendar import Calendar
from answerable.engine.gap_analysis.rules import KINDS
from answerable.publishing.verification import verify_edition

Done = subprocess.CompletedProcess[str]
ROOT = Path(__file__).resolve().parents[2]


def environment(data: Path, **given: str) -> dict[str, str]:
    """A machine on which nothing is set up but where the data lies."""
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("ANSWERABLE_", "DJANGO_"))}
    return bare | {"ANSWERABLE_DATA": str(data)} | given


def answerable(data: Path, *words: str, **given: str) -> Done:
    """Run the command as an operator would."""
    command = [sys.executable, "-m", "answerable.cli", *words]
    env = environment(data, **given)
    return subprocess.run(
        command, env=env, cwd=ROOT, check=False, capture_output=True, text=True, timeout=300
    )


def ask(data: Path, sql: str) -> list[tuple[object, ...]]:
    """Rows of the demo's database, read from outside."""
    with closing(sqlite3.connect(data / "answerable.sqlite3")) as database:
        return database.execute(sql).fetchall()


def count(data: Path, table: str, where: str = "1 = 1") -> int:
    [(number,)] = ask(data, f"SELECT count(*) FROM {table} WHERE {where}")
    assert isinstance(number, int)
    return number


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """The data folder of a demo that was loaded by the command, and what it said."""
    data = tmp_path_factory.mktemp("demo") / "data"
    done = answerable(data, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    return data, done


@pytest.fixture
def data(loaded: tuple[Path, Done]) -> Path:
    return loaded[0]


def clocks(data: Path) -> dict[tuple[str, str], tuple[int, str, str]]:
    """(document, number) of what a body owes -> days left, the clock's state, where it stands."""
    rows = ask(
        data,
        """
        SELECT d.name || ' ' || r.number || ' ' || b.short_name,
               julianday(c.due_on) - julianday(date('now', 'localtime')), c.state, u.stands
        FROM register_clock c
        JOIN register_undertaking u ON u.id = c.undertaking_id
        JOIN register_recommendation r ON r.id = u.recommendation_id
        JOIN reports_document d ON d.id = r.document_id
        JOIN accounts_body b ON b.id = u.body_id
        WHERE r.kind = 'recommendation'
        """,
    )
    return {str(name): (round(float(str(left))), str(s), str(u)) for name, left, s, u in rows}  # type: ignore[misc]


LEARNING = "operation-larkspur-learning.pdf"
INSPECTION = "northmoor-police-child-protection-inspection.pdf"


def test_every_step_of_the_loading_is_told(loaded: tuple[Path, Done]) -> None:
    said = loaded[1].stdout
    assert "The public record: 46 bodies, 22 reports, 100 recommendations" in said
    assert "29 links between what was asked again, with our reason for each." in said
    assert "Operation Larkspur: learning and recommendations … 12 recommendations." in said
    assert "12 recommendations, 5 still to check" in said
    assert "a scan, its text recognised and not checked yet" in said
    assert "Edition 2: proposed, and waiting for Percy Hale." in said


def test_the_chain_holds_after_loading(data: Path) -> None:
    done = answerable(data, "audit", "verify", ANSWERABLE_DEMO="yes")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_first_event_says_that_it_is_an_example_and_the_last_that_it_is_whole(
    data: Path,
) -> None:
    verbs = [verb for (verb,) in ask(data, "SELECT verb FROM audit_event ORDER BY seq")]
    assert (verbs[0], verbs[-1]) == ("world.begun", "world.loaded")


def test_nobody_in_northmoor_has_a_password(data: Path) -> None:
    passwords = ask(data, "SELECT password FROM accounts_person")
    assert len(passwords) == 10
    assert all(str(password).startswith("!") for (password,) in passwords)


def test_every_role_is_held(data: Path) -> None:
    assert count(data, "(SELECT DISTINCT role FROM accounts_roleheld)") == 7


def test_real_bodies_are_never_marked_as_invented_and_northmoor_always_is(data: Path) -> None:
    assert count(data, "accounts_body", "invented") == 14
    assert count(data, "accounts_body", "NOT invented") == 46
    assert count(data, "accounts_body", "NOT invented AND name LIKE '%Northmoor%'") == 0
    assert (
        count(
            data,
            "accounts_person p",
            "p.body_id IN (SELECT id FROM accounts_body WHERE NOT invented)",
        )
        == 0
    )


def test_what_is_real_is_paraphrased_with_its_source_and_has_no_clock(data: Path) -> None:
    real = "report_id IN (SELECT id FROM reports_report WHERE NOT invented)"
    assert count(data, "register_recommendation", real) == 100
    assert (
        count(data, "register_recommendation", f"{real} AND paraphrased AND source_url != ''")
        == 100
    )
    assert (
        count(
            data,
            "register_clock c JOIN register_undertaking u ON u.id = c.undertaking_id "
            "JOIN register_recommendation r ON r.id = u.recommendation_id",
            "r.paraphrased",
        )
        == 0
    )


def test_every_reply_of_a_real_body_has_its_source(data: Path) -> None:
    real = (
        "undertaking_id IN (SELECT u.id FROM register_undertaking u JOIN register_recommendation r "
        "ON r.id = u.recommendation_id WHERE r.paraphrased)"
    )
    assert count(data, "register_response", real) > 40
    assert count(data, "register_response", f"{real} AND source_url = ''") == 0


def test_a_year_stays_a_year(data: Path) -> None:
    rows = ask(data, "SELECT published_on, published_words FROM reports_report WHERE NOT invented")
    assert (None, "2002") in rows
    assert (None, "September 2014") in rows
    assert all((on is None) == bool(words) for on, words in rows)


def test_replies_are_ten_days_late_six_days_off_extended_and_paused(data: Path) -> None:
    found = clocks(data)
    assert found[f"{LEARNING} 7 the Force"] == (-10, "running", "no_response")
    assert found[f"{LEARNING} 7 the Commissioner"] == (-10, "running", "silent")
    assert found[f"{LEARNING} 9 the Partnership"] == (-10, "running", "silent")
    assert found[f"{LEARNING} 5 the Commissioner"] == (18, "running", "silent")
    assert found[f"{LEARNING} 11 the council"] == (11, "running", "silent")
    assert found[f"{INSPECTION} 2 the Force"] == (6, "running", "silent")
    assert found[f"{LEARNING} 1 the Force"][1:] == ("stopped", "accepted")


def test_one_report_is_unchecked_one_half_checked_and_one_is_a_scan(data: Path) -> None:
    left = dict(
        ask(
            data,
            """
            SELECT d.name, count(*) FROM reports_candidate c
            JOIN reports_reading g ON g.id = c.reading_id
            JOIN reports_document d ON d.id = g.document_id
            WHERE c.taken AND d.purpose = 'report'
            AND c.id NOT IN (SELECT candidate_id FROM reports_decision WHERE candidate_id NOTNULL)
            GROUP BY d.name
            """,
        )
    )
    assert left == {
        INSPECTION: 5,
        "joint-targeted-visit-northmoor.pdf": 6,
        "peer-review-2009-scan.pdf": 6,
    }
    recognised = """
        SELECT d.name FROM reports_notice n JOIN reports_reading g ON g.id = n.reading_id
        JOIN reports_document d ON d.id = g.document_id WHERE n.code = 'recognised'
    """
    assert ask(data, recognised) == [("peer-review-2009-scan.pdf",)]


def test_what_a_body_owed_has_passed_to_its_successor(data: Path) -> None:
    assert count(data, "register_undertaking", "stands = 'passed'") == 4
    assert count(data, "register_undertaking", "passed_from_id NOTNULL") == 4


def test_the_gap_analysis_of_northmoor_has_a_gap_of_every_kind_and_none_of_a_real_body(
    data: Path,
) -> None:
    [(content,)] = ask(data, "SELECT content FROM gaps_gaprun ORDER BY serial DESC LIMIT 1")
    gaps = json.loads(str(content))["gaps"]
    assert {gap["kind"] for gap in gaps} == set(KINDS)
    invented = {str(slug) for (slug,) in ask(data, "SELECT slug FROM accounts_body WHERE invented")}
    assert {gap["body"] for gap in gaps} <= invented


def test_a_plan_is_drafted_that_nobody_owns_yet(data: Path) -> None:
    assert count(data, "gaps_draftplan", "owner_id ISNULL") == 1
    assert count(data, "gaps_draftline") > 10


def test_a_correction_and_a_withdrawal_are_visible(data: Path) -> None:
    assert count(data, "register_correction") == 1
    assert count(data, "register_recommendation", "withdrawn_at NOTNULL") == 1


def test_some_replies_restate_what_was_asked_and_are_not_read_as_acceptance(data: Path) -> None:
    rows = ask(
        data,
        """
        SELECT p.position FROM register_positionread p
        JOIN register_response s ON s.id = p.response_id WHERE s.restates != ''
        """,
    )
    assert {position for (position,) in rows} >= {"in_part", "no_response"}


def test_the_first_edition_stands_and_the_second_waits(data: Path) -> None:
    assert ask(data, "SELECT number, state FROM publishing_edition ORDER BY number") == [
        (1, "published"),
        (2, "proposed"),
    ]
    assert verify_edition(data / "editions" / "1") == []


def test_the_chain_runs_forward_in_time(data: Path) -> None:
    moments = [at for (at,) in ask(data, "SELECT at FROM audit_event ORDER BY seq")]
    assert moments == sorted(moments, key=str)
    [(days,)] = ask(data, "SELECT julianday(max(at)) - julianday(min(at)) FROM audit_event")
    assert 420 < float(str(days)) < 423


@pytest.mark.django_db
def test_the_clock_is_set_back_only_while_the_past_is_acted_out() -> None:
    today = timezone.localdate()
    played: list[date] = []

    def strand(*days: int) -> Iterator[int]:
        for day in days:
            yield day
            played.append(timezone.localdate())

    Calendar(today).play([strand(-30, -10), strand(-20, 0)])
    assert played == [today - timedelta(days=days) for days in (30, 20, 10, 0)]
    assert timezone.localdate() == today


def test_a_record_that_people_keep_has_only_the_true_time(rosa: Person) -> None:
    with pytest.raises(Refused, match="example world"):
        Calendar(timezone.localdate())


OWED = """
    register_undertaking u JOIN register_recommendation r ON r.id = u.recommendation_id
    JOIN accounts_body b ON b.id = u.body_id JOIN reports_report p ON p.id = r.report_id
"""


@pytest.mark.parametrize(
    "table",
    ["plan_closingtest", "plan_claim", "plan_service", "assurance_use", "assurance_sample",
     "assurance_opinion", "assurance_closure"],
)  # fmt: skip
def test_nothing_is_claimed_planned_or_judged_of_the_real_record(data: Path, table: str) -> None:
    rows = f"{OWED} JOIN {table} x ON x.undertaking_id = u.id"
    assert count(data, rows, "p.invented AND b.invented") > 0
    assert count(data, rows, "NOT p.invented OR NOT b.invented") == 0


def become(data: Path, number: str, report: str, body: str) -> dict[str, list[object]]:
    """What was claimed of one undertaking, what was judged, and how it was closed and reopened."""
    one = (
        f"SELECT u.id FROM {OWED} WHERE r.number = '{number}' AND b.short_name = '{body}' "
        f"AND p.title LIKE '%{report}%'"
    )

    def column(sql: str) -> list[object]:
        return [value for (value,) in ask(data, sql)]

    return {
        "claims": column(
            f"SELECT rung FROM plan_claim WHERE undertaking_id IN ({one}) ORDER BY id"
        ),
        "opinions": column(
            f"SELECT judgement FROM assurance_opinion WHERE undertaking_id IN ({one}) ORDER BY id"
        ),
        "closed": column(f"SELECT how FROM assurance_closure WHERE undertaking_id IN ({one})"),
        "reopened": column(
            "SELECT because FROM assurance_reopening g JOIN assurance_closure c "
            f"ON c.id = g.closure_id WHERE c.undertaking_id IN ({one})"
        ),
    }


READY = "ready_for_assessment"


@pytest.mark.parametrize(
    ("number", "report", "claims", "opinions", "closed", "reopened"),
    [
        ("5", "Harlow", [READY], ["partly"], [], []),
        ("3(b)", "Tressell", [READY], ["assured"], ["assured"], []),
        ("6", "Tressell", [], [], ["not_pursued"], []),
        ("9", "Harlow", [READY], ["not_assured"], [], []),
        ("8", "Harlow", [READY], [], [], []),
        ("4(a)(i)", "Tressell", [READY, "in_progress"], ["assured"], ["assured"], ["own_word"]),
        ("7", "Harlow", [READY], ["assured"], [], []),
        ("9(a)", "Tressell", [READY], ["assured", "partly"], [], []),
        ("3(a)", "Tressell", [READY], ["assured"], ["assured"], ["asked_again"]),
    ],
)
def test_each_case_has_come_to_what_the_guide_tells(
    data: Path,
    number: str,
    report: str,
    claims: list[str],
    opinions: list[str],
    closed: list[str],
    reopened: list[str],
) -> None:
    assert become(data, number, report, "the Force") == {
        "claims": claims,
        "opinions": opinions,
        "closed": closed,
        "reopened": reopened,
    }


GUIDE = (ROOT / "docs/how-to/eight-ways.md").read_text(encoding="utf-8")
"""Whoever follows the guide types its references: they must be the demo's."""


@pytest.mark.parametrize(
    ("reference", "report", "number"),
    [
        ("R-0136", "Larkspur", "7"),
        ("R-0122", "Harlow", "5"),
        ("R-0104", "Tressell", "3(b)"),
        ("R-0111", "Tressell", "6"),
        ("R-0126", "Harlow", "9"),
        ("R-0109", "Tressell", "5(a)"),
        ("R-0125", "Harlow", "8"),
        ("R-0121", "Harlow", "4"),
        ("R-0118", "Harlow", "1"),
        ("R-0138", "Larkspur", "9"),
        ("R-0116", "Tressell", "9(b)"),
        ("R-0105", "Tressell", "4(a)(i)"),
        ("R-0106", "Tressell", "4(a)(ii)"),
        ("R-0110", "Tressell", "5(b)"),
        ("R-0124", "Harlow", "7"),
        ("R-0115", "Tressell", "9(a)"),
        ("R-0112", "Tressell", "7(a)"),
        ("R-0103", "Tressell", "3(a)"),
        ("R-0132", "Larkspur", "3"),
        ("R-0108", "Tressell", "4(b)(ii)"),
        ("R-0127", "Harlow", "10"),
        ("R-0135", "Larkspur", "6"),
    ],
)
def test_the_guide_names_its_cases_as_the_demo_numbers_them(
    data: Path, reference: str, report: str, number: str
) -> None:
    rows = ask(
        data,
        "SELECT r.number, p.title FROM register_recommendation r JOIN reports_report p "
        f"ON p.id = r.report_id WHERE r.reference = '{reference}'",
    )
    [(printed, title)] = rows
    assert printed == number
    assert report in str(title)
    assert reference in GUIDE


def test_dates_moved_twice_stand_beside_the_first_and_a_third_waits(data: Path) -> None:
    rows = ask(
        data,
        """
        SELECT a.first_due_on < a.due_on, a.owner_role, count(m.approved_at), count(*)
        FROM plan_action a JOIN plan_datemove m ON m.action_id = a.id GROUP BY a.id
        """,
    )
    assert rows == [(1, "Head of Crime", 2, 3)]


def test_the_longest_silence_got_a_letter_and_a_notice(data: Path) -> None:
    rows = ask(data, "SELECT step FROM chasing_chase WHERE sent_at NOTNULL ORDER BY id")
    assert rows == [("letter",), ("notice",)]
    assert count(data, "chasing_chase", "sent_at ISNULL") > 10, "reminders wait for Rosa"


def test_evidence_is_sealed_but_for_one_piece_and_some_of_it_is_too_old(data: Path) -> None:
    assert count(data, "assurance_evidence") > 8
    assert count(data, "assurance_evidence", "is_public") == 1
    assert count(data, "assurance_evidence", "expires_on < date('now')") == 1


def test_started_again_it_is_there_at_once(data: Path) -> None:
    events = count(data, "audit_event")
    began = time.monotonic()
    done = answerable(data, "demo", "--no-serve")
    assert done.returncode == 0
    assert time.monotonic() - began < 30
    assert count(data, "audit_event") == events


def test_a_database_that_it_did_not_make_is_refused(tmp_path: Path) -> None:
    office = tmp_path / "office"
    assert answerable(office, "migrate").returncode == 0
    for words in (("demo", "--no-serve"), ("demo", "--no-serve", "--fresh"), ("worker",)):
        done = answerable(office, *words, ANSWERABLE_DEMO="yes")
        assert done.returncode == 1
        assert "was not made by the demo" in done.stderr
    assert count(office, "audit_event") > 0, "nothing was thrown away"


def start_and_kill(data: Path, *words: str) -> None:
    """Begin to load, and be killed after the first line."""
    command = [sys.executable, "-m", "answerable.cli", "demo", "--no-serve", *words]
    with subprocess.Popen(
        command, env=environment(data), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as demo:
        assert demo.stdout
        assert "The public record" in demo.stdout.readline()
        demo.kill()


def test_an_interrupted_loading_is_begun_anew(tmp_path: Path) -> None:
    for _ in range(2):
        start_and_kill(tmp_path)
        assert count(tmp_path, "audit_event", "verb = 'world.begun'") == 1
        assert count(tmp_path, "audit_event", "verb = 'world.loaded'") == 0


def test_fresh_throws_the_old_world_away(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(data, copy)
    start_and_kill(copy, "--fresh")
    assert count(copy, "audit_event", "verb = 'world.loaded'") == 0
    assert not (copy / "editions").exists()


def test_a_port_that_is_taken_is_said_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = answerable(tmp_path / "none", "demo", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert not (tmp_path / "none" / "answerable.sqlite3").exists()
