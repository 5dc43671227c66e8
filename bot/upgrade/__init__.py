"""Another version in the place of this one, with a way back: `zabota upgrade`."""
