"""Sums of money and other figures.

Flags that a figure can carry, each a doubt that is kept and not repaired:

    truncated_amount: a small bare sum that ends a sentence or quotation about large ones.
    currency_assumed: the country of the sign or noun is not written, and could be another.
    currency_unknown: the text does not tell which of several currencies is meant (None).
    currency_by_date: a former currency, by the date in the sum's sentence.
    currency_carried: written without a currency, which is that of the sum beside it.
    vague_amount: "billions of dollars": no amount.
    ocr_digits: letters among the digits: no amount.
    raised_digits: raised digits behind its own ("$4⁹⁹"), cents, power or note: no amount.
    ambiguous_separator: "R$1.500", read as one and a half.
    scale_unclear: "$5" in "$5 and $6 million".
    rounded: a share that no decimal gives exactly ("a third").
"""

from pipeline.nlp.money.find import find_figures, find_money

__all__ = ["find_figures", "find_money"]
