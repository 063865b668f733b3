"""The form of `care.eligibility`."""

from actions.base import TaskForm
from care import eligibility


class ValidateEligibilityForm(TaskForm):
    """Fills in and asks for eligibility."""

    task = eligibility.task
