"""The flow chart shows the state table, and the picture shows the chart."""

import struct
import xml.etree.ElementTree as ElementTree

from bench.flowchart import digest
from petitions import Action, Kind, State
from petitions.states import TRANSITIONS
from reports.flowchart import HEIGHT, PICTURE, WIDTH, draw, edges


def test_every_arrow_is_a_step_of_the_table():
    actions = {action.label: action for action in Action}
    drawn = edges(Kind.DISCLOSURE)
    assert len(drawn) > 10
    for edge in drawn:
        step = TRANSITIONS[edge.start, actions[edge.label]]
        assert step.to is edge.end
        assert Kind.DISCLOSURE in step.kinds


def test_every_state_but_withdrawn_is_on_the_chart():
    texts = "".join(ElementTree.fromstring(draw()).itertext())
    assert [s.label for s in State if s.label not in texts] == [State.WITHDRAWN.label]


def test_the_picture_was_made_from_this_chart():
    body = PICTURE.read_bytes()
    assert struct.unpack(">II", body[16:24]) == (WIDTH, HEIGHT)
    assert digest(draw()).encode() in body
