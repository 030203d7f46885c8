"""Measures the near-copy rule on labelled pairs that each run makes anew, beside other libraries on the same pairs."""
