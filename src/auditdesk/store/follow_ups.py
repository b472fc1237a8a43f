"""Reading the periods that follow from cases: what is due, and how each came to its end."""

# ruff: noqa: S608 – the texts put into statements are constants; values are always bound

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from auditdesk.store import codec
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from auditdesk.store.session import Row, Session

FollowUpState = Literal["open", "settled", "dropped"]
FollowUpGroup = Literal["overdue", "due", "coming"]
FollowUpDeed = Literal["opened", "moved", "settled", "reopened", "dropped"]
FollowUpKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """A period that begins.

    Attributes:
        kind: the id of its declaration.
        turn: how many times the case had been there before; 0 the first time.
        number: which of several of its kind; 0 where there is only one.
        keys: duplicate keys of later cases that may settle it, as `type.field=value`.
    """

    kind: str
    turn: int
    number: int
    first_day: date
    last_day: date
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUpRecord:
    """A period with its days and its state.

    Attributes:
        first_day: from which day on it is shown.
        last_day: acting on it is in time.
        settled_by: number of the case that settled it by itself; None: a person, or nobody.
    """

    id: int
    case_no: str
    case_type: str
    title: str
    place: str
    kind: str
    turn: int
    number: int
    first_day: date
    last_day: date
    state: FollowUpState
    settled_by: str | None


@dataclass(frozen=True, slots=True)
class FollowUpEvent:
    """What became of a period; never changed afterwards.

    Attributes:
        case_no: the case whose writing brought it about; None: a person's own deed.
    """

    id: int
    follow_up: int
    deed: FollowUpDeed
    first_day: date
    last_day: date
    by: str
    full_name: str
    at: datetime
    reason: str
    case_no: str | None


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """Some periods, and the key to ask for the next ones with (None: the end)."""

    rows: tuple[FollowUpRecord, ...]
    next_key: FollowUpKey | None


_COLUMNS = (
    "f.id, c.no, c.case_type, c.title, c.place, f.kind, f.turn, f.number, f.first_day,"
    " f.last_day, f.state, s.no AS settled_by"
)
_JOINED = "JOIN case_ AS c ON c.id = f.case_id LEFT JOIN case_ AS s ON s.id = f.settled_case"
# The index is named, so that no statistics ever lead to sorting all periods.
_GROUPS: Mapping[FollowUpGroup, tuple[str, str, str]] = {
    "overdue": ("follow_up_open", "f.last_day < :day", "last_day"),
    "due": ("follow_up_open", "f.last_day >= :day AND f.first_day <= :day", "last_day"),
    "coming": ("follow_up_coming", "f.first_day > :day AND f.first_day <= :until", "first_day"),
}


class FollowUpReader:
    """Reading the follow-ups of an open office."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, follow_up_id: int) -> FollowUpRecord:
        """One follow-up.

        Raises:
            RefusedError: there is none of that number.
        """
        found = self._select("WHERE f.id = ?", follow_up_id)
        if not found:
            raise RefusedError(
                f"没有编号为 {follow_up_id} 的后续期限。请用列表核对编号。",
                f"There is no follow-up {follow_up_id}. Check the number in the list.",
            )
        return found[0]

    def of_case(self, no: str) -> tuple[FollowUpRecord, ...]:
        """Everything that followed from a case, open or not, by last day."""
        return self._select("WHERE c.no = ? ORDER BY f.last_day, f.id", no)

    def events(self, no: str) -> tuple[FollowUpEvent, ...]:
        """What became of the follow-ups of a case, oldest first."""
        rows = self._session.rows(
            "SELECT e.*, b.no FROM follow_up_event AS e JOIN follow_up AS f ON f.id = e.follow_up"
            " JOIN case_ AS c ON c.id = f.case_id LEFT JOIN case_ AS b ON b.id = e.case_id"
            " WHERE c.no = ? ORDER BY e.id",
            (no,),
        )
        return tuple(map(_event_out, rows))

    def page(
        self,
        group: FollowUpGroup,
        day: date,
        until: date,
        *,
        after: FollowUpKey | None = None,
        limit: int = 50,
    ) -> FollowUpPage:
        """Open follow-ups of a group, the most urgent first.

        Args:
            group: `overdue` – the last day is past; `due` – shown by now and not past;
                `coming` – shown for the first time after `day`, at the latest on `until`.
            day: today.
            until: how far `coming` looks.
            after: `next_key` of the page before; None for the first.
            limit: lines a page.
        """
        index, term, order = _GROUPS[group]
        beyond = f" AND (f.{order}, f.id) > (:after_day, :after_id)" if after else ""
        rows = self._session.rows(
            f"SELECT {_COLUMNS} FROM follow_up AS f INDEXED BY {index} {_JOINED}"
            f" WHERE f.state = 'open' AND {term}{beyond} ORDER BY f.{order}, f.id LIMIT :limit",
            {**_named(day, until, after), "limit": limit + 1},
        )
        shown = rows[:limit]
        next_key = (shown[-1][order], shown[-1]["id"]) if len(rows) > limit else None
        return FollowUpPage(tuple(map(follow_up_out, shown)), next_key)

    def count(self, group: FollowUpGroup, day: date, until: date) -> int:
        """How many open follow-ups a group has; see `page`.

        What is overdue had begun to be shown, too; so what is due is what has begun less that.
        Both counts read only what is behind today.
        """
        if group != "due":
            index, term, _ = _GROUPS[group]
            return self._count(index, term, day, until)
        begun = self._count("follow_up_coming", "f.first_day <= :day", day, until)
        return begun - self.count("overdue", day, until)

    def _count(self, index: str, term: str, day: date, until: date) -> int:
        sql = f"SELECT count(*) FROM follow_up AS f INDEXED BY {index} WHERE f.state = 'open'"
        return int(self._session.value(f"{sql} AND {term}", _named(day, until, None)))

    def touched_by(self, no: str) -> tuple[FollowUpRecord, ...]:
        """Follow-ups of other cases that a case may settle, or has settled."""
        own = "(SELECT id FROM case_ WHERE no = ?)"
        return self._select(
            "WHERE f.id IN (SELECT k.follow_up FROM case_key AS o"
            f" JOIN follow_up_key AS k ON k.key = o.key WHERE o.case_id = {own}"
            f" UNION SELECT id FROM follow_up WHERE settled_case = {own})"
            f" AND f.case_id <> {own} AND (f.state = 'open' OR f.settled_case = {own})"
            " ORDER BY f.id",
            *(no, no, no, no),
        )

    def may_be_settled_by(self, follow_up_id: int) -> tuple[str, ...]:
        """Numbers of other cases about the same matter, the latest first."""
        rows = self._session.rows(
            "SELECT DISTINCT c.id, c.no FROM follow_up_key AS k JOIN case_key AS o ON o.key = k.key"
            " JOIN case_ AS c ON c.id = o.case_id JOIN follow_up AS f ON f.id = k.follow_up"
            " WHERE k.follow_up = ? AND c.id <> f.case_id ORDER BY c.id DESC",
            (follow_up_id,),
        )
        return tuple(row["no"] for row in rows)

    def _select(self, where: str, *values: Any) -> tuple[FollowUpRecord, ...]:
        rows = self._session.rows(
            f"SELECT {_COLUMNS} FROM follow_up AS f {_JOINED} {where}", values
        )
        return tuple(map(follow_up_out, rows))


def _named(day: date, until: date, after: FollowUpKey | None) -> dict[str, Any]:
    after_day, after_id = after or (None, None)
    return {
        "day": codec.day_in(day),
        "until": codec.day_in(until),
        "after_day": after_day,
        "after_id": after_id,
    }


def follow_up_out(row: Row) -> FollowUpRecord:
    """A follow-up from its columns."""
    return FollowUpRecord(
        id=row["id"],
        case_no=row["no"],
        case_type=row["case_type"],
        title=row["title"],
        place=row["place"],
        kind=row["kind"],
        turn=row["turn"],
        number=row["number"],
        first_day=codec.a_day_out(row["first_day"]),
        last_day=codec.a_day_out(row["last_day"]),
        state=row["state"],
        settled_by=row["settled_by"],
    )


def _event_out(row: Row) -> FollowUpEvent:
    return FollowUpEvent(
        id=row["id"],
        follow_up=row["follow_up"],
        deed=row["deed"],
        first_day=codec.a_day_out(row["first_day"]),
        last_day=codec.a_day_out(row["last_day"]),
        by=row["by_user"],
        full_name=row["full_name"],
        at=codec.moment_out(row["at"]),
        reason=row["reason"],
        case_no=row["no"],
    )
