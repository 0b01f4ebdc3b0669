"""posapp: point of sale and front desk for repair shops.

The house has floors; an import goes down, never up and never sideways (import-linter holds this):

    __main__ · cli · bootstrap      start here: wires everything, decides nothing
    ui                              the only home of Qt
    services                        one desk per part of the trade; opens and commits transactions
    storage | printing              the only homes of SQLAlchemy, and of reportlab and pypdfium2
    files                           whatever is written on request goes through here
    domain                          words and rules: standard library, phonenumbers, babel

Below the window every floor has the same rooms, one for each part of the trade; a part stands on those
before it only. `resources/docs/architecture.md` draws them, and follows a typed phone number from the key to
the paper.

`paths`, `till_settings` and `threads` (what only the window's thread may do) are small leaves below them.
"""

__version__ = "0.1.0"
