"""What is read once for all tests of the judgement."""

import pytest

from app.knowledge import Knowledge, load_knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()
