"""A page that stands for the screens that a test is not about."""

from posapp.ui.navigation import Page


class OtherPage(Page):
    """Remembers what it was shown with."""

    def __init__(self) -> None:
        super().__init__()
        self.payload: object = None

    def activated(self, payload: object = None) -> None:
        self.payload = payload
