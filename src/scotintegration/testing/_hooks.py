"""What somebody says of their register, so that it can be tried out (private)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Generic, TypeVar

from scotintegration.directions import Direction
from scotintegration.lifecycle import State

R = TypeVar("R")
"""The class of somebody's register."""


class Hooks(Generic[R]):
    """The methods by which a state machine speaks to somebody's register; the machine documents them as a whole."""

    def make_register(self) -> R:
        """
        Give an empty register; every subclass has this.

        Returns:
            The register, of any class.

        .. versionadded:: 0.1.0
        """
        raise NotImplementedError(f"{type(self).__name__} must have make_register(), which gives an empty register")

    def issue(self, register: R, direction: Direction, on: date) -> R | None:
        """
        Record a direction; every subclass has this.

        Args:
            register: The register.
            direction: The direction; *effective_from* is always stated. One that was drafted before keeps its id.
            on: The day on which it is issued.

        Returns:
            The register to go on with, where it is another.

        .. versionadded:: 0.1.0
        """
        raise NotImplementedError(f"{type(self).__name__} must have issue(register, direction, on)")

    def in_force(self, register: R, on: date) -> Iterable[str | Direction]:
        """
        List what is in force; every subclass has this.

        Args:
            register: The register.
            on: The day, past or to come.

        Returns:
            Ids of directions, or directions, in any order.

        .. versionadded:: 0.1.0
        """
        raise NotImplementedError(f"{type(self).__name__} must have in_force(register, on), which gives ids")

    def state(self, register: R, reference: str, on: date) -> State | str | None:
        """
        Tell the state of a direction; optional.

        Args:
            register: The register.
            reference: Id of the direction.
            on: The day, past or to come.

        Returns:
            The state, or its word such as ``"in force"``; None where the register does not tell.

        .. versionadded:: 0.1.0
        """
        return None

    def vary(self, register: R, target: str, direction: Direction, on: date) -> R | None:
        """
        Record a direction that varies another; optional.

        Args:
            register: The register.
            target: Id of the earlier direction, also in ``direction.varies``.
            direction: The later direction; the other ends on its *effective_from*.
            on: The day on which it is issued.

        Returns:
            The register to go on with, where it is another.

        .. versionadded:: 0.1.0
        """
        return self.issue(register, direction, on)

    def supersede(self, register: R, target: str, direction: Direction, on: date) -> R | None:
        """
        Record a direction that takes the place of another; optional.

        Args:
            register: The register.
            target: Id of the earlier direction, also in ``direction.supersedes``.
            direction: The later direction; the other ends on its *effective_from*.
            on: The day on which it is issued.

        Returns:
            The register to go on with, where it is another.

        .. versionadded:: 0.1.0
        """
        return self.issue(register, direction, on)

    def revoke(self, register: R, target: str, direction: Direction, on: date) -> R | None:
        """
        Record that a direction is revoked; optional.

        Args:
            register: The register.
            target: Id of the earlier direction, also in ``direction.revokes``.
            direction: The revocation, which need not be kept; the other ends on its *effective_from*.
            on: The day on which it is issued.

        Returns:
            The register to go on with, where it is another.

        .. versionadded:: 0.1.0
        """
        return self.issue(register, direction, on)

    def extend(self, register: R, target: str, until: date, on: date) -> R | None:
        """
        Record that a direction is given a later last day; optional.

        Args:
            register: The register.
            target: Id of the direction.
            until: Its new last day.
            on: The day on which it is extended; one that has ended by then is not revived.

        Returns:
            The register to go on with, where it is another.

        .. versionadded:: 0.1.0
        """
        raise NotImplementedError  # and so are those below: they are not called unless a subclass has its own

    def complete(self, register: R, target: str, on: date) -> R | None:
        """Record that a direction was carried out, as :meth:`extend` records; optional."""
        raise NotImplementedError

    def pause(self, register: R, target: str, on: date) -> R | None:
        """Record that a direction does not bind for a while, as :meth:`extend` records; optional."""
        raise NotImplementedError

    def resume(self, register: R, target: str, on: date) -> R | None:
        """Record that a paused direction binds again, as :meth:`extend` records; optional."""
        raise NotImplementedError

    def note_progress(self, register: R, target: str, on: date) -> R | None:
        """Record a note of progress, which changes nothing, as :meth:`extend` records; optional."""
        raise NotImplementedError

    def meet_condition(self, register: R, target: str, on: date) -> R | None:
        """
        Record that the condition of a direction is met; optional.

        Without it no direction has ``conditions``. One that has them binds from the later of its *effective_from*
        and the day on which they are met.

        .. versionadded:: 0.1.0
        """
        raise NotImplementedError

    def draft(self, register: R, direction: Direction, on: date) -> R | None:
        """
        Record a draft; optional, and so are :meth:`recommend`, :meth:`amend`, :meth:`reject` and :meth:`approve`.

        A draft states no days, and is never in force; it is issued by :meth:`issue` under the same id.

        .. versionadded:: 0.1.0
        """
        raise NotImplementedError

    def recommend(self, register: R, target: str, on: date) -> R | None:
        """Record that a report recommends a draft; optional."""
        raise NotImplementedError

    def amend(self, register: R, target: str, on: date) -> R | None:
        """Record that a meeting asks for other words of a draft; optional."""
        raise NotImplementedError

    def reject(self, register: R, target: str, on: date) -> R | None:
        """Record that a meeting decides against a draft; optional."""
        raise NotImplementedError

    def approve(self, register: R, target: str, on: date) -> R | None:
        """Record that a meeting approves a draft; optional."""
        raise NotImplementedError
