"""The pretend Facebook and the pretend groups, for the demo and the tests alone."""

from app.pretend.main import PretendConfig, PretendGroup, create_pretend

__all__ = ["PretendConfig", "PretendGroup", "create_pretend"]
