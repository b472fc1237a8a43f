"""The form of templates' parts that hold on conditions, and of phrases that papers share.

A phrase is written once and named in sentences, as `{phrase.remedies}`. Of several with one id
the first whose conditions hold is taken; those of a template come before the shared ones.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field as Constrained
from pydantic import StringConstraints, model_validator

from auditdesk.regulations.schema import ConditionModel, Id, RegulationId, Strict, Text

# Regulations, each with an article where it matters: "jinan-land-2021 24".
Sources = Text | list[Text]
ParagraphKind = Literal["body", "heading1", "heading2", "heading3", "heading4", "list"]
MaybeText = Annotated[str, StringConstraints(max_length=2000)]


class ConditionalModel(Strict):
    """What is printed where all of this holds.

    Attributes:
        when: a condition on the case's fields.
        in_force: articles or regulations that hold for the case, all of them.
        out_of_force: articles or regulations of which not all hold.
        given: values that are there, by the names that sentences use: `office.contact`.
    """

    when: ConditionModel = ConditionModel()
    in_force: Sources = Constrained(default_factory=list)
    out_of_force: Sources = Constrained(default_factory=list)
    given: list[Text] = Constrained(default_factory=list)


class ParagraphModel(ConditionalModel):
    """A paragraph: a text, or one numbered line for `each` thing that is lacking."""

    kind: ParagraphKind = "body"
    text: MaybeText = ""
    each: Literal["", "lacking"] = ""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if bool(self.text) == bool(self.each):
            raise ValueError("a paragraph has either a text or a list (each)")
        return self


class LineModel(ConditionalModel):
    """The name of an attachment, or somebody who gets a copy."""

    text: Text


Lines = list[Text | LineModel]


class BasisModel(ConditionalModel):
    """An article that papers of some cases rest on."""

    source: Text


Basis = list[Text | BasisModel]


class PhraseModel(ConditionalModel):
    """One way of saying something; may be empty."""

    id: Id
    text: MaybeText


class PhrasesModel(Strict):
    """`forms/phrases.toml`: the phrases, and the regulations that hold as on the day of issue."""

    standing: list[RegulationId] = Constrained(default_factory=list)
    phrases: list[PhraseModel] = Constrained(default_factory=list)
