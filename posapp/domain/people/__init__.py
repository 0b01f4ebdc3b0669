"""People who sign in: users, what their roles may do, PINs and passwords."""
