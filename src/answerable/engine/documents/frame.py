"""Where things are on a page: from PDF user space to points from the top left."""

from typing import Any


class Frame:
    """Turns PDF user space into points from the top left of the page, with its text level.

    ``way`` is how text runs in user space, in degrees clockwise.
    """

    def __init__(self, page: Any, way: int) -> None:
        self.width, self.height = page.get_size()
        left, bottom, right, top = page.get_cropbox()
        turn = -way % 360
        self.turn = (page.get_rotation() - turn) % 360
        if self.turn in (90, 270):
            self.width, self.height = self.height, self.width
        self.upright = turn == 0
        # x' = a*x + b*y + c ; y' = d*x + e*y + f
        self.matrix = {
            0: (1, 0, -left, 0, -1, top),
            90: (0, 1, -bottom, 1, 0, -left),
            180: (-1, 0, right, 0, 1, -bottom),
            270: (0, -1, top, -1, 0, right),
        }[turn]

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a rectangle that is given in user space."""
        a, b, c, d, e, f = self.matrix
        if self.upright:
            return left + c, f - top, right + c, f - bottom
        x1, y1 = a * left + b * bottom + c, d * left + e * bottom + f
        x2, y2 = a * right + b * top + c, d * right + e * top + f
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
