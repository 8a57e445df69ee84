"""Stand-ins for what lies beyond the network."""
