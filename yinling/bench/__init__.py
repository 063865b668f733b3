"""How fast the assistant is, beside a plain default Rasa project on the same data in the same run."""
