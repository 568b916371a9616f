"""Settings of the property tests: a slow machine is no fault of a rule, so nothing is judged by time."""

from hypothesis import HealthCheck, settings

settings.register_profile("rules", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("rules")
