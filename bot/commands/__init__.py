"""The commands of `zabota`, a module for each family; imported only when one of them runs."""
