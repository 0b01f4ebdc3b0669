"""Papers for people who sign in: badges."""
