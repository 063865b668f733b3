"""The telephone of the page: a leg carried by a WebSocket."""
