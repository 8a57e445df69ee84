"""Measurements and the making of what is measured; nothing here is needed at run time."""
