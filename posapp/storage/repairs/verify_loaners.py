"""What `verify` asks about loaners: named, one customer at a time, and back before the last device leaves."""

from posapp.domain.base.actions import Action
from posapp.storage.base.verify_base import DAY, Asking, Finding, Listed, Question, Sift

_LOANERS = Question(
    "loaners",
    "A loaner is out with one customer at a time, and back before the last device leaves",
    "SELECT count(*) FROM loaner",
    (
        Listed(
            "loaner {0}",
            "SELECT loaner_id FROM loan WHERE back_at IS NULL GROUP BY loaner_id HAVING count(*) > 1",
        ),
        Sift("loaner o", "o.id", (("loaner {0} has no name", "trim(o.name) = ''"),)),
        Sift(
            "loan l JOIN loaner o ON o.id = l.loaner_id JOIN ticket t ON t.id = l.ticket_id",
            "l.id, t.number",
            (
                ("loan {0} began before T{1}", f"l.out_at < t.created_at - {DAY}"),
                (
                    "loan {0} ended before it began, or in the future",
                    "l.back_at < l.out_at OR l.out_at > {soon} OR l.back_at > {soon}",
                ),
                ("loan {0} does not say who ended it", "(l.back_at IS NULL) <> (l.back_by IS NULL)"),
                (
                    "loan {0} is out though the loaner is archived",
                    "l.back_at IS NULL AND o.archived_at IS NOT NULL",
                ),
                (
                    "loan {0} was out while another was",
                    "EXISTS (SELECT 1 FROM loan n WHERE n.loaner_id = l.loaner_id AND n.id > l.id "
                    f"AND (l.back_at IS NULL OR n.out_at < l.back_at - {DAY}))",
                ),
                (
                    "loan {0} was still out when the last device of T{1} left",
                    # A disposed device lets its ticket close while the loaner is out.
                    "NOT EXISTS (SELECT 1 FROM job j WHERE j.ticket_id = t.id AND j.handed_at IS NULL) "
                    "AND (l.back_at IS NULL OR l.back_at > "
                    f"(SELECT max(j.handed_at) FROM job j WHERE j.ticket_id = t.id) + {DAY})",
                ),
            ),
        ),
    ),
)


def loaners(asking: Asking) -> Finding:
    """A loaner is out with one customer at a time; the journal tells of the same loans."""
    found = _LOANERS(asking)
    wanted = "SELECT loaner_id, out_at, back_at FROM loan ORDER BY loaner_id, id"
    for key, told, rows in asking.beside("loaner", wanted):
        went = [one.at for one in told if one.action == Action.LOANER_OUT]
        came = [one.at for one in told if one.action == Action.LOANER_BACK]
        if went != [row[1] for row in rows] or came != [row[2] for row in rows if row[2] is not None]:
            found.blame([f"the loans of loaner {key} are not those of the journal"])
    return found
