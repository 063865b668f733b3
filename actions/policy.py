"""Questions about policies."""

from actions.base import CareAction, TaskForm
from care import policy


class ActionPolicy(CareAction):
    """Answers, compares, gives the source."""

    action = "action_policy"
    answer = staticmethod(policy.answer)


class ValidatePolicyRegionForm(TaskForm):
    """Asks where, when the answer depends on it."""

    task = policy.region_task
