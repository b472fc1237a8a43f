"""Verifying in the window: one file or many, by hand without an office, a paper by its code."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from alteration_samples import flipped, note, updated
from auditdesk.documents.authority import authority_certificate, create_authority
from auditdesk.operations import certificates, documents
from auditdesk.operations.documents import SigningKey
from auditdesk.ui.base.preferences import Preferences
from auditdesk.ui.dialogs.verify import VerifyDialog
from desk_samples import PASSWORD, to_approval
from page_reading import codes_of

KEY = SigningKey(PASSWORD)


@pytest.fixture
def papers(at_desk, entered, tmp_path):
    """An issued approval and what became of copies of it; root and list beside; what it says."""
    no = to_approval(at_desk, entered()).no
    documents.certify(at_desk("li"), no, "approval", KEY)
    desk = at_desk("wang")
    waiting = documents.content(desk, documents.issued(desk, no)[0].id)
    _, pdf, _ = documents.countersign(desk, no, "approval", KEY)
    desk = at_desk("admin")
    root, made = certificates.handed_out(desk)
    now = desk.now()
    desk.close()
    stranger = authority_certificate(create_authority("别处", "x", at=now), "x")
    for name, content in {
        "批复.pdf": pdf,
        "改过.pdf": updated(note)(pdf),
        "坏.pdf": flipped(pdf, pdf.index(b"stream") + 60),
        "未签完.pdf": waiting,
        "不是.pdf": b"no PDF",
        "root.pem": root.encode(),
        "stranger.pem": stranger.encode(),
        "list.crl": made.encode(),
    }.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def event(kind, *paths):
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    where = QPointF(5, 5) if kind is QDropEvent else QPointF(5, 5).toPoint()
    return kind(where, Qt.DropAction.CopyAction, content, buttons, keys), content


def drop(widget, *paths):
    dropped, _kept = event(QDropEvent, *paths)
    widget.dropEvent(dropped)


def verified(person, *paths):
    drop(person.window, *paths)
    dialog = person.dialog(VerifyDialog)
    person.settle()
    return dialog


def said(person, dialog):
    person.settle()
    return person.words(dialog.panel)


def test_without_an_office_the_names_are_not_vouched_for_until_the_root_is_added(person, papers):
    dialog = verified(person, papers / "批复.pdf")
    assert dialog.verdict.text() == "! 文书完好，但签名人是谁还没有核实"
    assert "! 身份未核实" in said(person, dialog)
    assert "与本单元核对" not in said(person, dialog)
    person.click(dialog.adding["lists"])
    person.choose_file(papers / "list.crl")
    person.until(dialog.error.isVisible)
    assert "不是由已知的签发机构签发" in dialog.error.text()
    person.click(dialog.adding["roots"])
    person.choose_file(papers / "不是.pdf")
    person.until(lambda: "根证书无法读取" in dialog.error.text())
    assert dialog.verdict.text().startswith("!"), "nothing of that is taken into account"
    person.click(dialog.adding["roots"])
    person.choose_file(papers / "root.pem")
    person.until(lambda: dialog.verdict.text() == "✓ 文书完好：签名后没有改动")
    assert "root.pem" in dialog.added.text()
    person.click(dialog.adding["lists"])
    person.choose_file(papers / "list.crl")
    person.settle()
    assert dialog.verdict.text().startswith("✓")
    words = said(person, dialog)
    assert "经办人 李晓彤（章丘区集体土地审查处）" in words
    assert "✓ 身份由所知的签发机构确认" in words
    assert "李晓彤（章丘区集体土地审查处） ← 审案台签名根证书" in words
    assert (
        "项数据与文件内含的案件数据一致" in words.replace("，", "").replace(" ", "")
        or "一致" in words
    )


def test_the_root_of_somebody_else_makes_the_signers_unknown(person, papers):
    dialog = verified(person, papers / "批复.pdf")
    dialog.add_evidence("roots", papers / "stranger.pem")
    person.until(lambda: dialog.verdict.text() == "✕ 不可信赖：签名人的身份得不到确认")
    assert "✕ 身份不可信" in said(person, dialog)


def test_several_files_give_a_list_with_a_sign_each(person, papers):
    names = ("批复.pdf", "改过.pdf", "坏.pdf", "未签完.pdf", "不是.pdf")
    person.sign_in("sun")
    dialog = verified(person, *(papers / name for name in names), papers / "root.pem")
    shown = [dialog.files.item(row).text() for row in range(dialog.files.count())]
    signs = ("✓", "✕", "✕", "✕", "✕")
    assert shown == [f"{sign} {name}" for sign, name in zip(signs, names, strict=True)]
    headlines = []
    for row in range(1, 4):
        dialog.files.setCurrentRow(row)
        assert dialog.name.text() == names[row]
        headlines.append(dialog.verdict.text())
    assert headlines == [
        "✕ 不可信赖：签名之后被改动，或签名无效",
        "✕ 不可信赖：签名之后被改动，或签名无效",
        "✕ 签名不齐",
    ]
    dialog.files.setCurrentRow(4)
    assert "不是 PDF 文件" in dialog.error.text()
    dialog.files.setCurrentRow(0)
    assert dialog.error.isHidden()
    assert "✓ 与本单元留存的原件逐字节相同" in said(person, dialog)
    assert "✓ 本单元日志第" in said(person, dialog)


def test_more_files_are_dropped_on_the_open_dialog(person, papers):
    dialog = verified(person, papers / "批复.pdf")
    assert dialog.files.isHidden()
    drop(dialog, papers / "坏.pdf")
    person.settle()
    assert dialog.files.isVisible()
    assert dialog.files.count() == 2
    for wanted, paths in ((True, ["坏.pdf"]), (False, ["root.pem"]), (False, [])):
        entering, _kept = event(QDragEnterEvent, *(papers / name for name in paths))
        entering.ignore()
        dialog.dragEnterEvent(entering)
        assert entering.isAccepted() is wanted


def test_whoever_holds_a_paper_compares_its_code(person, papers):
    (scanned,) = codes_of((papers / "批复.pdf").read_bytes())
    dialog = verified(person, papers / "批复.pdf")
    person.type_into(dialog.code, "3f7a")
    person.click(dialog.compare)
    person.until(dialog.error.isVisible)
    assert "这里有 4 位" in dialog.error.text()
    person.type_into(dialog.code, scanned.split()[-1].upper())
    person.press(Qt.Key.Key_Return)
    person.until(lambda: "纸上的码与这个文件一致" in said(person, dialog))
    assert dialog.error.isHidden()
    assert dialog.isVisible(), "Return compares, it does not close"
    person.type_into(dialog.code, "0" * 32)
    person.click(dialog.compare)
    person.until(lambda: dialog.verdict.text() == "✕ 这张纸与这个文件对不上")
    assert "手里的纸" in said(person, dialog)
    person.type_into(dialog.code, "")
    person.click(dialog.compare)
    person.until(lambda: dialog.verdict.text().startswith("!"))


def test_the_values_are_seen_one_by_one(person, papers):
    person.sign_in("sun")
    dialog = verified(person, papers / "批复.pdf")
    table = dialog.panel.figures
    assert table.isHidden()
    (show,) = (b for b in dialog.panel.findChildren(type(dialog.compare)) if "逐项" in b.text())
    person.click(show)
    assert table.isVisible()
    cells = [[table.item(row, n).text() for n in range(4)] for row in range(table.rowCount())]
    assert ["✓", "土地面积", "13340.5", "13340.50"] in cells
    assert {cell[0] for cell in cells} == {"✓"}


def test_it_speaks_english_too(person, papers):
    person.window.change_taste(Preferences(language="en", theme="dark"))
    dialog = verified(person, papers / "改过.pdf")
    assert dialog.verdict.text().startswith("✕ Not to be relied on: changed after it was signed")
    words = said(person, dialog)
    assert "✕ The file was changed or added to after the last signature (supervisor)." in words
    assert "李晓彤, clerk (章丘区集体土地审查处)" in words
