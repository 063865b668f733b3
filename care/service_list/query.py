"""placeholder"""
def answer(session, conversation, turn):
    raise KeyError
service_region_task = None
