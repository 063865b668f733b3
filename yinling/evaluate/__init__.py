"""How good the assistant is, measured on held-out sets (tests/heldout) that training never sees."""
