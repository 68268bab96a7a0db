"""`python -m answerable.cli`: the same command where no script is installed."""

from answerable.cli import main

main()
