"""The command line of 银龄热线: set up, serve, train, chat, evaluate, measure."""
