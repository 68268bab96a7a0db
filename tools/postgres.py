"""Run a command against a throw-away PostgreSQL server on this machine.

    python tools/postgres.py COMMAND [ARG …]

Finds a PostgreSQL server (15 or later), or installs Debian's where it may, starts it in a
temporary folder on a local socket, sets ANSWERABLE_DATABASE for the command, and removes it all
afterwards. Where there is none, says so and exits 0; with CI set, exits 1: there it must run.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _install() -> Path | None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], capture_output=True, check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "postgresql"], capture_output=True, check=False
        )
    return _programs()


def _as_owner(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: step down to its own account."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _run(programs: Path, command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        folder.chmod(0o755)
        data = folder / "data"
        initdb = [programs / "initdb", "-D", data, "-U", "answerable", "-A", "trust", "-E", "UTF8"]
        locale = ["--locale", "C.UTF-8", "--no-sync"]
        subprocess.run(
            _as_owner([*map(str, initdb), *locale]), check=True, cwd="/", stdout=subprocess.DEVNULL
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=200"
        log = str(folder / "log")
        start = [programs / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start"]
        subprocess.run(
            _as_owner([*map(str, start)]), check=True, cwd="/", stdout=subprocess.DEVNULL
        )
        try:
            createdb = [programs / "createdb", "-h", folder, "-U", "answerable", "answerable"]
            subprocess.run([*map(str, createdb)], check=True, cwd="/")
            address = f"postgresql://answerable@{str(folder).replace('/', '%2F')}/answerable"
            return subprocess.run(
                command, env=os.environ | {"ANSWERABLE_DATABASE": address}
            ).returncode
        finally:
            stop = [programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
            subprocess.run(_as_owner([*map(str, stop)]), cwd="/", stdout=subprocess.DEVNULL)


def main() -> int:
    """Exit code of the command, or 0 or 1 where there is no server."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    programs = _programs() or _install()
    if programs is None:
        print("PostgreSQL was not found and could not be installed: what needs it was skipped.")
        return 1 if os.environ.get("CI") else 0
    return _run(programs, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
