"""The catalogue: what a shop sells and uses, its taxes, its stock."""
