"""The database floor: declarative base, column types, constraint to plain refusal, the write transaction."""
