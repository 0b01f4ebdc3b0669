"""The shop: business, hours, benches and who works at them, settings."""
