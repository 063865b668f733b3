"""The line: SIP and RTP by aiosipua and aiortp."""
