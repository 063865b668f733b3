"""The line: SIP and RTP by aiosipua and aiortp."""

import logging

# Their information names telephone numbers, and a single broken sender could fill the log with their warnings;
# what the line itself has to say goes through structlog, without numbers.
logging.getLogger("aiosipua").setLevel(logging.ERROR)
logging.getLogger("aiortp").setLevel(logging.ERROR)
