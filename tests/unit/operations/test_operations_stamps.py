"""Time stamps of an office: set up, wanted or not, missing on one signature or on many."""

from __future__ import annotations

import pytest

from auditdesk.operations import batches, cases, documents, journals, timestamps
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.verification import verify_bytes
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from desk_samples import PASSWORD, to_approval
from stamp_samples import authority, serving, stamping

KEY = SigningKey(PASSWORD)
COUNT = 4


@pytest.fixture
def approved(at_desk, entered):
    views = [entered(data={"village": f"某{n}村"}) for n in range(COUNT)]
    return [to_approval(at_desk, view).no for view in views]


class Server:
    """Stamps at the desk's moment, but for the requests whose numbers are given."""

    def __init__(self, clock, *, silent=()) -> None:
        self.clock, self.silent, self.asked = clock, silent, 0

    def answer(self, body):
        self.asked += 1
        if self.asked - 1 in self.silent:  # the first one tries the server out
            return 500
        return stamping(self.clock.now())(body)


def use(at_desk, server, *, optional):
    root = authority().root.encode()
    timestamps.use_server(at_desk("admin"), server.url, root, optional=optional)


def wanted(numbers):
    return [(no, "approval") for no in numbers]


def offer_of(desk, no):
    return next(o for o in documents.offers(desk, no) if o.kind.id == "approval")


def test_only_administrators_set_an_authority_up(at_desk, clock):
    root = authority().root.encode()
    desk = at_desk("li")
    assert timestamps.stamp_settings(desk) == timestamps.StampSettings("", "", None, optional=False)
    with serving(Server(clock).answer) as server:
        for deed in (
            lambda: timestamps.use_server(desk, server.url, root, optional=True),
            lambda: timestamps.try_server(desk, server.url, root),
            lambda: timestamps.use_none(desk),
        ):
            with pytest.raises(RefusedError):
                deed()
        desk = at_desk("admin")
        assert timestamps.try_server(desk, server.url, root) == clock.now()
        with pytest.raises(UnusableInputError, match="Choose the root"):
            timestamps.use_server(desk, server.url, None, optional=True)
        timestamps.use_server(desk, f" {server.url} ", root, optional=False)
    known = timestamps.stamp_settings(desk)
    assert (known.url, known.optional) == (server.url, False)
    assert "市局时间戳中心" in known.root
    assert known.until > desk.now()
    (entry, *_) = journals.page(desk, limit=1)
    assert (entry.body["timestamp_url"], entry.body["timestamp_optional"]) == (server.url, False)


def test_while_the_authority_is_silent_signing_without_it_can_be_allowed(at_desk, clock):
    with serving(Server(clock).answer) as server:
        use(at_desk, server, optional=False)
    desk = at_desk("admin")
    timestamps.use_server(desk, server.url, None, optional=True)
    assert timestamps.stamp_settings(desk).optional
    with pytest.raises(RefusedError, match="cannot be reached"):
        timestamps.use_server(desk, f"{server.url}other", None, optional=True)


def test_a_signature_without_its_stamp_is_told_shown_and_noted(at_desk, approved, clock):
    with serving(Server(clock, silent={1}).answer) as server:
        use(at_desk, server, optional=True)
        no = approved[0]
        desk = at_desk("li")
        made, _, changes = documents.certify(desk, no, "approval", KEY)
        assert "没有时间戳：连不上时间戳机构" in changes.summary.zh
        (told,) = offer_of(desk, no).unstamped
        assert told.zh.startswith("经办人的签名没有时间戳：")
        desk = at_desk("wang")
        _, pdf, changes = documents.countersign(desk, no, "approval", KEY)
        assert "时间戳" not in changes.summary.zh
        assert documents.unstamped(desk, made) == (told,), "the second signature has its stamp"
        stamped = verify_bytes(pdf, desk).verification
        assert stamped.good
        assert [s.stamped_at is None for s in stamped.signatures] == [True, False]
    second, first = journals.page(desk, limit=2)
    assert first.body["unstamped"]["zh"] in told.zh
    assert "unstamped" not in second.body
    lines = [line.label.zh for line in cases.view(desk, no).timeline]
    assert lines[-2:] == ["文书编号并签名，没有时间戳", "文书签发"]
    assert desk.office.journal.verify(NoProgress()).ok


def test_the_end_report_lists_the_papers_without_a_stamp(at_desk, approved, clock):
    with serving(Server(clock, silent={1, 3}).answer) as server:
        use(at_desk, server, optional=True)
        desk = at_desk("li")
        report, changes = batches.sign(desk, wanted(approved), KEY, NoProgress())
    assert len(report.done) == COUNT
    told = [number for number, _ in report.unstamped]
    assert told == [report.done[0].number, report.done[2].number]
    assert all("连不上" in why.zh and "cannot be reached" in why.en for _, why in report.unstamped)
    assert "其中 2 份没有时间戳" in changes.summary.zh
    shown = [len(offer_of(desk, no).unstamped) for no in approved]
    assert shown == [1, 0, 1, 0]


def test_where_stamps_are_wanted_a_batch_stops_at_the_first_that_is_not_to_be_had(
    at_desk, approved, clock
):
    with serving(Server(clock, silent={3}).answer) as server:
        use(at_desk, server, optional=False)
        desk = at_desk("li")
        report, _ = batches.sign(desk, wanted(approved), KEY, NoProgress())
        assert [d.case_no for d in report.done] == approved[:2]
        assert "没有取得时间戳，因此没有签名" in report.stopped.zh
        assert (report.failed, report.unstamped, report.untouched) == ([], [], 2)
        report, _ = batches.sign(desk, wanted(approved[2:]), KEY, NoProgress())
        assert [d.serial for d in report.done] == [3, 4], "no number was lost"


def test_of_one_signature_without_a_stamp_nothing_is_kept_where_stamps_are_wanted(
    at_desk, approved, clock
):
    with serving(Server(clock, silent={1}).answer) as server:
        use(at_desk, server, optional=False)
        desk = at_desk("li")
        with pytest.raises(RefusedError, match="nothing was signed"):
            documents.certify(desk, approved[0], "approval", KEY)
        assert offer_of(desk, approved[0]).issued is None
        assert offer_of(desk, approved[0]).unstamped == ()
        timestamps.use_none(at_desk("admin"))
        documents.certify(at_desk("li"), approved[0], "approval", KEY)
        assert offer_of(at_desk("li"), approved[0]).unstamped == (), "none was wanted"
