"""Find a Chromium for the browser tests, or install Debian's where that is allowed.

Exits 0 with its path; without one, says what will be skipped and exits 0, or 1 with CI set.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """Path of a Chromium on this machine, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> str | None:
    """Install Debian's package as root; the path, or None."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], capture_output=True, check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "chromium"], capture_output=True, check=False
        )
    return find()


def main() -> int:
    """Exit code."""
    path = find() or install()
    if path:
        print(path)
        return 0
    print("Chromium was not found and could not be installed: the browser tests will be skipped.")
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
