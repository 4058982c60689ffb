"""The pretend Facebook and the pretend groups, for the demo and the tests alone."""

from app.pretend.main import PretendConfig, PretendDesk, PretendGroup, clock_of, create_pretend

__all__ = ["PretendConfig", "PretendDesk", "PretendGroup", "clock_of", "create_pretend"]
