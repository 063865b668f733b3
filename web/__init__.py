"""The screens: the chat page, the chat interface for other channels, and what operators and monitors ask for."""
