"""Whether a stated quantity holds: measured on the ground, or computed from other claims."""
