"""The desks of users: signing in, who there is, what each role may do."""
