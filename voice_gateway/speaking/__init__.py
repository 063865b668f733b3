"""Speaking: text for the ear, the prepared voice, and pyttsx3 for live text."""
