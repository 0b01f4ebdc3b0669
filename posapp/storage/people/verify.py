"""What `verify` asks about users, their customers and what roles may do."""

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Permission
from posapp.domain.people.roles import FIXED, WHOLE, choices
from posapp.domain.people.secrets import PIN_LENGTHS
from posapp.domain.people.users import Role, folded
from posapp.storage.base.verify_base import Asking, Finding, Listed, Question, Sift

_CAN_SIGN_IN = "(u.pin_hash <> '' OR u.password_hash <> '' OR u.badge_hash <> '')"
_ROLES = ", ".join(f"'{one.value}'" for one in Role)
_USERS = (
    Sift(
        "user_account u",
        "u.id",
        (
            ("user {0} has no name", "trim(u.name) = ''"),
            ("user {0} has no role", f"u.role NOT IN ({_ROLES})"),
            ("the phone of user {0} is no number", "length(u.phone_key) NOT BETWEEN 3 AND 16"),
            (
                "user {0} has a part of a phone number",
                "u.phone_key IS NULL AND (u.phone_extension <> '' OR u.phone_mark IS NOT NULL "
                "OR u.phone_typed <> '')",
            ),
            ("the phone of user {0} has a wrong mark", "u.phone_mark NOT IN ('possible', 'local')"),
            ("the e-mail address of user {0} is none", "u.email <> '' AND u.email NOT LIKE '%@%'"),
            ("user {0} takes off more than all", f"u.discount_limit NOT BETWEEN 0 AND {WHOLE}"),
            ("the PIN of user {0} is not hashed", "u.pin_hash <> '' AND u.pin_hash NOT LIKE '$argon2id$%'"),
            (
                "the password of user {0} is not hashed",
                "u.password_hash <> '' AND u.password_hash NOT LIKE '$argon2id$%'",
            ),
            ("the badge of user {0} is not hashed", "length(u.badge_hash) NOT IN (0, 64)"),
            ("user {0} has failed less than never", "u.failures < 0"),
            ("user {0} failed at no time", "u.failures > 0 AND u.failed_at IS NULL"),
            ("user {0} was last in at no till", "(u.last_in_at IS NULL) <> (u.last_in_till = '')"),
            ("user {0} was last in in the future", "u.last_in_at > {soon}"),
            ("user {0} was disabled in the future", "u.disabled_at > {soon}"),
        ),
    ),
    # Where all of it came from an export, nobody has a PIN any more; `posapp user reset-admin` is the way in.
    Listed(
        "business {0} has users and no ADMIN who can sign in",
        "SELECT b.id FROM business b "
        "WHERE EXISTS (SELECT 1 FROM user_account u WHERE u.business_id = b.id AND u.role = 'admin') "
        "AND NOT EXISTS (SELECT 1 FROM user_account u WHERE u.business_id = b.id AND u.role = 'admin' "
        f"AND u.disabled_at IS NULL AND {_CAN_SIGN_IN}) AND (EXISTS (SELECT 1 FROM user_account u "
        f"WHERE u.business_id = b.id AND {_CAN_SIGN_IN}) OR NOT EXISTS (SELECT 1 FROM journal j WHERE "
        f"j.business_id = b.id AND j.subject = 'business' AND j.action = '{Action.DATABASE_EXPORTED}'))",
    ),
)
USER_CUSTOMERS = Question(
    "user_customers",
    "One customer per user, one user per customer",
    "SELECT count(*) FROM user_account WHERE customer_id IS NOT NULL",
    (
        Listed(
            "PL{0} has {1} users",
            "SELECT c.pl_number, count(*) AS users FROM user_account u "
            "JOIN customer c ON c.id = u.customer_id GROUP BY c.id, c.pl_number HAVING count(*) > 1",
        ),
        Listed(
            "user {0} is a customer of another business",
            "SELECT u.id FROM user_account u JOIN customer c ON c.id = u.customer_id "
            "WHERE c.business_id <> u.business_id",
        ),
    ),
)


def users(asking: Asking) -> Finding:
    """Users have what they need to be told apart and to sign in."""
    found = Finding(asking.count("SELECT count(*) FROM user_account"))
    for one in _USERS:
        asking.put(found, one)
    for row in asking.rows("SELECT id, name, name_fold FROM user_account"):
        if row.name_fold != folded(row.name):
            found.blame([f"user {row.id} is told apart by another name"])
    return found


def role_settings(asking: Asking) -> Finding:
    """What an ADMIN changed of a role is something that may be changed, and can be read."""
    found = Finding()
    wanted = "SELECT business_id, name, value FROM setting WHERE name LIKE 'role.%' OR name = 'pin_length'"
    for row in asking.rows(wanted):
        found.checked += 1
        if not _is_setting(row.name, row.value):
            found.blame([f"setting {row.name[:60]} of business {row.business_id} is {row.value[:20]!r}"])
    return found


def _is_setting(name: str, value: str) -> bool:
    if name == "pin_length":
        return value in {str(one) for one in PIN_LENGTHS}
    _, role_word, what = (*name.split(".", 2), "", "")[:3]
    role = next((one for one in Role if one.value == role_word), None)
    if role is None:
        return False
    if what == "discount_limit":
        return role not in FIXED and value.isascii() and value.isdecimal() and int(value) <= WHOLE
    return what in {one.value for one in Permission if one in choices(role)} and value in ("0", "1")
