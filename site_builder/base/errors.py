"""Faults that stop a command, one class a cause, each with a plain sentence and a way out."""

from __future__ import annotations


class SepError(Exception):
    """A command cannot go on; `sentence` says why, `way_out` what to do. Subclasses carry the exit code."""

    exit_code = 2

    def __init__(self, sentence: str, way_out: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way_out = way_out


class WrongUse(SepError):
    """The command was asked for something that does not exist or cannot be."""

    exit_code = 2


class Refused(SepError):
    """Privacy or consent forbids it."""

    exit_code = 3


class MissingTool(SepError):
    """Something is missing on this computer."""

    exit_code = 4
