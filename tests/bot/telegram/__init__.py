"""Tests of the Telegram channel, against the strict fake Bot API over a real socket."""
