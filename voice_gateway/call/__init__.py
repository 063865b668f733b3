"""One call from greeting to goodbye."""
