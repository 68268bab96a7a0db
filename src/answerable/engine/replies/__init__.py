"""A reply read against its report: which words answer which recommendation."""

from answerable.engine.replies.joining import answers
from answerable.engine.replies.shapes import Answer, Answers, Asked, Method, Theme

__all__ = ["Answer", "Answers", "Asked", "Method", "Theme", "answers"]
