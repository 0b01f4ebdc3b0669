"""Python's collector of cyclic garbage, kept from stopping the window.

Its full pass walks every object of the program: 50 ms once the libraries are loaded, and nothing paints
meanwhile. So it rests while the shop is opened; what stands then lives as long as the
program and is left out.
"""

import gc


def rest() -> None:
    """No collection until `resume`; what is garbage meanwhile is little."""
    gc.disable()


def resume() -> None:
    """Collect again, but only among what is made from now on."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
