"""One file of small pure functions for each case type, named as the case type."""
