"""Questions about the service list."""

from actions.base import CareAction, TaskForm
from care import service_list


class ActionServiceList(CareAction):
    """What there is, what it costs, where."""

    action = "action_service_list"
    answer = staticmethod(service_list.answer)


class ValidateServiceRegionForm(TaskForm):
    """Asks where, when the answer depends on it."""

    task = service_list.service_region_task
