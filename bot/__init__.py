"""The composition root: what runs, sends, ticks and reports; no rule of the product is here."""
