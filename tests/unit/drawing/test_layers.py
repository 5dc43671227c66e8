"""Whatever the boxes and arrows, a drawing has none on top of another, and arrows go down or are known to go back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.drawing.layers import Arrow, Box, draw

NAMES = tuple("abcdefgh")


@st.composite
def graphs(draw_: st.DrawFn) -> tuple[dict[str, Box], list[Arrow]]:
    names = NAMES[: draw_(st.integers(1, len(NAMES)))]
    sizes = st.builds(Box, st.floats(40, 300), st.floats(20, 200))
    boxes = {name: draw_(sizes) for name in names}
    ends = st.sampled_from(names)
    arrows = draw_(st.lists(st.builds(Arrow, ends, ends), max_size=14))
    return boxes, arrows


@settings(max_examples=150)
@given(graphs())
def test_no_box_lies_on_another_and_arrows_lead_down(
    graph: tuple[dict[str, Box], list[Arrow]],
) -> None:
    boxes, arrows = graph

    drawing = draw(boxes, arrows)

    for one, (x, top) in drawing.places.items():
        for other, (to_x, to_top) in drawing.places.items():
            if one < other and top == to_top:
                apart = (boxes[one].width + boxes[other].width) / 2
                assert abs(x - to_x) > apart
    for arrow, way in zip(arrows, drawing.ways, strict=True):
        if way is not None:
            heights = [y for _, y in way]
            assert heights == sorted(heights)
            assert drawing.places[arrow.source][1] < drawing.places[arrow.target][1]


def test_an_arrow_back_is_known_as_one() -> None:
    boxes = {name: Box(100, 50) for name in "ab"}

    drawing = draw(boxes, [Arrow("a", "b"), Arrow("b", "a"), Arrow("b", "b")])

    assert [way is None for way in drawing.ways] == [False, True, True]


def test_a_step_over_several_layers_has_a_way_beside_the_boxes() -> None:
    boxes = {name: Box(100, 50) for name in "abc"}

    drawing = draw(boxes, [Arrow("a", "b"), Arrow("b", "c"), Arrow("a", "c")])

    way = drawing.ways[2]
    assert way is not None
    assert all(abs(x - drawing.places["b"][0]) > 50 for x, _ in way[1:-1])
