"""What a paper does where a value is empty, and with what people type: nothing is lost unseen."""

from __future__ import annotations

import copy
import re

import pytest

from auditdesk.documents.content import Letter
from auditdesk.documents.fonts import plain
from auditdesk.documents.letter import render_letter
from auditdesk.documents.printed import printed_text
from auditdesk.operations.layouts import Marks, content_of
from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.filling import parsed
from auditdesk.regulations.judge import judge
from auditdesk.regulations.library import law_from_texts
from auditdesk.regulations.standing import standing_on
from auditdesk.regulations.subject import Subject
from auditdesk.regulations.templates import FilledLetter, SheetModel, template_model
from auditdesk.util.faults import UnusableInputError
from paper_kinds import case_of, fonts, kinds, library, profile
from paper_subjects import ISSUED_ON, MORE, filled_paper, subject_of, words

# A field that decides which fields a paper prints is missed by the name of one of those.
DECIDES = {"applied_class", "appraisal_kind", "reward_kind"}
# A field that a paper does not print, but what is worked out from it.
FEEDS = {"previous_appraisal_on": ("computed.due_on",), "appraisal_kind": ("computed.due_on",)}


@pytest.fixture
def paper(calendar):
    def made(kind, case):
        subject = subject_of(library(), calendar, read_case(case, library()))
        return filled_paper(library(), subject, kind.id)

    return made


def template_of(kind):
    name = library().law(kind.case_type).case_type.document(kind.id).template
    return template_model(name, library().template(kind.case_type, name))


def conditional(model):
    parts = [*model.phrases, *model.basis]
    parts += model.notes if isinstance(model, SheetModel) else model.paragraphs
    return [part for part in parts if not isinstance(part, str)]


def texts(model):
    yield model.title
    if not isinstance(model, SheetModel):
        yield model.recipient or ""
    yield from (part.text for part in conditional(model) if hasattr(part, "text"))


def optional(model):
    """The fields that a template says it can do without, and how it says so."""
    named = {name for part in conditional(model) for name in (*part.given, *part.when.any_given)}
    named |= {name for part in model.phrases for name in part.when.equals}
    named |= {
        name
        for text in texts(model)
        for _, name, form in parsed(text)
        if name and form.startswith("else ")
    }
    return named


def everything(filled):
    return [filled.title, filled.recipient, filled.paragraphs, filled.attachments]


LETTERS = [kind for kind in kinds() if not isinstance(template_of(kind), SheetModel)]


@pytest.mark.parametrize("kind", LETTERS, ids=str)
def test_a_field_that_is_empty_stops_the_paper_by_its_name_or_is_optional(paper, kind):
    case_type, model = library().law(kind.case_type).case_type, template_of(kind)
    lists = any(getattr(part, "each", "") for part in conditional(model))
    whole = paper(kind, case_of(kind))
    for name in case_of(kind)["data"]:
        case = copy.deepcopy(case_of(kind))
        del case["data"][name]
        try:
            filled = paper(kind, case)
        except UnusableInputError as refused:
            label = case_type.field(name).label.zh
            computed = {value.label.zh for value in case_type.computed}
            told = refused.message.zh
            assert "案件缺少" in told
            assert label in told or name in DECIDES or any(c in told for c in computed), told
            continue
        assert "{" not in repr(filled)
        assert "None" not in repr(everything(filled)[2:])
        if everything(filled) == everything(whole) or not case_type.field(name).needs:
            continue  # the paper does not name it, or empty counts as 0
        assert lists or optional(model) & {name, *FEEDS.get(name, ())}, f"{name} is dropped"


@pytest.mark.parametrize("kind", LETTERS, ids=str)
def test_refusals_and_notices_of_correction_can_be_made_of_a_case_without_any_data(paper, kind):
    """A case that is over cannot be filled in any more; what is lacking is what they list."""
    case = case_of(kind) | {"data": {}, "materials": {}, "stage": "intake"}
    if kind.id in {"correction_notice", "refusal", "no_recommendation"}:
        assert "1." in words(paper(kind, case))
    else:
        with pytest.raises(UnusableInputError, match="has no"):
            paper(kind, case)


TYPED = {
    "braces": "{office.court}{0}{}{{x}}",
    "percent": "100%s %(x)d $HOME `id`",
    "markup": "<b>粗</b>&amp;<script>alert(1)</script>",
    "rare": "王𬭎、㐂村",
    "full-width": "ＡＢＣ１２３（甲）",
    "lines": "第一行\n第二行\r\n第三行",
    "tabs": "甲\t乙",
    "quotes": '“甲”‘乙’"丙"',
}
# The longest text of each letter's case type that every paper of the kind prints.
WHERE = [
    ("land_entry", "approval", "planning_conditions"),
    ("land_entry", "approval", "applicant_name"),
    ("land_use_approval", "approval", "delivery_and_fees"),
    ("building_certification", "certificate", "building_address"),
    ("reservoir_appraisal", "approval", "defect_causes"),
]


def printed(filled):
    marks = Marks(signers=("clerk",), issued_on=ISSUED_ON, number="章政〔2022〕1号")
    letter = content_of(profile(), filled, marks)
    assert isinstance(letter, Letter)
    return printed_text(render_letter(letter, fonts()))


@pytest.mark.parametrize("typed", TYPED, ids=str)
@pytest.mark.parametrize("where", WHERE, ids=" ".join)
def test_what_was_typed_is_printed_as_it_is(paper, where, typed):
    case_type, kind_id, field = where
    kind = next(k for k in kinds() if (k.case_type, k.id) == (case_type, kind_id))
    case = copy.deepcopy(case_of(kind))
    case["data"][field] = TYPED[typed]
    filled = paper(kind, case)
    assert isinstance(filled, FilledLetter)
    said = "\n".join([filled.title, *(text for _, text in filled.paragraphs)])
    assert TYPED[typed] in said
    for line in plain(TYPED[typed]).split("\n"):
        assert printed(filled).holds(line), line


@pytest.mark.parametrize("bad", ["甲\x00乙", "甲\x1b[31m乙", "甲\ud800乙", "甲\x85乙"], ids=repr)
def test_what_cannot_be_printed_counts_as_empty_and_is_named(paper, bad):
    kind = next(k for k in kinds() if str(k) == "land_entry-approval")
    case = copy.deepcopy(case_of(kind))
    case["data"]["planning_conditions"] = bad
    with pytest.raises(UnusableInputError) as caught:
        paper(kind, case)
    assert "规划（使用）条件" in caught.value.message.zh


@pytest.mark.parametrize("unseen", ["甲\u202e乙丙", "甲\u200b乙丙", "\ufeff甲乙丙"], ids=ascii)
def test_marks_that_turn_text_round_are_not_printed(paper, unseen):
    kind = next(k for k in kinds() if str(k) == "land_entry-approval")
    case = copy.deepcopy(case_of(kind))
    case["data"]["planning_conditions"] = unseen
    assert printed(paper(kind, case)).holds("甲乙丙")


def test_a_character_without_a_font_is_refused_by_name(paper):
    kind = next(k for k in kinds() if str(k) == "land_entry-approval")
    case = copy.deepcopy(case_of(kind))
    case["data"]["planning_conditions"] = "容积率\U0001f600"
    with pytest.raises(UnusableInputError, match="U\\+1F600"):
        printed(paper(kind, case))


@pytest.mark.parametrize(
    ("typed", "ends"),
    [("不超过12米", "不超过12米。"), ("不超过12米。", "不超过12米。"), ("可以吗？", "可以吗？")],
)
def test_a_sentence_ends_once(paper, typed, ends):
    kind = next(k for k in kinds() if str(k) == "land_entry-approval")
    case = copy.deepcopy(case_of(kind))
    case["data"]["planning_conditions"] = typed
    assert f"规划（使用）条件：{ends}\n" in words(paper(kind, case))


# Articles that papers cite and no rule does, by the files that a former version had without them.
LATER = {
    "jinan-land-2021": ("26",),
    "national-land-law": ("59", "64"),
    "national-land-rules": ("41", "42"),
    "national-dam-appraisal": ("3", "4"),
    "jinan-building-2021": ("二(一)",),
}


def former(name, text):
    """A text as a former version had it."""
    for number in LATER.get(name.removeprefix("regulations/").removesuffix(".toml"), ()):
        text, found = re.subn(rf'\[\[articles\]\]\nnumber = "{re.escape(number)}"\n.*\n', "", text)
        assert found == 1
    if not name.endswith("fields.toml"):
        return text
    return "\n".join(x for x in text.split("\n") if not x.startswith("citations = ["))


@pytest.mark.parametrize("kind", LETTERS, ids=str)
def test_a_case_of_a_former_version_has_all_its_papers(calendar, kind):
    """It keeps the law that it was entered under, which did not know all articles yet."""
    texts = {n: former(n, text) for n, text in library().law(kind.case_type).texts.items()}
    law, read = law_from_texts(texts), read_case(case_of(kind), library())
    standing = standing_on(library(), ISSUED_ON)
    subject = Subject(law, read, judge(read, law, calendar), {}, MORE, standing=standing)
    now = subject_of(library(), calendar, read)
    assert filled_paper(library(), subject, kind.id) == filled_paper(library(), now, kind.id)
