"""One YAML file laid over another: comments, order and places stay."""

from textwrap import dedent

from flows.composing import laid_over


def over(below: str, above: str) -> str:
    return laid_over(dedent(below).lstrip("\n"), dedent(above).lstrip("\n"))


def test_a_value_takes_the_place_of_the_one_below_and_its_comments_stay() -> None:
    made = over(
        """
        # Heading of the whole file.

        # Who you are
        brand: "Лана"   # as people read it
        phone: "1"
        """,
        """
        # What is different here.

        brand: "Кама"
        """,
    )

    assert made == ('# Heading of the whole file.\n\n# Who you are\nbrand: "Кама"\nphone: "1"\n')


def test_keys_below_keys_are_laid_over_one_by_one() -> None:
    made = over(
        """
        timing:
          # After a visit
          ask: 2h      # how long

          # Later
          check: 2d
        other: 1
        """,
        """
        timing:
          ask: 24h     # a day
          window: "10-20"
        """,
    )

    assert made == (
        "timing:\n  # After a visit\n  ask: 24h     # a day\n"
        '  window: "10-20"\n\n  # Later\n  check: 2d\nother: 1\n'
    )


def test_a_list_is_taken_whole() -> None:
    made = over("topics: []\nroles: {a: 1}\n", "topics:\n  - {id: wait}\n  - {id: other}\n")

    assert made == "topics:\n  - {id: wait}\n  - {id: other}\nroles: {a: 1}\n"


def test_a_new_key_comes_after_those_of_its_kind_or_after_its_neighbour_above() -> None:
    made = over(
        'texts:\n  ask.qr: "1"\n  rate.5: "5"\n',
        'texts:\n  ask.car: "2"\n  ask.bus: "3"\n  new: "4"\n',
    )

    assert made == (
        'texts:\n  ask.qr: "1"\n  ask.car: "2"\n  ask.bus: "3"\n  new: "4"\n  rate.5: "5"\n'
    )


def test_a_text_of_many_lines_with_what_looks_like_keys_is_one_value() -> None:
    below = "texts:\n  help: |-\n    /stop: no\n\n    # not a comment\n    more: of it\n  next: 1\n"

    assert over(below, "texts:\n  next: 2\n") == below.replace("next: 1", "next: 2")


def test_comments_at_the_end_of_a_part_stay_with_it() -> None:
    made = over("a:\n  b:\n    c: 1\n    # end of b\nd: 2\n", "a:\n  b:\n    e: 3\n    # hint\n")

    assert made == "a:\n  b:\n    c: 1\n    # end of b\n    e: 3\n    # hint\nd: 2\n"


def test_nothing_laid_over_a_file_leaves_it_as_it_was() -> None:
    below = "# Heading\n# of two lines\nflow: x\n\nsteps:\n  ask:        # first\n    say: a\n"

    assert over(below, "") == below
