"""From the first frame to an open shop: start page, trouble page, and the program that joins all screens.

What is done here comes before anything else of the window is imported.
"""

from posapp.ui.start.features import pass_over_sources

pass_over_sources()
