"""Approval in place: a manager proves who they are on the same screen, for one action of somebody else.

Nothing here is asked for by a screen. Whatever a presenter does and a desk refuses for want of a permission
comes to `AskManager`, and is done once more with what the manager lends.
"""
