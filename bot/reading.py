"""A case's words read together with an answer, since each explains the other; photos tell where both leave off."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.conversation.heard import Answered
from bot.conversation.state import Asking, Slot
from bot.counsel import Counsel
from models.domain.case import Case
from models.domain.category import Category, Channel
from models.domain.media import Photo
from models.domain.place import Place
from models.store import media, reports
from routing.understanding import Understanding


def read_together(
    session: Session,
    case: Case,
    category: Category | None,
    answer: str,
    counsel: Counsel,
    *,
    at: datetime,
    asking: Asking | None = None,
) -> Answered:
    """The case as the answer makes it, and what follows. ``answer`` may be empty: then the category is new."""
    words = [report.text for report in reports.of_case(session, case.id) if report.text]
    told = ", ".join(part for part in (*words, answer) if part)
    photos = media.photos_of_case(session, case.id)
    place = _place(case, told, answer, counsel, asking, photos)
    decision = counsel.decide_again(
        category=category, place=place, emergency=case.emergency, text=told, at=at
    )
    return Answered(category=category, place=place, decision=decision)


def told_category(text: str, understood: Understanding | None, counsel: Counsel) -> Category | None:
    """The category that an answer tells: as a sentence that is sure of it, or by a word of its button ("sampah")."""
    if understood is not None and understood.category_confidence >= counsel.rules.sure:
        return understood.category
    said = set(re.findall(r"[a-z]{3,}", text.lower()))
    titles = {
        category: set(re.findall(r"[a-z]{3,}", title.lower()))
        for category, title in counsel.city.titles.items()
    }
    shared = Counter(word for words in titles.values() for word in words)
    named = [
        category for category, words in titles.items() if any(shared[word] == 1 for word in words & said)
    ]
    return named[0] if len(named) == 1 else None


def _place(
    case: Case, told: str, answer: str, counsel: Counsel, asking: Asking | None, photos: Sequence[Photo]
) -> Place:
    if asking is None or not asking.changes:
        words = counsel.understands.understand(told, Channel.MESSENGER)
        return with_photos(told, words, photos, counsel).place
    if asking.slot is Slot.CATEGORY:
        return case.place
    # What was wrong must not be read again together with what is right.
    return counsel.understands.understand(answer, Channel.MESSENGER).place


def with_photos(
    text: str,
    understood: Understanding,
    photos: Sequence[Photo],
    counsel: Counsel,
    channel: Channel = Channel.MESSENGER,
) -> Understanding:
    """What was understood, placed by the first photo from the city where the words name no place."""
    if understood.place.is_known:
        return understood
    for photo in photos:
        lat, lon = photo.picture.lat, photo.picture.lon
        if lat is None or lon is None:
            continue
        placed = counsel.understands.understand(f"{text}, {lat:.6f}, {lon:.6f}", channel)
        if placed.place.in_city and placed.place.is_known:
            return placed
    return understood
