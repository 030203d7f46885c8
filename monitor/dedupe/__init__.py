"""What one article is to another, and to the articles already stored.

Pure: texts and candidates in, verdicts with their evidence out. The near-copy index only nominates; here exact shingle
sets, numbers and names in equal context decide. Knows nothing of the store, and needs no numpy: it runs inside the
writer's transaction.
"""

from monitor.dedupe.comparison import RULE_VERSION, Comparison, compare

__all__ = ["RULE_VERSION", "Comparison", "compare"]
