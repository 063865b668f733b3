"""Listening: voice activity, Vosk, whose turn it is, and repair of what was heard."""
