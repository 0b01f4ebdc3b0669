"""What `verify` asks of figures: whether they are those of the records that they follow from."""

from sqlalchemy import and_, func, literal, or_, select

from posapp.domain.base.numbers import PL
from posapp.storage.base.verify_base import Asking, Finding
from posapp.storage.customers.tables import customer
from posapp.storage.figures.counting import COLUMNS, counted, is_listed
from posapp.storage.figures.tables import customer_figure

CUSTOMERS = "The figures of each customer are those of the records"


def customers(asking: Asking) -> Finding:
    """Every customer who is listed has one row, which is what the records count to; nobody else has one."""
    ask, kept = asking.connection.execute, customer_figure
    found = Finding(ask(select(func.count()).select_from(customer).where(is_listed())).scalar_one())
    anew = counted(is_listed()).subquery("anew")
    its = and_(kept.c.business_id == anew.c.business_id, kept.c.customer_id == anew.c.customer_id)
    differs = or_(kept.c.customer_id.is_(None), *(kept.c[name] != anew.c[name] for name in COLUMNS))
    wrong = select(anew.c.customer_id).select_from(anew.outerjoin(kept, its)).where(differs)
    of_them = select(customer.c.pl_number).where(customer.c.id.in_(wrong)).order_by(customer.c.id)
    found.blame(f"{PL}{number}" for number in ask(of_them).scalars())
    mine = and_(
        customer.c.business_id == kept.c.business_id, customer.c.id == kept.c.customer_id, is_listed()
    )
    stray = select(kept.c.customer_id).where(~select(literal(1)).where(mine).exists())
    return found.blame(f"a row of customer {key}" for key in ask(stray.order_by("customer_id")).scalars())
