"""What the assistant says and asks: channel-neutral, no SQL."""
