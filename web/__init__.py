"""The screens: the chat page, the chat interface for all channels, and what operators and monitors ask."""
