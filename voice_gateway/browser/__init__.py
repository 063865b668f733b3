"""The browser's line: a page's microphone and loudspeaker as a leg of a call, over one WebSocket."""
