"""Scans on their way into a case: what is refused, what is kept of those that are not."""

from __future__ import annotations

import pytest

from auditdesk.operations import cases, materials, scan_folder
from auditdesk.operations.scan_files import Pasted
from auditdesk.store.attachments import MAX_BYTES
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import CancelledError
from scan_samples import HOSTILE, leaves, pdf_of, picture


@pytest.mark.parametrize(
    ("content", "pages"), [(pdf_of(7), 7), (leaves(3), 3), (picture("JPEG"), 1)]
)
def test_the_pages_of_a_scan_are_counted(at_desk, entered, file, content, pages):
    no = entered().no
    view, _ = materials.attach(at_desk("li"), no, "vote_record", file(content=content))
    assert view.attachments[0].pages == pages


def test_what_is_pasted_is_kept_under_the_name_given(at_desk, entered):
    no = entered().no
    desk = at_desk("li")
    shot = Pasted("剪贴板.png", picture())
    view, _ = materials.attach(desk, no, "vote_record", shot)
    (kept,) = view.attachments
    assert (kept.file_name, kept.media_type) == ("剪贴板.png", "image/png")
    assert materials.open_attachment(desk, kept.id) == shot.content


BAD_NAMES = [
    "a\nb.pdf",
    "tab\there.pdf",
    "证\u202efdp.exe",
    "证\u2066.pdf",
    "zero\u200bwidth.pdf",
    "half\ud800.pdf",
    "x" * 2000 + ".pdf",
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_deceives_or_is_endless_is_refused(at_desk, entered, name):
    no = entered().no
    desk = at_desk("li")
    with pytest.raises(UnusableInputError, match="name") as told:
        materials.attach(desk, no, "vote_record", Pasted(name, picture()))
    said = told.value.message.zh + told.value.message.en
    assert said.isprintable()
    assert len(said) < 500
    assert cases.view(desk, no).attachments == ()


def test_rare_characters_in_a_name_are_kept(at_desk, entered, file):
    no = entered().no
    name = "王𬭎㐂　２０２２ (1).pdf"
    view, _ = materials.attach(at_desk("li"), no, "vote_record", file(name))
    assert view.attachments[0].file_name == name


@pytest.mark.parametrize("name", ["a script at opening", "30,000 pages", "a png cut off"])
def test_of_what_is_refused_nothing_is_left(at_desk, entered, file, office_folder, name):
    no = entered(materials={"vote_record": "missing"}).no
    desk = at_desk("li")
    seq = desk.office.journal.last_checkpoint().seq
    with pytest.raises(UnusableInputError, match=r"“证\.pdf” was not attached"):
        materials.attach(desk, no, "vote_record", file(content=HOSTILE[name][0]))
    assert cases.view(desk, no).case_file.materials["vote_record"] == "missing"
    assert desk.office.journal.last_checkpoint().seq == seq
    assert [p for p in (office_folder / "attachments").rglob("*") if p.is_file()] == []


def test_a_file_beyond_the_limit_is_not_even_opened(at_desk, entered, tmp_path):
    no = entered().no
    path = tmp_path / "large.pdf"
    with path.open("wb") as large:
        large.truncate(MAX_BYTES + 1)
    with pytest.raises(UnusableInputError, match="at most 200 MB"):
        materials.attach(at_desk("li"), no, "vote_record", path)


class Swapper:
    """Puts another file in the place of the one that was looked at, before it is kept."""

    def __init__(self, path) -> None:
        self.path = path

    def step(self, done, total):
        if 2 * done == total:
            other = self.path.with_suffix(".new")
            other.write_bytes(pdf_of(2))
            other.replace(self.path)


def test_what_is_kept_is_what_was_looked_at(at_desk, entered, file):
    no = entered().no
    desk = at_desk("li")
    path = file(content=pdf_of(1))
    with pytest.raises(UnusableInputError, match="changed while"):
        materials.attach(desk, no, "vote_record", path, progress=Swapper(path))
    assert cases.view(desk, no).attachments == ()


class Impatient:
    def __init__(self, patience) -> None:
        self.patience = patience

    def step(self, _done, _total):
        self.patience -= 1
        if self.patience < 0:
            raise CancelledError


@pytest.mark.parametrize("patience", [0, 1, 3])
def test_cancelling_leaves_nothing(at_desk, entered, file, patience):
    no = entered().no
    desk = at_desk("li")
    with pytest.raises(CancelledError):
        materials.attach(desk, no, "vote_record", file(), progress=Impatient(patience))
    assert cases.view(desk, no).attachments == ()


# ------------------------------------------------------------------------- many at once


class Watch:
    """Notes the steps; may cancel in the midst of a file."""

    def __init__(self, until=None) -> None:
        self.steps, self.until = [], until

    def step(self, done, total):
        self.steps.append((done, total))
        if self.until is not None and done > self.until:
            raise CancelledError


def wanted(*paths):
    return [materials.WantedScan("vote_record", path) for path in paths]


def test_many_files_are_attached_with_progress(at_desk, entered, file):
    no = entered().no
    files = [file(f"{n}.pdf", pdf_of(n)) for n in (1, 2, 3)]
    watch = Watch()
    view, report, changes = materials.attach_all(at_desk("li"), no, wanted(*files), watch)
    assert [a.scan.file_name for a in report.attached] == ["1.pdf", "2.pdf", "3.pdf"]
    assert view.attachments == tuple(a.scan for a in report.attached)
    assert changes.cases == {no}
    assert "3 of 3" in changes.summary.en
    done = [step for step, _ in watch.steps]
    assert done == sorted(done)
    assert {total for _, total in watch.steps} == {3000}
    assert 2500 < done[-1] <= 3000
    entries = at_desk("li").office.journal.page(case_no=no)
    assert [e.kind for e in entries] == ["material.attach"] * 3 + ["case.import"]


def test_what_is_refused_does_not_stop_the_others(at_desk, entered, file):
    no = entered().no
    bad = file("bad.pdf", HOSTILE["a program"][0])
    same = file("same.pdf", pdf_of(1))
    _, report, _ = materials.attach_all(
        at_desk("li"), no, wanted(bad, file("1.pdf"), same, file("2.pdf", pdf_of(2))), Watch()
    )
    assert [a.scan.file_name for a in report.attached] == ["1.pdf", "2.pdf"]
    told = [fault.message.en for fault in report.refused]
    assert ["bad.pdf" in told[0], "same.pdf" in told[1]] == [True, True]
    assert "very same content" in told[1]


def test_cancelling_keeps_what_was_attached(at_desk, entered, file):
    no = entered().no
    files = [file(f"{n}.pdf", pdf_of(n)) for n in (1, 2, 3)]
    desk = at_desk("li")
    view, report, _ = materials.attach_all(desk, no, wanted(*files), Watch(until=1000))
    assert report.cancelled
    assert [a.scan.file_name for a in report.attached] == ["1.pdf"]
    assert report.refused == []
    assert len(view.attachments) == 1


def test_a_disk_at_fault_ends_it(at_desk, entered, file, office_folder):
    no = entered().no
    desk = at_desk("li")
    (office_folder / "attachments").rmdir()
    files = [file(f"{n}.pdf", pdf_of(n)) for n in (1, 2)]
    _, report, _ = materials.attach_all(desk, no, wanted(*files), Watch())
    assert (report.attached, len(report.refused)) == ([], 1)


def test_who_may_not_attach_is_told_before_any_file_is_opened(at_desk, entered, tmp_path):
    no = entered().no
    with pytest.raises(RefusedError):
        materials.attach_all(at_desk("wang"), no, wanted(tmp_path / "missing.pdf"), Watch())


def test_a_file_that_changed_since_is_not_put_away(at_desk, entered, file, tmp_path):
    no = entered().no
    path = file()
    stamp = scan_folder.stamp(path)
    path.write_bytes(pdf_of(2))
    with pytest.raises(UnusableInputError, match="changed since"):
        scan_folder.put_away(stamp)
    assert path.exists()
    view, report, _ = materials.attach_all(at_desk("li"), no, wanted(path), Watch(), put_away=True)
    assert (report.left, path.exists()) == ([], False)
    assert (tmp_path / scan_folder.ARCHIVE / path.name).read_bytes() == pdf_of(2)
    assert len(view.attachments) == 1
