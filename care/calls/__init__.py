"""Telephone calls: their record, call-backs that must not be lost, outgoing calls, sound that expires."""
