"""Tests of what staff do in the chat."""
