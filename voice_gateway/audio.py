"""The one form of sound inside the gateway: telephone PCM, mono, 16-bit little-endian, 8 kHz, in frames of 20 ms."""

RATE = 8000
"""Samples a second (ITU-T G.711)."""
FRAME_MS = 20
FRAME_SAMPLES = RATE * FRAME_MS // 1000
FRAME_BYTES = 2 * FRAME_SAMPLES
SILENCE = bytes(FRAME_BYTES)


def milliseconds(pcm: bytes) -> float:
    """How long a piece of PCM sounds."""
    return len(pcm) / 2 / RATE * 1000
