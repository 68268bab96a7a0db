"""Settings from the environment: what is wrong stops the start with a sentence."""

from pathlib import Path

import pytest

from answerable.environment import Environment, Misconfigured


def test_a_misspelt_name_is_refused_with_the_nearest() -> None:
    env = Environment({"ANSWERABLE_OFICE": "x"})
    env.text("ANSWERABLE_OFFICE", default="", help="")
    with pytest.raises(
        Misconfigured,
        match=r"ANSWERABLE_OFICE is not a setting of Answerable\. Did you mean ANSWERABLE_OFFICE",
    ):
        env.finish()


def test_names_of_others_are_left_alone() -> None:
    Environment({"PATH": "/bin"}).finish()


@pytest.mark.parametrize(
    ("value", "meant"),
    [("yes", True), ("ON", True), ("1", True), ("no", False), ("0", False), ("", True)],
)
def test_a_flag_is_read(value: str, meant: bool) -> None:
    assert Environment({"A": value}).flag("A", default=True, help="") is meant


def test_a_flag_that_is_neither_is_refused() -> None:
    with pytest.raises(Misconfigured, match="must be yes or no, and is “perhaps”"):
        Environment({"A": "perhaps"}).flag("A", default=False, help="")


@pytest.mark.parametrize("value", ["0", "-1", "ten", "1.5", "1e3"])
def test_a_number_must_be_whole_and_above_nothing(value: str) -> None:
    with pytest.raises(Misconfigured, match="whole number"):
        Environment({"A": value}).number("A", default=1, help="")


@pytest.mark.parametrize("value", ["mysql://x/y", "postgresql://host", "sqlite://", "file.db"])
def test_a_database_that_is_not_ours_is_refused(value: str) -> None:
    with pytest.raises(Misconfigured, match="must be sqlite"):
        Environment({"A": value}).database("A", default="sqlite:///x", help="")


def test_a_postgresql_address_is_taken_apart() -> None:
    found = Environment({"A": "postgresql://me:p%40ss@%2Frun%2Fpg:5433/db"}).database(
        "A", default="", help=""
    )
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "me",
        "p@ss",
        "/run/pg",
        "5433",
        "db",
    )


def test_a_secret_is_made_once_and_kept_for_its_owner(tmp_path: Path) -> None:
    first = Environment({}).secret("A", folder=tmp_path / "data", help="")
    again = Environment({}).secret("A", folder=tmp_path / "data", help="")
    assert first == again
    assert len(first) >= 48
    assert (tmp_path / "data/secret-key").stat().st_mode & 0o077 == 0


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="too short"):
        Environment({"A": "hunter2"}).secret("A", folder=tmp_path, help="")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured, match="ANSWERABLE_DATA"):
        Environment({}).secret("A", folder=tmp_path / "file", help="")


def test_a_provider_needs_all_its_names() -> None:
    with pytest.raises(Misconfigured, match="also needs B, D"):
        Environment({"A": "x", "C": "y"}).openid("A", "B", "C", "D", help="")


def test_a_provider_is_allowed_as_the_target_of_forms() -> None:
    env = Environment({"A": "x", "B": "https://id.example/realm", "C": "y", "D": "z"})
    env.openid("A", "B", "C", "D", help="")
    assert env.form_targets() == ["https://id.example"]


def test_mail_is_read_from_one_address() -> None:
    found = Environment({"A": "smtps://me:secret@mail.example:465"}).mail("A", help="")
    assert found[1:] == ("mail.example", 465, False, True, "me", "secret"), (
        "TLS from the first byte"
    )
    found = Environment({"A": "smtps://me:secret@mail.example"}).mail("A", help="")
    assert found[1:5] == ("mail.example", 587, True, False), "STARTTLS"


@pytest.mark.parametrize("value", ["ftp://x", "record.example", "https://"])
def test_an_address_must_be_one_of_the_web(value: str) -> None:
    with pytest.raises(Misconfigured, match="must be an address"):
        Environment({"A": value}).url("A", default="http://x", help="")
