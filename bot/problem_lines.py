"""A problem of the content as one sentence without its place, for a message to the owner."""

from flows.problems import Problem


def sentence_of(problem: Problem) -> str:
    """What is wrong and what to write instead."""
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    return str(problem).removeprefix(f"{place}: ").removeprefix("warning: ")
