"""The case form, made from a case type's declaration."""
