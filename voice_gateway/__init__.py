"""The telephone: the line (SIP and browser), listening, speaking, and one call's life."""
