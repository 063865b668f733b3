"""The service desk of 银龄热线: people, policies, eligibility, services, orders and emergencies.

Plain Python over SQLAlchemy; it knows nothing of Rasa, telephones or web pages.
"""
