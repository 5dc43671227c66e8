"""What holds for every test: examples that hypothesis makes up may take as long as a busy machine needs."""

from hypothesis import settings

settings.register_profile("unhurried")
settings.load_profile("unhurried")
