"""Every error the pipeline raises on purpose, with the exit status it leads to."""

from __future__ import annotations


class PipelineError(Exception):
    """Something an analyst can understand and act on; never a bug."""

    exit_status = 1


class ConfigError(PipelineError):
    """The run cannot start: a setting, a control file or a path is wrong."""

    exit_status = 2


class DocumentError(PipelineError):
    """One document cannot be used: it goes to quarantine and the run goes on.

    Args:
        path: the document's path below the corpus root.
        reason: a short stable code, such as "empty" or "undecodable".
        problem: what is wrong and what to do, for the analyst.
    """

    def __init__(self, path: str, reason: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.reason = reason
        self.problem = problem

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str, str]]:
        # The default would rebuild it from the message alone and fail in another process.
        return (DocumentError, (self.path, self.reason, self.problem))


class LockedError(PipelineError):
    """Another run works on the same output."""

    exit_status = 4
