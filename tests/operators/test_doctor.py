"""`answerable doctor` tells the truth in each state."""

import shutil
import socket
import threading
from pathlib import Path

from tests.operators.conftest import Installation


def found(installation: Installation, **settings: str) -> dict[str, tuple[str, str]]:
    """What the doctor says of each thing; of many findings of one thing, the first."""
    asked = Installation(installation.data, installation.database, settings)
    lines = asked.lines("doctor")
    return {str(f["what"]): (str(f["state"]), str(f["sentence"])) for f in reversed(lines)}


def test_on_a_bare_machine_it_says_where_to_begin(bare: Installation) -> None:
    said = found(bare)
    assert said["data"][0] == "ok"
    assert said["database"][0] == "missing"
    assert said["database"][1].endswith("Run: answerable migrate")
    assert "people" not in said
    assert bare.run("doctor").returncode == 1


def test_after_migrating_the_people_are_missing(bare: Installation) -> None:
    bare.does("migrate")
    said = found(bare)
    assert said["database"][0] == "ok"
    assert said["office"] == (
        "missing",
        "There is no oversight office yet. Run: answerable user invite",
    )
    assert said["editions"] == ("optional", "Nothing is published yet.")


def test_a_furnished_office_is_well(furnished: Installation) -> None:
    done = furnished.run("doctor")
    assert done.returncode == 0, done.stdout
    said = found(furnished)
    assert said["people"] == ("ok", "4 people may sign in.")
    assert said["reading"] == ("ok", "Nothing waits to be read.")
    assert said["editions"] == ("ok", "The public reads edition 1.")
    assert "✗" not in done.stdout


def test_it_says_whether_scans_can_be_read(furnished: Installation) -> None:
    assert found(furnished)["scans"] == ("ok", "The text of scans is recognised.")


def test_scans_that_were_put_aside_for_want_of_the_extra_are_told(
    installation: Installation,
) -> None:
    installation.python(
        "from answerable.reports.models import Document\n"
        "why = \"To have it recognised: pip install 'answerable[ocr]'\"\n"
        "Document.objects.update(state='parked', state_reason=why)"
    )
    state, sentence = found(installation)["scans"]
    assert state == "ok"
    assert sentence.endswith("put aside for it: choose Try again on their pages.")


def test_one_publisher_is_too_few(installation: Installation) -> None:
    installation.python(
        "from answerable.accounts.actions import suspend_person\n"
        "from answerable.accounts.models import Person\n"
        "suspend_person(by='operator', person=Person.objects.get(name='Percy Hale'))"
    )
    assert "needs two publishers, and there is 1" in found(installation)["people"][1]


def test_documents_that_nobody_reads_are_told(installation: Installation) -> None:
    installation.python(
        "import io; from tests import papers\n"
        "from answerable.accounts.models import Person\n"
        "from answerable.reports.actions.documents import receive_document\n"
        "from answerable.reports.models import Report\n"
        "receive_document(by=Person.objects.get(name='Rosa Adeyemi'), report=Report.objects.get(), upload=io.BytesIO(papers.HTML), name='a.html')"
    )
    assert found(installation)["reading"] == ("ok", "1 document waits to be read.")
    installation.python(
        "from datetime import timedelta; from django.utils import timezone\n"
        "from django_tasks_db.models import DBTaskResult\n"
        "DBTaskResult.objects.filter(status='READY').update(enqueued_at=timezone.now() - timedelta(hours=1))"
    )
    assert found(installation)["reading"] == (
        "missing",
        "1 document waited for more than 5 minutes: no worker seems to run. Run: answerable worker",
    )


def test_a_lifted_lock_is_told(installation: Installation) -> None:
    installation.python(
        "from django.db import connection\n"
        "connection.cursor().execute('DROP TRIGGER audit_event_no_update')"
    )
    assert "Nothing keeps audit_event from being changed" in found(installation)["locks"][1]
    (verdict,) = installation.lines("audit", "verify")
    assert "The lock on audit_event has been lifted" in str(verdict["problem"])
    assert installation.run("audit", "verify").returncode == 1


def test_an_edition_that_is_gone_is_told(installation: Installation) -> None:
    (installation.data / "editions/current").unlink()
    assert "The public reads edition none, not 1" in found(installation)["editions"][1]
    shutil.rmtree(installation.data / "editions/1")
    assert "are missing or changed" in found(installation)["editions"][1]


def test_a_database_that_is_away_is_told(bare: Installation) -> None:
    away = Installation(bare.data, "postgresql://x@127.0.0.1:9/none")
    state, sentence = found(away)["database"]
    assert state == "missing"
    assert sentence.startswith("The database does not answer (")
    assert "\n" not in sentence


def test_settings_that_are_for_one_machine_only_are_told(furnished: Installation) -> None:
    said = found(furnished, ANSWERABLE_DEBUG="yes")
    assert (said["debug"][0], said["address"][0], said["mail"][0]) == (
        "missing",
        "optional",
        "optional",
    )
    said = found(
        furnished, ANSWERABLE_URL="https://record.example", ANSWERABLE_MAIL="smtp://mail.example"
    )
    assert "address" not in said
    assert "mail" not in said


def test_a_secret_that_others_can_read_is_told(installation: Installation) -> None:
    (installation.data / "secret-key").chmod(0o644)
    assert found(installation)["secret"][0] == "missing"


def test_the_virus_scanner_is_asked(furnished: Installation, tmp_path: Path) -> None:
    assert found(furnished)["scanner"][0] == "optional"
    path = str(tmp_path / "clamd")
    assert found(furnished, ANSWERABLE_CLAMD_SOCKET=path)["scanner"][0] == "missing"
    with socket.socket(socket.AF_UNIX) as scanner:
        scanner.bind(path)
        scanner.listen()

        def answer() -> None:
            asked, _ = scanner.accept()
            with asked:
                assert asked.recv(16) == b"zPING\0"
                asked.sendall(b"PONG\0")

        thread = threading.Thread(target=answer)
        thread.start()
        assert found(furnished, ANSWERABLE_CLAMD_SOCKET=path)["scanner"][0] == "ok"
        thread.join(10)
