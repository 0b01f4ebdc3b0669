"""Who is at the till: signing in, locking, and what a person does for themselves."""
