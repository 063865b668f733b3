"""Orders that stand: status, change, rating, complaint."""

from actions.base import CareAction, TaskForm
from care import orders


class ActionOrderStatus(CareAction):
    """Where an order is, or how a waiting-list application stands."""

    action = "action_order_status"
    answer = staticmethod(orders.answer)


class ActionRate(CareAction):
    """Takes a rating of a service."""

    action = "action_rate"
    answer = staticmethod(orders.rate)


class ValidateChangeForm(TaskForm):
    """Cancels or moves an order."""

    task = orders.change_task


class ValidateComplaintForm(TaskForm):
    """Takes a complaint."""

    task = orders.complaint_task
