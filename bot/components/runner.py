"""Runs Rasa's graph of components one after the other.

Rasa's own runner builds a dask graph for each of the three or four runs of a turn and puts everything said so far into
debug lines that nobody reads; both took about as long as understanding the words.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text, Tuple

from rasa.engine.runner.dask import DaskGraphRunner


class InOrder(DaskGraphRunner):
    """Plans the order for each set of targets once."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._plans: Dict[Tuple[Text, ...], List[Tuple[Text, Tuple[Text, ...]]]] = {}

    def run(
        self, inputs: Optional[Dict[Text, Any]] = None, targets: Optional[List[Text]] = None
    ) -> Dict[Text, Any]:
        """What the targets give, like the runner it stands for."""
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._plans:
            self._plans[wanted] = self._plan(wanted)
        done: Dict[Text, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._plans[wanted]:
            if name not in done:
                done[name] = self._instantiated_nodes[name](*(done.get(need, need) for need in needs))
        return dict(done[name] for name in wanted)

    def _plan(self, targets: Tuple[Text, ...]) -> List[Tuple[Text, Tuple[Text, ...]]]:
        """The nodes that the targets need, each after what it needs itself."""
        nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        order: Dict[Text, Tuple[Text, ...]] = {}

        def put(name: Text) -> None:
            if name in order or name not in nodes:
                return
            needs = tuple(nodes[name].needs.values())
            for need in needs:
                put(need)
            order[name] = needs

        for name in nodes:
            put(name)
        return list(order.items())


def install() -> None:
    """Has Rasa run its graph with this; to be called once, before the agent is loaded."""
    import rasa.core.processor

    rasa.core.processor.DaskGraphRunner = InOrder
