"""Writes of inspection; see the modules of this package."""

from canting.quality.services.correcting import correct_inspection
from canting.quality.services.inspecting import Delivery, delivery_of, inspect, prices_for

__all__ = ["Delivery", "correct_inspection", "delivery_of", "inspect", "prices_for"]
