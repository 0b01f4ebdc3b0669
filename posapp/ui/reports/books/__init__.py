"""The books of some days: account by account, beside the Z reports, and how they go out."""
