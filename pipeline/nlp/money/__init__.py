"""Sums of money and other figures."""

from pipeline.nlp.money.find import find_figures, find_money

__all__ = ["find_figures", "find_money"]
