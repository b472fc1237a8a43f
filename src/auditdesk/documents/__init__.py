"""Official documents: layout, archive form, signing, verifying."""
