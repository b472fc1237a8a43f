"""What can be read from an open office (attributes of `Office`).

office.cases (CaseReader)
    get(no) -> CaseRecord            RefusedError: no such case
    find(no) -> CaseRecord | None
    page(filter, *, sort="due"|"no"|"updated", after=None, limit=50) -> Page
    search(text, filter, *, limit=50) -> tuple[CaseRow, ...]   sorted by due day
    count(filter) -> int
    count_by(column, filter) -> dict[str, int]   column: status, stage, case_type, verdict …
    each(filter) -> Iterator[CaseRecord]         by day of acceptance, for exports
    sharing_keys(no) -> tuple[CaseRow, ...]      possible duplicates
    opinions(no) -> tuple[Opinion, ...]          oldest first
office.users (UserReader)
    get(name) -> UserRecord (RefusedError), find(name), all()
office.documents (DocumentReader)
    get(id), of_case(no), find(number) -> IssuedDocument | None, content(id) -> bytes
    all(kind=None, year=None)
office.attachments (AttachmentReader)
    keep(source: Path | bytes, *, progress=None, limit=MAX_BYTES) -> KeptContent
    get(id), of_case(no, removed=False), content(id) -> bytes
office.laws (LawReader)
    get(digest) -> str
office.journal (JournalReader)
    verify(progress) -> JournalVerdict(ok, entries, first_bad_seq, reason: Label|None, last)
    last_checkpoint() -> Checkpoint
    holds(seq, hash) -> bool         a checkpoint that came back on paper
    page(before=None, limit=100, case_no=None) -> tuple[JournalEntry, ...]  newest first
"""
