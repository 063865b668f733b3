"""A caller made of a script: dials the hotline, listens with our own recogniser, answers what it hears, times everything."""
