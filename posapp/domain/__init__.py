"""Words and rules of the trade as plain values; knows no database, no paper and no window.

Values (`phone`, `names`, `money`, `pl_id`, `emails`, `clock`, `typed_dates`, `schedule`, `folding` and
`locales`) read what people type and say in one sentence what is wrong with it (`errors`).
The parts of the trade (`customers`, `bookings`, `documents`, `journal`) are made of them.
"""
