"""The child process that sets a paper: JSON in, PDF out, and nothing else."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst

LAYOUTS = {name: Path(__file__).with_name(f"{name}.typ") for name in ("letter", "gaps")}


def compile_paper(layout: Path, data: str) -> bytes:
    """The PDF of a paper given as JSON; ends the process with a sentence where it would look wrong."""
    made = datetime.fromisoformat(json.loads(data)["day"]).replace(tzinfo=UTC)
    compiler = typst.Compiler(
        layout,
        root=layout.parent,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )
    pdf, warnings = compiler.compile_with_warnings(
        format="pdf", timestamp=int(made.timestamp()), pdf_standards=["ua-1"]
    )
    if warnings or not isinstance(pdf, bytes):
        sys.exit(warnings[0].message if warnings else "The typesetter returned no document.")
    return pdf


if __name__ == "__main__":
    sys.stdout.buffer.write(compile_paper(LAYOUTS[sys.argv[1]], sys.stdin.read()))
