"""The outside world in: an update, a hook, a CSV row becomes one event; no decisions here."""
