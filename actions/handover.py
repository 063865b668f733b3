"""Handing over to people: a human, a call back, binding a family account."""

from actions.base import CareAction, TaskForm
from care import handover


class ActionHuman(CareAction):
    """To a human, at once."""

    action = "action_human"
    answer = staticmethod(handover.human)


class ValidateCallbackForm(TaskForm):
    """Takes the number for a call back."""

    task = handover.callback_task


class ValidateBindingForm(TaskForm):
    """Takes the request of a relative to act for an elder."""

    task = handover.binding_task
