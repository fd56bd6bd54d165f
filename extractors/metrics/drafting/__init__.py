"""A first card drafted from a page: metrics from the units, labels and words of its figures, each tried on the page.

figures → groups (`grouping`, `tables`: which state the same) → metrics (`fitting`: the wording that takes them and no
others; `together`: side by side) → examples → text (`writing`). Pure, like the reading that it starts from.
"""

from extractors.metrics.drafting.drafts import draft, head_of
from extractors.metrics.drafting.model import Draft
from extractors.metrics.drafting.writing import card_lines

__all__ = ["Draft", "card_lines", "draft", "head_of"]
