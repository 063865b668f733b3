"""The small Mandarin model for Vosk: its material, its training, its graph and its test.

The telephone only needs `voice_gateway/model` and vosk. What makes that folder needs the extra `studio`
(torch, onnxruntime, misaki) and Debian's `libfst-tools` and `espeak-ng`.
"""
