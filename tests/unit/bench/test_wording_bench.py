"""Learning the weights of words: the minimum is found, and what tells the classes apart gets the weight."""

from __future__ import annotations

import numpy as np
import pytest

from bench.wording_fit import minimum
from bench.wording_train import Example, learned


def test_minimum_of_a_narrow_valley_is_found() -> None:
    curvature = np.array([1.0, 400.0])

    def cost(at: np.ndarray) -> tuple[float, np.ndarray]:
        away = at - np.array([3.0, -2.0])
        return float(curvature @ away**2 / 2), curvature * away

    assert minimum(cost, np.zeros(2)) == pytest.approx([3.0, -2.0], abs=1e-3)


def test_words_of_models_weigh_for_and_words_of_others_against() -> None:
    found = [
        Example(words={word: 1.0, "the": 1.0}, text=f"{word}-{number}", is_model=word == "prompt")
        for word in ("prompt", "garden")
        for number in range(4)
    ]

    weights = learned(found)

    assert weights["prompt"] > 0 > weights["garden"]
    assert abs(weights.get("the", 0.0)) < 0.1


def test_a_word_of_one_text_gets_no_weight() -> None:
    found = [
        Example(words={"prompt": 1.0, f"once{number}": 1.0}, text=str(number), is_model=number % 2 == 0)
        for number in range(6)
    ]

    assert not any(word.startswith("once") for word in learned(found))
