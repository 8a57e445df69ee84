"""Whole conversations, from what a person types to what they read."""
