"""Static pictures of partnerships: SVG without script or network, the same text every time."""

from scotintegration.pictures._money import money_diagram

__all__ = ["money_diagram"]
