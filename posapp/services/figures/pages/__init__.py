"""The pages of the reports, a module for each part of the trade: what each tells and how it is read."""
