"""Makes the office that test_upgrade.py opens for ever after: once a release.

python tests/upgrade/make_office.py 0.1.0
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from office_samples import add_case, make_office, open_as  # noqa: E402 – beside this folder


def fill(folder):
    with open_as(folder, "lihua") as office:
        cases = [add_case(office, title=f"第{i}号地块") for i in range(3)]
        kept = office.attachments.keep(b"made up scan")
        with office.write("material.attach", cases[0].no, {}) as writer:
            writer.add_attachment(
                cases[0].no, "title_proof", kept, file_name="证.pdf", media_type="application/pdf"
            )
        with office.write("case.advance", cases[0].no, {}) as writer:
            writer.add_opinion(cases[0].no, stage="intake", action="advance", reason="材料齐全")
        with office.write("document.certify", cases[0].no, {}) as writer:
            writer.insert_document(
                cases[0].no,
                "approval",
                year=2026,
                number_of="章政土批〔2026〕{}号".format,
                content=lambda _: b"made up approval",
            )
        with office.write("case.close", cases[2].no, {}) as writer:
            writer.save_case(cases[2].no, 1, status="closed", due_on=None)
    with (
        open_as(folder, "wangfang") as office,
        office.write("document.issue", cases[0].no, {}) as writer,
    ):
        writer.finish_document(1, b"made up approval, signed twice")


def main(version):
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "office"
        make_office(folder)
        fill(folder)
        (folder / "lock").unlink()  # it names the computer
        (HERE / "offices").mkdir(exist_ok=True)
        with zipfile.ZipFile(
            HERE / "offices" / f"{version}.zip", "w", zipfile.ZIP_DEFLATED
        ) as packed:
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                packed.write(path, path.relative_to(folder))


if __name__ == "__main__":
    main(sys.argv[1])
