"""Under the page's posts: one number in public, the rest in private, and peace for jokes, tags and thanks."""

import hashlib
import hmac
import json

from tests.scenarios.story import Story, scenario


@scenario(79)
def test_a_comment_gets_its_number_in_public_and_the_rest_in_private(story: Story) -> None:
    rina = story.citizen("Rina")
    rina.comments("min lampu jalan di jalan kesadaran mati semua, gelap kali")
    public = rina.reads(story.number, "Dishub").rsplit("\n", 1)[-1]
    assert "Kesadaran" not in public


@scenario(80)
def test_tags_jokes_and_stickers_are_left_in_peace(story: Story) -> None:
    rina = story.citizen("Rina")
    for words in ("@Budi Santoso", "up", "wkwkwk tahun depan kali", "mantap pak wali", "👍👍"):
        rina.comments(words)
        rina.reads_nothing()
    assert story.cases() == []


@scenario(81)
def test_a_question_in_a_comment_is_invited_to_messenger(story: Story) -> None:
    rina = story.citizen("Rina")
    rina.comments("jam berapa disdukcapil buka ya min?")
    rina.reads("kirim pesan")
    assert story.cases() == []


@scenario(82)
def test_a_commenter_without_a_name_is_a_citizen_all_the_same(story: Story) -> None:
    rina = story.citizen("Seseorang")
    rina.comments("parit di jalan abu nawas tersumbat, air naik", anonymous=True)
    rina.reads(story.number)
    story.presses("PUPR", "Mulai")
    rina.reads(story.number, "sedang dikerjakan")


@scenario(83)
def test_a_post_of_a_visitor_is_a_report(story: Story) -> None:
    rina = story.citizen("Rina")
    rina.posts("Mohon bantuannya, jalan berlubang di jalan andalas makin parah")
    rina.reads(story.number, "Jalan Andalas")
    assert story.case()["channel"] == "post"


@scenario(84)
def test_a_mention_of_the_page_is_answered_where_it_stands(story: Story) -> None:
    rina = story.citizen("Seseorang di tempat lain")
    post = story.city.pretend_state()["posts"][0]["id"]
    rina.under[post] = len(story.city.public_replies(post))
    mentions(story, post, "@Pekanbaru Smart sampah menumpuk di jalan anak bangsa")
    rina.reads(story.number)


def mentions(story: Story, post: str, text: str) -> None:
    """What Facebook posts when somebody names the Page; it does not say who."""
    page = story.city.settings.facebook_page_id
    value = {"item": "post", "verb": "add", "post_id": post, "message": text}
    at = int(story.now().timestamp())
    changes = [{"field": "mention", "value": value | {"created_time": at}}]
    body = json.dumps({"object": "page", "entry": [{"id": page, "time": at, "changes": changes}]}).encode()
    key = story.city.settings.facebook_app_secret.get_secret_value().encode()
    signature = hmac.new(key, body, hashlib.sha256).hexdigest()
    story.transcript.happened("Somebody elsewhere", "mentions the page", text)
    headers = {"X-Hub-Signature-256": f"sha256={signature}", "Content-Type": "application/json"}
    kept = story.city.client.post(f"{story.city.address}/webhook/facebook", content=body, headers=headers)
    assert kept.status_code == 200
    story.goes_on()


@scenario(85)
def test_a_reply_in_a_thread_is_answered_in_that_thread(story: Story) -> None:
    rina, budi = story.citizen("Rina"), story.citizen("Budi")
    first = rina.comments("mantap pak wali")
    rina.under[first] = 0
    budi.comments("lampu jalan di jalan arofah kulim mati pak", did="answers Rina", parent_id=first)
    assert story.case()["channel"] == "comment"
    rina.reads(story.number)


@scenario(86)
def test_an_edited_comment_is_followed(story: Story) -> None:
    rina = story.citizen("Rina")
    comment = rina.comments("parit tersumbat di jalan almanak")
    rina.changes_comment(comment, "edit", "parit tersumbat di jalan almanak, sudah banjir ke rumah")
    story.card_shows("PUPR", "sudah banjir ke rumah")
    rina.reads_nothing()


@scenario(87)
def test_a_hidden_comment_stays_a_report(story: Story) -> None:
    rina = story.citizen("Rina")
    comment = rina.comments("sampah menumpuk di jalan sumatera")
    rina.changes_comment(comment, "hide")
    rina.reads_nothing()
    story.presses("DLHK", "Mulai")
    assert story.case()["state"] == "diproses"


@scenario(88)
def test_under_a_removed_comment_nothing_more_is_said(story: Story) -> None:
    rina = story.citizen("Rina")
    comment = rina.comments("jalan berlubang di jalan bahana")
    rina.changes_comment(comment, "remove")
    story.presses("PUPR", "Mulai")
    rina.reads_nothing()


@scenario(89)
def test_who_answers_the_private_reply_is_told_in_messenger_from_then_on(story: Story) -> None:
    rina = story.citizen("Rina")
    rina.comments("jalan hang jebat berlubang besar, sudah ada yang jatuh")
    rina.writes("makasih min")
    story.presses("PUPR", "Terima")
    rina.reads("sudah diterima petugas")
    assert len(rina.heard) == 1


@scenario(90)
def test_who_stays_silent_is_told_in_public_without_details(story: Story) -> None:
    rina = story.citizen("Rina")
    rina.comments("pohon miring hampir tumbang, lampu jalan di jalan ali haji juga mati")
    rina.comments("lampu jalan mati di jalan bakti husada")
    number = story.cases()[-1]["number"]
    story.presses("DISHUB", "Selesai", number)
    told = rina.reads(number, "dinyatakan selesai")
    assert "Bakti" not in told


@scenario(91)
def test_a_comment_without_a_place_is_asked_in_private_and_answered_in_messenger(story: Story) -> None:
    rina = story.citizen("Rina")
    rina.comments("min lampu jalan mati udah seminggu")
    rina.reads("lokasinya", story.number)
    rina.writes("di jalan angrek putih")
    rina.reads("Jalan Angrek Putih", "Dishub")
    assert story.case()["state"] == "diteruskan"


@scenario(92)
def test_danger_in_a_comment_names_112_in_public_too(story: Story) -> None:
    rina = story.citizen("Rina")
    comment = rina.comments("kebakaran rumah di jalan sumatera tolong ada orang di dalam!!")
    assert story.city.public_replies(comment)[0].startswith("Segera telepon 112")


@scenario(93)
def test_ten_people_under_one_post_make_one_case_with_ten_followers(story: Story) -> None:
    people = [story.citizen(f"Warga {number}") for number in range(1, 11)]
    for person in people:
        person.comments("banjir di depan pasar cik puan min tolong")
    assert story.case()["reports"] == 10
    story.presses("PUPR", "Mulai")
    assert all("sedang dikerjakan" in person.reads(story.number) for person in people)


@scenario(94)
def test_thanks_in_a_comment_make_no_case(story: Story) -> None:
    rina = story.citizen("Rina")
    rina.comments("terima kasih pak wali, jalan kami sudah mulus")
    rina.reads_nothing()
    assert story.cases() == []
