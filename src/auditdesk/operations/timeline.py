"""The history of a case: who did what, from the journal, in words from the opinions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditdesk.operations import clocks
from auditdesk.operations.views import FieldChange, TimelineEntry
from auditdesk.operations.words import MATERIALS, deed, word
from auditdesk.regulations.labels import field_label
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from auditdesk.domain.declaration import CaseType
    from auditdesk.operations.situation import Situation
    from auditdesk.store.records import JournalEntry


def timeline(situation: Situation) -> tuple[TimelineEntry, ...]:
    """Every entry of the journal about the case, oldest first."""
    names = {u.name: u.full_name for u in situation.desk.office.users.all()}
    reasons = {o.id: o.reason for o in situation.opinions}
    words = _follow_up_words(situation) | _scan_words(situation) | _clock_words(situation)
    return tuple(
        TimelineEntry(
            at=entry.at,
            actor=entry.actor,
            full_name=names.get(entry.actor, entry.actor),
            kind=entry.kind,
            label=deed(entry),
            detail=words.get(entry.seq) or _detail(situation.case_type, entry, reasons),
        )
        for entry in situation.entries
    )


def _follow_up_words(situation: Situation) -> dict[int, Label]:
    """What a person wrote of a follow-up, by the number of the journal's entry."""
    own = [e for e in situation.entries if "follow_up" in e.body]
    if not own:
        return {}
    events = situation.desk.office.follow_ups.events(situation.record.no)
    reasons = {event.id: event.reason for event in events}
    found = {}
    for entry in own:
        kind, first = str(entry.body["kind"]), entry.body["follow_up_events"][0]
        declared = (f.label for f in situation.case_type.follow_ups if f.id == kind)
        label, reason = next(declared, Label(kind, kind)), reasons.get(first["of"], "")
        found[entry.seq] = Label(f"{label.zh}：{reason}", f"{label.en}: {reason}")
    return found


def _scan_words(situation: Situation) -> dict[int, Label]:
    """Where scans were moved to and why, or taken over from, by the number of the entry."""
    found = {}
    for entry in situation.entries:
        if entry.kind == "material.move":
            found[entry.seq] = _moved(situation, entry)
        elif entry.kind == "material.reuse":
            here = _thing_label(situation.case_type, str(entry.body["material"]))
            other = entry.body["from_case"]
            found[entry.seq] = Label(f"{here.zh}（取自 {other}）", f"{here.en} (from {other})")
    return found


def _moved(situation: Situation, entry: JournalEntry) -> Label:
    """From where to where, in the words of the case that tells it, and why."""
    scan = situation.desk.office.attachments.get(int(entry.body["moved_to"]))
    ends = []
    for no, key in ((entry.case_no, "material"), (scan.case_no, "to_material")):
        name = str(entry.body[key])
        own = no == situation.record.no
        ends.append(_thing_label(situation.case_type, name) if own else Label(str(no), str(no)))
    before, after = ends
    return Label(
        f"{before.zh} → {after.zh}：{scan.reason}", f"{before.en} → {after.en}: {scan.reason}"
    )


def _clock_words(situation: Situation) -> dict[int, Label]:
    """What a person wrote of a pause or an extension, by the number of the journal's entry."""
    own = [e for e in situation.entries if "clock_events" in e.body]
    if not own:
        return {}
    declared = clocks.declaring(situation.desk, situation.law)
    labels = {ground.id: ground.label for ground in declared.pauses}
    labels |= {clock.id: clock.label for clock in declared.clocks}
    events = {e.id: e for e in situation.desk.office.clocks.events(situation.record.no)}
    found = {}
    for entry in own:
        event = events[entry.body["clock_events"][0]["of"]]
        subject = events[event.about].subject if event.about is not None else event.subject
        label = labels.get(subject, Label(subject, subject))
        found[entry.seq] = Label(f"{label.zh}：{event.reason}", f"{label.en}: {event.reason}")
    return found


def _detail(case_type: CaseType, entry: JournalEntry, reasons: Mapping[int, str]) -> Label | None:
    body = entry.body
    if isinstance(body.get("opinion"), int):
        return _same(reasons.get(body["opinion"], ""))
    if "number" in body:
        return _same(str(body["number"]))
    names = [str(name) for key in ("fields", "materials") for name in body.get(key, ())]
    if "rule" in body:
        return next((r.title for r in case_type.rules if r.id == body["rule"]), None)
    if "material" in body:
        names.append(str(body["material"]))
    labels = [_thing_label(case_type, name) for name in names]
    if not labels:
        return None
    return Label("、".join(x.zh for x in labels), ", ".join(x.en for x in labels))


def _same(text: str) -> Label | None:
    return Label(text, text) if text else None


def _thing_label(case_type: CaseType, name: str) -> Label:
    material = next((m for m in case_type.materials if m.id == name), None)
    if material is not None:
        return material.label
    if name == "accepted_on":
        return Label("受理日期", "day of acceptance")
    return field_label(case_type, name)


def changed_since_opinion(situation: Situation) -> tuple[FieldChange, ...]:
    """What differs from the facts that the last opinion was given on, with the old values."""
    last = situation.opinions[-1] if situation.opinions else None
    if last is None or "case" not in last.extra:
        return ()
    return tuple(_changes(situation, last.extra["case"]))


def _changes(situation: Situation, old: Mapping[str, Any]) -> Iterator[FieldChange]:
    now = situation.case_file.as_json()
    if old["accepted_on"] != now["accepted_on"]:
        label = _thing_label(situation.case_type, "accepted_on")
        yield FieldChange("accepted_on", label, old["accepted_on"], now["accepted_on"])
    for field in situation.case_type.fields:
        before, after = old["data"].get(field.id), now["data"].get(field.id)
        if before != after:
            yield FieldChange(field.id, field.label, before, after)
    for material in situation.case_type.materials:
        before, after = (c["materials"].get(material.id, "missing") for c in (old, now))
        if before != after:
            yield FieldChange(
                material.id,
                material.label,
                word(MATERIALS, str(before)).zh,
                word(MATERIALS, str(after)).zh,
            )
