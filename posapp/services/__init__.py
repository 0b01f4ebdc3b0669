"""One desk per part of the trade; the only place that opens and commits transactions.

A desk is handed the store by `bootstrap` and names storage's types for type checking only, so that the
window can paint before SQLAlchemy is loaded. Commands are frozen dataclasses beside their desk; every
public call takes an `Actor` and names its `Permission` in its first line.
"""
