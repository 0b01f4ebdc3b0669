"""All customers with what they came to: a list of any length, and what is done to several of them."""
