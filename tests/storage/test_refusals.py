"""What the database refuses by itself: one value beyond each end of every check of the schema."""

import pytest
from sqlalchemy import CheckConstraint, text
from sqlalchemy.exc import IntegrityError

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.services.desks import Shop
from posapp.storage.tables import whole_schema
from tests.factories import a_customer
from tests.guards import without_guards
from tests.repairs import an_item
from tests.whole_shops import a_whole_shop

OPEN = "WHERE closed_at IS NULL"  # a closed shift refuses every change before any check does
CLOSED = "number = 9, closed_at = 1, closed_by = 'x', expected_minor = 0, "
SOLD, GIVEN_BACK = "WHERE refunds_id IS NULL", "WHERE refunds_id IS NOT NULL"
BEYOND = {
    "ck_book_account_number": ("number = ''",),
    "ck_book_sending_correction": ("correction = -1",),
    "ck_book_sending_digest": ("digest = 'short'",),
    "ck_booking_minutes": ("minutes = 4", "minutes = 1441"),
    "ck_booking_source": ("source = 'elsewhere'",),
    "ck_booking_span": ("ends_at = starts_at", "busy_until = ends_at - 1"),
    "ck_booking_status": ("status = 'lost'",),
    "ck_business_account_limit_minor": ("account_limit_minor = -1",),
    "ck_business_cash_rounding_minor": ("cash_rounding_minor = -1", "cash_rounding_minor = 1000001"),
    "ck_business_cutover": ("cutover_minutes = -1", "cutover_minutes = 720"),
    "ck_business_name": ("name = ''",),
    "ck_cash_move_amount_minor": ("amount_minor = 0",),
    "ck_cash_move_kind": ("kind = 'up'",),
    "ck_cash_move_reason": ("reason = ''",),
    "ck_business_tax_rounding": ("tax_rounding = 'never'",),
    "ck_contact_log_how": ("how = 'pigeon'",),
    "ck_contact_log_kind": ("kind = 'warned'",),
    "ck_contact_name": ("name = ''",),
    "ck_counter_last": ("last = -1",),
    "ck_counter_name": ("name = 'X'",),
    "ck_customer_account_limit_minor": ("account_limit_minor = -1",),
    "ck_customer_pl_number": ("pl_number = 0", "pl_number = 1000000000"),
    "ck_day_exception_span": (
        "opens = -1, closes = 600",
        "opens = 600, closes = 600",
        "opens = 600, closes = 2041",
        "opens = 1440, closes = 1500",
    ),
    "ck_device_kind": ("kind = 'toaster'",),
    "ck_document_kind": ("kind = ''",),
    "ck_estimate_limit_minor": ("limit_minor = total_minor - 1",),
    "ck_estimate_line_amount": (
        "unit_minor = -1, amount_minor = -quantity",
        "amount_minor = amount_minor + 1",
    ),
    "ck_estimate_line_quantity": (
        "quantity = 0, amount_minor = 0",
        "quantity = 10001, amount_minor = unit_minor * 10001",
    ),
    "ck_estimate_line_warranty_days": ("warranty_days = -1", "warranty_days = 3651"),
    "ck_estimate_status": ("status = 'maybe'",),
    "ck_estimate_total_minor": ("total_minor = -1, limit_minor = NULL",),
    "ck_identity_code": ("code = 'a'",),
    "ck_identity_single": ("id = 2",),
    "ck_item_barcode_code": ("code = ''",),
    "ck_item_cost": (
        "entered_cost_minor = -1, average_minor = 1",
        "entered_cost_minor = 1, average_minor = -1",
    ),
    "ck_item_keeps_stock": ("kind = 'part', keeps_stock = false, stock = 1, reserved = 0",),
    "ck_item_kind": ("kind = 'food'",),
    "ck_item_price_minor": ("price_minor = -1",),
    "ck_item_reserved": ("reserved = -1", "kind = 'part', keeps_stock = true, stock = 1, reserved = 2"),
    "ck_item_quick_position": (
        "quick_position = 0",
        "quick_position = 13",
        "quick_position = 1, archived_at = 1",
    ),
    "ck_item_service": ("kind = 'service', keeps_stock = true",),
    "ck_item_stock": ("kind = 'part', keeps_stock = true, stock = -1, reserved = 0",),
    "ck_job_fault": ("fault = ''",),
    "ck_job_outcome": ("outcome = 'stolen'",),
    "ck_job_price_minor": ("price_minor = -1",),
    "ck_loan_span": ("back_at = out_at - 1",),
    "ck_loaner_name": ("name = ''",),
    "ck_part_use_quantity": ("quantity = 0", "quantity = 10001"),
    "ck_part_use_state": ("state = 'eaten'",),
    "ck_phone_key": ("key = '12'", "key = '12345678901234567'"),
    "ck_phone_mark": ("mark = 'odd'",),
    "ck_print_job_copy": ("copy = 0",),
    "ck_print_job_output": ("output = 'fax'",),
    "ck_print_job_state": ("state = 'lost'",),
    "ck_repair_price_device": ("kind = '', device_key = ''",),
    "ck_repair_price_fault": ("fault_key = ''",),
    "ck_repair_price_kind": ("kind = 'toaster'",),
    "ck_repair_price_minutes": ("minutes = -1", "minutes = 1441"),
    "ck_repair_price_price_minor": ("price_minor = -1",),
    "ck_resource_buffer": ("buffer_minutes = -1", "buffer_minutes = 241"),
    "ck_resource_capacity": ("capacity = 0", "capacity = 100001"),
    "ck_resource_kind": ("kind = 'robot'",),
    "ck_service_minutes": ("minutes = 4", "minutes = 1441"),
    "ck_service_price_minor": ("price_minor = -1",),
    "ck_shelf_code": ("code = ''",),
    "ck_shift_check_amount_minor": ("amount_minor = -1",),
    "ck_shift_closing": (
        f"number = 9 {OPEN}",
        f"closed_at = 1 {OPEN}",
        f"closed_by = 'x' {OPEN}",
        f"expected_minor = 1 {OPEN}",
        f"counted_minor = 1 {OPEN}",
        f"difference_minor = 1 {OPEN}",
    ),
    "ck_shift_counted_minor": (f"{CLOSED} counted_minor = -1, difference_minor = -1 {OPEN}",),
    "ck_shift_difference_minor": (f"{CLOSED} counted_minor = 5, difference_minor = 4 {OPEN}",),
    "ck_shift_float_minor": (f"float_minor = -1 {OPEN}",),
    "ck_shift_till": (f"till = '' {OPEN}",),
    "ck_user_account_discount_limit": ("discount_limit = -1", "discount_limit = 1000001"),
    "ck_user_account_failures": ("failures = -1",),
    "ck_user_account_name": ("name = ''",),
    "ck_user_account_phone_mark": ("phone_mark = 'odd'",),
    "ck_user_account_role": ("role = 'owner'",),
    "ck_consent_kind": ("kind = 'gossip'",),
    "ck_access_code_code_hash": ("code_hash = 'short'",),
    "ck_access_code_state": ("state = 'lost'",),
    "ck_access_code_tries": ("tries = -1", "tries = 6"),
    "ck_access_code_spent": ("state = 'spent', tries = 4",),
    "ck_kiosk_try_door": ("door = 'window'",),
    "ck_kiosk_try_key_hash": ("key_hash = 'short'",),
    "ck_kiosk_try_tries": ("tries = 0",),
    "ck_kiosk_arrival_state": (
        "state = 'asleep', phone_key = '', name = '', what = '', extension = '', customer_id = NULL",
    ),
    "ck_kiosk_arrival_phone_key": ("phone_key = CASE WHEN state = 'waiting' THEN '' ELSE '1' END",),
    "ck_kiosk_arrival_emptied": ("state = 'turned_away', phone_key = '', customer_id = NULL, name = 'x'",),
    "ck_kiosk_arrival_customer_id": (
        "state = 'let_in', phone_key = '', name = '', what = '', customer_id = NULL",
    ),
    "ck_gift_card_code_hash": ("code_hash = 'short'",),
    "ck_gift_card_last_four": ("last_four = '12345'",),
    "ck_gift_move_amount_minor": (
        "amount_minor = -1 WHERE kind = 'sold'",
        "amount_minor = 1 WHERE kind = 'used'",
        "amount_minor = 0 WHERE kind = 'returned'",
    ),
    "ck_gift_move_cause": (
        "order_id = NULL, line_id = NULL WHERE kind = 'sold'",
        "kind = 'expired' WHERE kind = 'used'",
    ),
    "ck_gift_move_kind": ("kind = 'lost' WHERE kind = 'used'",),
    "ck_ledger_entry_account": ("account = 'pocket'",),
    "ck_ledger_entry_amount_minor": ("amount_minor = 0",),
    "ck_ledger_entry_bound": (
        "ticket_id = NULL, booking_id = NULL WHERE account = 'deposit'",
        "account = 'debt' WHERE account = 'deposit'",
        "ticket_id = 1, booking_id = 1 WHERE account = 'deposit'",
    ),
    "ck_ledger_entry_whose": ("customer_id = NULL WHERE account = 'credit'",),
    "ck_line_tax_rate": ("rate = -1", "rate = 1000001"),
    "ck_order_line_amounts": (
        f"priced_minor = priced_minor + 1 {SOLD}",
        f"discount_minor = -1 {SOLD}",
        f"discount_minor = priced_minor + 1 {SOLD}",
        f"net_minor = -1 {SOLD}",
        f"gross_minor = net_minor - 1 {SOLD}",
        f"net_minor = 1 {GIVEN_BACK}",
        f"gross_minor = net_minor + 1 {GIVEN_BACK}",
    ),
    "ck_order_line_kind": ("kind = 'air'",),
    "ck_order_line_quantity": (
        f"quantity = 0, priced_minor = 0, discount_minor = 0 {SOLD}",
        f"quantity = 1 {GIVEN_BACK}",
    ),
    "ck_order_line_text": ("text = ''",),
    "ck_order_line_unit_minor": (f"unit_minor = -1 {GIVEN_BACK}",),
    "ck_payment_amount_minor": ("amount_minor = 0, tendered_minor = 0 WHERE tender = 'card'",),
    "ck_payment_cash": (
        "tendered_minor = amount_minor + 1 WHERE tender = 'card'",
        "rounding_minor = 1 WHERE tender = 'card'",
    ),
    "ck_payment_tender": ("tender = 'shells' WHERE tender = 'card'",),
    "ck_payment_whose": ("order_id = NULL, customer_id = NULL",),
    "ck_sale_order_called": ("held_number = NULL WHERE number IS NULL",),
    "ck_sale_order_completion": (
        "completed_at = NULL WHERE number IS NOT NULL",
        "business_day = NULL WHERE number IS NOT NULL",
        "shift_id = NULL WHERE number IS NOT NULL",
    ),
    "ck_sale_order_numbered": ("status = 'completed' WHERE number IS NULL",),
    "ck_sale_order_sign": (
        "total_minor = -1 WHERE refund_of_id IS NULL",
        "total_minor = 1 WHERE refund_of_id IS NOT NULL",
    ),
    "ck_sale_order_source": ("source = 'elsewhere'",),
    "ck_sale_order_status": ("status = 'lost'",),
    "ck_day_total_what": ("what = 'weather' WHERE what = 'staff'",),
    "ck_job_time_number": ("number = 0 WHERE number = 1",),
    "ck_job_time_until": ("until = 7 WHERE until IS NULL", "until_day = 20200101 WHERE until IS NULL"),
    "ck_work_total_what": ("what = 'weather' WHERE what = 'handed'",),
    "ck_price_level_name": ("name = ''",),
    "ck_price_level_percent_off": ("percent_off = -1", "percent_off = 1000001"),
    "ck_stock_count_closed": (
        "closed_by = 'x' WHERE closed_at IS NULL",
        "closed_at = 7 WHERE closed_at IS NULL",
    ),
    "ck_stock_count_is_booked": ("is_booked = true WHERE closed_at IS NULL",),
    "ck_stock_count_line_code": ("code = ''",),
    "ck_stock_count_line_pieces": ("pieces = 0",),
    "ck_stock_count_line_stock": (
        "stock = NULL WHERE item_id IS NOT NULL",
        "stock = 1 WHERE item_id IS NULL",
    ),
    "ck_stock_move_quantity": (
        "kind = 'opening', quantity = -1",
        "kind = 'received', quantity = 0",
        "kind = 'returned', quantity = -1",
        "kind = 'sold', quantity = 1",
        "kind = 'used', quantity = 0",
        "kind = 'scrapped', quantity = 1",
        "kind = 'counted', quantity = 0",
        "kind = 'stolen'",
    ),
    "ck_stock_move_unit_cost_minor": ("unit_cost_minor = -1",),
    "ck_tax_is_default": ("archived_at = 1, is_default = true",),
    "ck_tax_name": ("name = ''",),
    "ck_tax_part_name": ("name = ''",),
    "ck_tax_part_rate": ("rate = -1", "rate = 1000001"),
    "ck_tax_rate_rate": ("rate = -1", "rate = 1000001"),
    "ck_ticket_move_moves": ("to_id = from_id",),
    "ck_ticket_source": ("source = 'elsewhere'",),
    "ck_ticket_state_group_code": ("group_code = 'odd'",),
    "ck_ticket_state_limit_hours": ("limit_hours = 0",),
    "ck_walk_in_minutes": ("minutes = 4", "minutes = 1441"),
    "ck_walk_in_state": ("state = 'asleep'",),
    "ck_warranty_span": ("ends_at = starts_at",),
    "ck_working_hours_kind": ("kind = 'closed'",),
    "ck_working_hours_span": (
        "starts = -1",
        "ends = starts",
        "ends = starts + 1441",
        "starts = 1440, ends = 1500",
    ),
    "ck_working_hours_weekday": ("weekday = -1", "weekday = 7"),
    "ck_customer_merge_two": ("survivor_id = loser_id",),
    "ck_duplicate_pair_in_order": ("b_id = a_id",),
    "ck_duplicate_pair_score": ("score = -1", "score = 101"),
    "ck_further_email_email": ("email = ''",),
    "ck_import_batch_state": ("state = 'lost'",),
    "ck_import_note_kind": ("kind = 'rumour'",),
    "ck_not_duplicate_in_order": ("b_id = a_id",),
    "ck_past_record_amount_minor": ("amount_minor = -1",),
    "ck_past_record_kind": ("kind = 'rumour'",),
}
BEHIND_TRIGGERS = {"ck_journal_head_keys", "ck_journal_keys"}
"""Of the journal, whose triggers refuse before any check does."""


def test_the_database_itself_refuses_what_lies_beyond_each_end_of_a_check(shop: Shop, actor: Actor) -> None:
    a_whole_shop(shop, actor)
    an_item(shop, actor, sku="MORE")
    checks = {
        str(check.name): table
        for table in whole_schema()
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }
    assert checks.keys() == BEYOND.keys() | BEHIND_TRIGGERS
    passed = []
    with shop.store.database.engine.connect() as connection:
        for name, beyond in BEYOND.items():
            for values in beyond:
                without_guards(connection)
                try:
                    done = connection.execute(text(f"UPDATE {checks[name].name} SET {values}"))
                except IntegrityError as error:
                    if name not in str(error.orig):
                        passed.append(f"{name}: {values}: {error.orig}")
                else:
                    passed.append(f"{name}: {values}: {done.rowcount} records")
                connection.rollback()
    assert passed == []


def test_a_current_number_belongs_to_one_customer_also_where_it_is_not_the_main_one(
    shop: Shop, actor: Actor
) -> None:
    one, other = a_customer(shop, actor), a_customer(shop, actor)
    number = one.phones[0].number
    with pytest.raises(DomainError) as refused, shop.store.work(actor) as uow:
        uow.customers.add_phone(other.id, number, is_primary=False)
    assert refused.value.code == "phone_taken"
