"""Listening: voice activity, Vosk, whose turn it is, and repair of what was heard."""

from voice_gateway.listening.ear import Ear, EarEvent, EarFailed, Hearing, Partial, SpeechStarted, Utterance
from voice_gateway.listening.expect import Expectation
from voice_gateway.listening.model import ModelError
from voice_gateway.listening.repair import Unsure

__all__ = [
    "Ear",
    "EarEvent",
    "EarFailed",
    "Expectation",
    "Hearing",
    "ModelError",
    "Partial",
    "SpeechStarted",
    "Unsure",
    "Utterance",
]
