"""What was found out about a file, in words for people who know nothing of certificates.

Windows and commands say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from auditdesk.domain.roles import role_label
from auditdesk.util.clock import CHINA
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from auditdesk.documents.examine import SignatureFacts
    from auditdesk.documents.verify import Verification
    from auditdesk.operations.verification import FileVerification

Grade = Literal["good", "doubtful", "bad"]
Sign = Literal["✓", "✕", "!", "i"]


@dataclass(frozen=True, slots=True)
class Line:
    """One statement with the sign that stands before it."""

    sign: Sign
    text: Label


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer in one sentence, and what follows from it for whoever asked.

    Attributes:
        grade: how it is coloured; `doubtful` is what nobody contradicts and nobody confirms.
    """

    grade: Grade
    headline: Label
    meaning: Label

    @property
    def sign(self) -> Sign:
        """The sign before the headline."""
        return {"good": "✓", "doubtful": "!", "bad": "✕"}[self.grade]  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class SignatureWords:
    """One signature: who as what, and what is to be said of it."""

    who: Label
    lines: tuple[Line, ...]
    path: str


_DO_NOT = Label(
    "请不要依据这份文件办事；请向签发单元索取原件。",
    "Do not act on this file; ask the office that issued it for the original.",
)
_INCOMPLETE = Verdict(
    "bad",
    Label("签名不齐", "The signatures are not complete"),
    Label(
        "已有的签名没有问题，但文书要由不同的人签齐才算签发。",
        "What is signed is in order, but a document is issued only when everybody who has to sign "
        "has signed, each a person of their own.",
    ),
)
_OTHER_RECORDS = Label(
    "不可信赖：与本单元的登记不符",
    "Not to be relied on: not what this office has on record",
)
_OTHER_PAPER = Verdict(
    "bad",
    Label("这张纸与这个文件对不上", "The paper and the file do not belong together"),
    Label(
        "文件本身没有问题，但这张纸不是由它打印的，或纸面被改过。请不要依据这张纸办事。",
        "The file itself is in order, but the paper was not printed from it, or was changed. Do "
        "not act on the paper.",
    ),
)
_GOOD = Verdict(
    "good",
    Label("文书完好：签名后没有改动", "Good: nothing was changed after it was signed"),
    Label(
        "签名人的身份已由所知的签发机构确认，页面印的就是内含的数据。",
        "A known authority vouches for the signers, and the pages print what the data inside say.",
    ),
)
_UNPROVEN = Verdict(
    "doubtful",
    Label(
        "文书完好，但签名人是谁还没有核实",
        "Good, but who the signers are was not confirmed",
    ),
    Label(
        "签名后没有改动；签名里写的姓名还没有人作保。请当面向签发单元索取根证书，添加后再看。",
        "Nothing was changed after it was signed, but nobody vouches for the names yet. Get the "
        "root certificate from the issuing office in person, add it and look again.",
    ),
)
_FOREIGN = Verdict(
    "doubtful",
    Label(
        "签名完好，但这不是审案台签发的文书",
        "The signatures are good, but this is no document of this program",
    ),
    Label(
        "只能说签名之后没有改动；内容没有什么可核对的。",
        "All that can be said is that nothing was changed after it was signed.",
    ),
)


def verdict(found: FileVerification) -> Verdict:
    """The answer in one sentence."""
    checked = found.verification
    for wrong, headline in _faults(checked):
        if wrong:
            return Verdict("bad", headline, _DO_NOT)
    if not checked.complete:
        return _INCOMPLETE
    if False in {found.register_ok, found.kept, found.journal_ok}:
        return Verdict("bad", _OTHER_RECORDS, _DO_NOT)
    if found.paper_ok is False:
        return _OTHER_PAPER
    if not checked.own:
        return _FOREIGN
    return _GOOD if checked.trust_checked else _UNPROVEN


def _faults(checked: Verification) -> tuple[tuple[bool, Label], ...]:
    """What can be wrong with a file, the worst first."""
    unknown = checked.trust_checked and not checked.trusted and checked.complete
    return (
        (
            not checked.signatures,
            Label("不可信赖：没有可核验的签名", "Not to be relied on: no signature to verify"),
        ),
        (
            not checked.intact,
            Label(
                "不可信赖：签名之后被改动，或签名无效",
                "Not to be relied on: changed after it was signed, or not validly signed",
            ),
        ),
        (
            not checked.in_force,
            Label(
                "不可信赖：签名所用证书当时已被吊销",
                "Not to be relied on: signed with a revoked certificate",
            ),
        ),
        (
            not checked.clean,
            Label(
                "不可信赖：文件里有文书没有的内容",
                "Not to be relied on: it holds what no document has",
            ),
        ),
        (
            not checked.consistent,
            Label(
                "不可信赖：页面与内含数据不符",
                "Not to be relied on: the pages are not what the data inside say",
            ),
        ),
        (
            unknown,
            Label(
                "不可信赖：签名人的身份得不到确认",
                "Not to be relied on: no known authority vouches for the signers",
            ),
        ),
    )


def signature_words(checked: Verification, one: SignatureFacts) -> SignatureWords:
    """Who signed as what, when, and how sure both are."""
    role = role_label(one.role)
    zh, en = (f"（{one.organisation}）", f" ({one.organisation})") if one.organisation else ("", "")
    who = Label(f"{role.zh} {one.name}{zh}", f"{one.name}, {role.en}{en}")
    lines = (_signed(one), _moment(one), _identity(checked, one), *_revoked(one))
    return SignatureWords(who, lines, " ← ".join(one.path))


def _signed(one: SignatureFacts) -> Line:
    if one.intact:
        zh, en = (f"，含义：{one.reason}", f"; it means: {one.reason}") if one.reason else ("", "")
        return Line("✓", Label(f"签名有效{zh}", f"The signature is valid{en}"))
    return Line(
        "✕",
        Label(
            "签名无效：签的内容或签名本身被改动过",
            "The signature is not valid: what was signed, or the signature, was changed",
        ),
    )


def _moment(one: SignatureFacts) -> Line:
    if one.stamped_at is not None:
        at = shown(one.stamped_at)
        return Line(
            "✓",
            Label(
                f"签于 {at}，由时间戳机构证明",
                f"Signed {at}; a time stamping authority bears witness",
            ),
        )
    if one.at is None:
        return Line("!", Label("签名时间不明", "It is not known when it was signed"))
    at = shown(one.at)
    return Line(
        "i",
        Label(f"签于 {at}（签名人电脑的时间）", f"Signed {at} by the signer's own clock"),
    )


def _identity(checked: Verification, one: SignatureFacts) -> Line:
    if not checked.trust_checked:
        return Line(
            "!",
            Label(
                "身份未核实：没有签发机构的根证书",
                "Identity not confirmed: no root certificate of the issuing office is at hand",
            ),
        )
    if one.trusted or not one.in_force:
        return Line(
            "✓",
            Label("身份由所知的签发机构确认", "A known authority vouches for the identity"),
        )
    return Line(
        "✕",
        Label(
            "身份不可信：证书不出自所知的签发机构，或不是这个角色的",
            "Identity not to be trusted: no known authority issued the certificate, or it is for "
            "another role",
        ),
    )


def _revoked(one: SignatureFacts) -> Iterator[Line]:
    if one.revoked is None:
        return
    since = shown(one.revoked.since)
    if one.in_force:
        yield Line(
            "i",
            Label(
                f"证书后来（{since}）吊销，不影响此前的签名",
                f"The certificate was revoked later ({since}); this signature stays good",
            ),
        )
    else:
        yield Line(
            "✕",
            Label(
                f"证书在签名之前（{since}）已吊销", f"The certificate was revoked before: {since}"
            ),
        )


def shown(moment: datetime) -> str:
    """A moment as people in China read it."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def office_lines(found: FileVerification) -> tuple[Line, ...]:
    """What the office says of the file; empty where none was asked."""
    lines = []
    if found.register is not None:
        lines.append(Line(_sign(found.register_ok), found.register))
    if found.kept is not None:
        lines.append(
            Line(
                _sign(found.kept),
                Label(
                    "与本单元留存的原件逐字节相同",
                    "Byte for byte what this office keeps under the number",
                )
                if found.kept
                else Label(
                    "与本单元以该文号留存的原件不同",
                    "Not what this office keeps under the number",
                ),
            )
        )
    if found.journal is not None:
        lines.append(Line(_sign(found.journal_ok), found.journal))
    return tuple(lines)


def _sign(ok: bool | None) -> Sign:
    return "i" if ok is None else "✓" if ok else "✕"
