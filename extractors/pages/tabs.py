"""Panels of tabs: what a panel shows stands under the label of its tab, which the page sets elsewhere."""

from extractors.pages.blocks import MAX_CONTEXT, Container
from extractors.pages.dom import Element, elements_in, nodes_in
from extractors.pages.inline import normalise

_POINTING = ("aria-controls", "href", "data-bs-target", "data-target")
_TOGGLES = ("tab", "pill")


def is_panel(element: Element) -> bool:
    """By its role, or by the class that the common kits give it."""
    attributes = element.attributes
    return attributes.get("role") == "tabpanel" or "tab-pane" in attributes.get("class", "").split()


def name_panels(root: Element, containers: list[Container]) -> None:
    """Give each panel the label of its tab as `title`; `containers` is changed in place.

    A panel names its tab (`aria-labelledby`), or the tab its panel (`aria-controls`, or the fragment it links to).
    """
    panels = [container for container in containers if container.panel is not None]
    if not panels:
        return
    own: dict[str, Element] = {}
    pointing: dict[str, Element] = {}
    for element in elements_in(root):
        attributes = element.attributes
        if not _is_tab(element):
            continue
        if "id" in attributes:
            own.setdefault(attributes["id"], element)
        for name in _POINTING:
            if (to := attributes.get(name, "")).strip("#"):
                pointing.setdefault(to.lstrip("#"), element)
    for panel in panels:
        assert panel.panel is not None
        tab = own.get(panel.panel.get("aria-labelledby", "")) or pointing.get(panel.panel.get("id", ""))
        if tab is not None:
            text = "".join(node for node in nodes_in(tab) if isinstance(node, str))
            panel.title = normalise(text)[:MAX_CONTEXT]


def _is_tab(element: Element) -> bool:
    attributes = element.attributes
    if attributes.get("role") == "tab":
        return True
    return attributes.get("data-toggle") in _TOGGLES or attributes.get("data-bs-toggle") in _TOGGLES
