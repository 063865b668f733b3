"""The form of `care.booking`."""

from actions.base import TaskForm
from care import booking


class ValidateBookingForm(TaskForm):
    """Fills in and asks for booking."""

    task = booking.task
