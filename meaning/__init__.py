"""What a sentence means, as a point in a space where sentences of like meaning lie near each other.

Used by both runtimes beside what is learnt from characters and sounds: whoever says something in words that no example has
(我熬不住了，有地方托几天不) is still near those who wanted the same. A second opinion only: without it everything works.
"""

from meaning.lessons import Lessons
from meaning.vectors import DIMENSIONS, vector

__all__ = ["DIMENSIONS", "Lessons", "vector"]
