"""Company and care in conversation: loneliness, scams, medical questions, harsh words."""

from actions.base import CareAction
from care import company, scams


class ActionLonely(CareAction):
    """Keeps company."""

    action = "action_lonely"
    answer = staticmethod(company.lonely)


class ActionWellBeing(CareAction):
    """Is glad to hear it, or goes on keeping company."""

    action = "action_well_being"
    answer = staticmethod(company.well_being)


class ActionScam(CareAction):
    """Warns of a scam."""

    action = "action_scam"
    answer = staticmethod(scams.warn)


class ActionMedicalAdvice(CareAction):
    """Declines to play the doctor and offers one."""

    action = "action_medical_advice"
    answer = staticmethod(company.medical_advice)


class ActionAbuse(CareAction):
    """Stays calm."""

    action = "action_abuse"
    answer = staticmethod(company.abuse)
