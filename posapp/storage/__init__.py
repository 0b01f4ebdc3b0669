"""The only home of SQLAlchemy: schema, repositories, search, backup and migrations."""
