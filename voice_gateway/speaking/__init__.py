"""Speaking: a town's recordings, the prepared voice, and live speech; see docs/speaking.md."""

from voice_gateway.speaking.ear_text import for_the_ear
from voice_gateway.speaking.voice import Piece, SpeakingFailed, Voice

__all__ = ["Piece", "SpeakingFailed", "Voice", "for_the_ear"]
