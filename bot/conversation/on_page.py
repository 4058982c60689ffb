"""A comment or a post on the page: one short public reply with the number, one private reply with the rest."""

from dataclasses import replace

from bot.conversation.acts import AddReport, OpenCase, SayPrivately, SayUnder, ToDo
from bot.conversation.heard import Heard, Turn
from bot.conversation.names import CityNames
from bot.conversation.phrases import id as phrases
from bot.conversation.report import Receipt, joined, receipt_for, same_trouble, tell_of_the_rest
from bot.conversation.state import Talk
from bot.events import PageCommented, PageMentioned, VisitorPosted
from models.domain.category import Channel, Intent
from routing.understanding import Understanding

OnPage = PageCommented | VisitorPosted | PageMentioned


def target(event: OnPage) -> tuple[str, str]:
    """(what a private reply answers, what a public reply stands under)"""
    match event:
        case PageCommented(comment_id=comment, answer_to=parent):
            return comment, parent
        case PageMentioned(comment_id=comment, post_id=post):
            return comment or post, comment or post
        case VisitorPosted(post_id=post):
            return post, post


def channel(event: OnPage) -> Channel:
    return Channel.POST if isinstance(event, VisitorPosted) else Channel.COMMENT


def on_page(talk: Talk, heard: Heard, event: OnPage, city: CityNames) -> Turn:
    """Complaints make a case. A question is invited to Messenger; tags, jokes and thanks are left in peace."""
    if heard.understanding is None or heard.decision is None:
        return Turn(talk=talk)
    if heard.understanding.intent.makes_a_case:
        return _report(talk, heard, event, heard.understanding, city)
    if heard.understanding.intent in {Intent.QUESTION, Intent.STATUS}:
        _, under = target(event)
        return Turn(talk=talk, todo=(SayUnder(text=phrases.public_invitation(), under=under),))
    return Turn(talk=talk)


def _report(talk: Talk, heard: Heard, event: OnPage, understanding: Understanding, city: CityNames) -> Turn:
    comment, under = target(event)
    mine = same_trouble(heard.own_cases, understanding)
    known = mine or heard.joins
    if known is not None:
        added = AddReport(
            number=known.number,
            text=event.text,
            channel=channel(event),
            comment_id=comment,
            answer_under=under,
        )
        text = phrases.added_to(known.number) if mine else joined(heard, known, city)
        return _told(talk, heard, known.number, Receipt(text=text), added, comment, under)
    if heard.decision is None:
        raise ValueError("a report needs its text decided")
    opened = OpenCase(
        number=heard.fresh_number,
        text=event.text,
        channel=channel(event),
        understanding=understanding,
        decision=heard.decision,
        comment_id=comment,
        answer_under=under,
    )
    receipt = receipt_for(heard.fresh_number, understanding, heard.decision, city)
    turn = _told(talk, heard, heard.fresh_number, receipt, opened, comment, under)
    return replace(turn, todo=(*turn.todo, *tell_of_the_rest(heard.fresh_number, understanding, city)))


def _told(
    talk: Talk, heard: Heard, number: str, receipt: Receipt, first: ToDo, comment: str, under: str
) -> Turn:
    # Who wrote the comment has most likely never talked to us: the private reply says that we are a bot.
    private = f"{receipt.text}\n{phrases.INTRODUCTION}"
    todo = (
        first,
        SayUnder(text=_thanks(heard, number), under=under, number=number),
        SayPrivately(text=private, under=comment, choices=receipt.choices, number=number),
    )
    asking = receipt.asking or talk.asking
    return Turn(talk=replace(talk, introduced=True, asking=asking, last_case=number), todo=todo)


def _thanks(heard: Heard, number: str) -> str:
    """Varied: Facebook takes no comment that reads like the Page's last one."""
    emergency = heard.understanding is not None and heard.understanding.emergency
    if heard.joins is None or heard.joins.number != number:
        return phrases.public_thanks(number, emergency=emergency)
    joined_them = phrases.public_joined(number, heard.others + 1)
    return f"{phrases.CALL_112} {joined_them}" if emergency else joined_them
