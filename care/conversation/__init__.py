"""Conversations: every turn of every channel passes through here."""
