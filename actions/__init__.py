"""The mind's hands: thin rasa-sdk actions that turn a tracker into a call of `care` and its outcome into messages."""
