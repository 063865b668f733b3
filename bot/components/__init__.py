"""Parts of the Rasa pipeline that know Chinese and elder care."""
