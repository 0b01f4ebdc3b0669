"""The calendar and the booking form: who comes when, with whom, and how the next one gets a time."""
