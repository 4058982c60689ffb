"""Made-up bodies for hypothesis: any JSON at all, and JSON that uses Facebook's own words wrongly."""

import json
from typing import Any

from hypothesis import strategies as st

from tests.bot.messenger.corpus import PAGE, PAYLOADS, body


def _words_in(value: Any) -> set[str]:  # noqa: ANN401
    if isinstance(value, dict):
        return set(value).union(*map(_words_in, value.values()))
    if isinstance(value, list):
        return set().union(*map(_words_in, value))
    return {value} if isinstance(value, str) and len(value) < 25 else set()


# Every word that Facebook uses in the corpus, and what no column can keep: half an emoji, a NUL.
WORDS = sorted(
    {"\ud83d", "a\x00b", "word:1", f"{PAGE}_9"}.union(
        *(_words_in(json.loads(file.read_bytes())) for file in PAYLOADS.values() if file.suffix == ".json")
    )
)
_words = st.sampled_from(WORDS)
_numbers = st.integers() | st.floats() | st.sampled_from([0, 1, -1, 10**11, 10**13, 10**40, int(PAGE)])
_leaves = st.none() | st.booleans() | _numbers | _words | st.text(max_size=20)


def _nest(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(_words | st.text(max_size=6), inner, max_size=6)


any_json: st.SearchStrategy[Any] = st.recursive(_leaves, _nest, max_leaves=25)


def _object_of(*names: str, of: st.SearchStrategy[Any] = any_json) -> st.SearchStrategy[dict[str, Any]]:
    """An object with some of these names, each with anything whatever under it."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, of))


_person = _object_of(
    "id", of=st.sampled_from([PAGE, int(PAGE), "7100000000000001", 7100000000000002]) | any_json
)
_payload = _object_of("url", "title", "sticker_id") | _object_of("coordinates", of=_object_of("lat", "long"))
_attachment = st.fixed_dictionaries({"type": _words, "payload": _payload | any_json}) | any_json
_message = st.builds(
    lambda parts, attached: parts | {"attachments": attached},
    _object_of("mid", "text", "is_echo", "is_deleted", "quick_reply", "reply_to", "referral", "metadata"),
    st.lists(_attachment, max_size=3) | any_json,
)
_people = st.fixed_dictionaries({"sender": _person, "recipient": _person})
_acts = _object_of("postback", "reaction", "message_edit", "referral", "optin", "delivery", "timestamp")
_messaging = st.builds(
    lambda people, act: people | act, _people, _acts | st.fixed_dictionaries({"message": _message})
)
_kinds = st.fixed_dictionaries(
    {
        "item": st.sampled_from(["comment", "post", "photo", "reaction"]),
        "verb": st.sampled_from(["add", "edited", "remove", "hide"]),
    }
)
_parts = _object_of("comment_id", "post_id", "parent_id", "message", "from", "photos", "link", "created_time")
_value = st.builds(lambda kind, parts: kind | parts, _kinds, _parts) | any_json
_change = st.fixed_dictionaries({"field": st.sampled_from(["feed", "mention", "x"]), "value": _value})

items = _messaging | _change | any_json
entries = st.fixed_dictionaries(
    {"id": st.sampled_from([PAGE, int(PAGE), "999"])},
    optional={via: st.lists(items, max_size=4) | any_json for via in ("messaging", "standby", "changes")}
    | {"time": any_json},
)
posts = st.fixed_dictionaries({"object": st.just("page"), "entry": st.lists(entries | any_json, max_size=4)})
spoiled_payloads = st.builds(
    lambda name, at, junk: body(name)[:at] + junk + body(name)[at:],
    st.sampled_from(sorted(PAYLOADS)),
    st.integers(0, 900),
    st.binary(max_size=4),
)


def written(document: object) -> bytes:
    return json.dumps(document).encode()
