"""What is to be done: forward, say whose it is, ask for what is missing, hand to a person, or just answer."""

from datetime import datetime

from models.domain.category import Category
from models.domain.place import Place
from routing.assign import Assignment, Rules, area_of, assign_text
from routing.decision import AskCategory, AskPlace, Decision, HandToTriage, JustAnswer, NotOurs, RouteTo
from routing.understanding import Understanding

#: Who is sent when life is in danger and the owner is outside the city.
DISASTER = "BPBD"

#: Offered when a text names a trouble but not of what kind: the three most reported ones.
COMMONEST = (Category.SAMPAH, Category.JALAN_RUSAK, Category.DRAINASE_BANJIR)


def decide(understanding: Understanding, *, at: datetime, rules: Rules) -> Decision:
    """The answer to a text that was understood. ``at`` is when the citizen wrote it, aware."""
    if not understanding.intent.makes_a_case:
        return JustAnswer(intent=understanding.intent)
    category = understanding.category
    if category is None or understanding.agency is None:
        if understanding.emergency:
            return HandToTriage(why="an emergency of unclear kind")
        return AskCategory(options=COMMONEST)
    if understanding.category_confidence < rules.sure and not understanding.emergency:
        return AskCategory(options=tuple(guess.category for guess in understanding.category_top3[:3]))
    assignment = Assignment(
        agency=understanding.agency,
        beyond=understanding.beyond,
        area=area_of(understanding.agency, understanding.place, rules),
    )
    return _decide(
        category,
        understanding.place,
        assignment,
        emergency=understanding.emergency,
        at=at,
        rules=rules,
        questions_left=True,
    )


def decide_case(
    *,
    category: Category,
    place: Place,
    emergency: bool,
    text: str,
    at: datetime,
    rules: Rules,
    questions_left: bool,
) -> Decision:
    """The answer once a citizen has told the category or the place. ``text`` is all they wrote on the matter."""
    assignment = assign_text(category, place, text, rules, emergency=emergency)
    return _decide(
        category,
        place,
        assignment,
        emergency=emergency,
        at=at,
        rules=rules,
        questions_left=questions_left,
    )


def _decide(
    category: Category,
    place: Place,
    assignment: Assignment,
    *,
    emergency: bool,
    at: datetime,
    rules: Rules,
    questions_left: bool,
) -> Decision:
    target = rules.targets[category]
    if not assignment.is_city and not emergency:
        return NotOurs(owner=assignment.agency)
    if category is Category.LAINNYA and not emergency:
        return HandToTriage(why="no agency is named for this matter")
    if target.needs_place and not place.is_known and not emergency:
        if questions_left:
            return AskPlace(kecamatan=place.kecamatan_candidates)
        return HandToTriage(why="the place is not clear")
    return RouteTo(
        # Whoever owns the live wire: where life is in danger somebody in the city is sent.
        opd=assignment.agency if assignment.is_city else DISASTER,
        area=assignment.area,
        beyond=assignment.beyond if assignment.is_city else assignment.agency,
        respond_due_at=rules.working_days.due(at, target.respond_days),
        due_at=rules.working_days.due(at, target.resolve_days),
    )
