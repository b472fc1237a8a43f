"""The windows, one face of the operations."""
