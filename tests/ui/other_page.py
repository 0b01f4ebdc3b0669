"""A page that stands for the screens that a test is not about."""

from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell


class OtherPage(Page):
    """Remembers what it was shown with."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.payload: object = None

    def activated(self, payload: object = None) -> None:
        self.payload = payload
