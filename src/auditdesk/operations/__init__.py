"""The use cases: one operation is one transaction and one journal entry."""
