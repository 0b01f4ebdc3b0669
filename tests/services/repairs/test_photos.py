"""Photos of devices: kept small, each once, removed with a way back."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.services.desks import Shop
from tests.factories import a_business
from tests.repairs import a_device, a_ticket


def a_picture(colour: str = "red", size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, kind)
    return kept.getvalue()


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def test_a_photo_is_kept_as_a_small_jpeg(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(), a_device())
    photo = shop.photos.add(actor, "T1", a_picture(size=(4000, 3000)), position=2)
    assert (photo.width, photo.height, photo.created_by) == (2048, 1536, "Till 1")
    with Image.open(io.BytesIO(shop.photos.jpeg(actor, photo.id))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (2048, 1536))
    assert shop.tickets.whole(actor, "T1").photos == (photo,)
    assert photo.job_id == shop.tickets.get(actor, "T1").jobs[1].id
    assert shop.tickets.history(actor, "T1")[-1].action == "photo.added"


def test_the_same_picture_twice_is_one_photo(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    first = shop.photos.add(actor, "T1", a_picture())
    assert shop.photos.add(actor, "T1", a_picture()).id == first.id
    assert shop.photos.add(actor, "T1", a_picture("blue")).id != first.id
    assert len(shop.tickets.whole(actor, "T1").photos) == 2


def test_a_removed_photo_can_be_brought_back(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    photo = shop.photos.add(actor, "T1", a_picture())
    assert shop.photos.remove(actor, photo.id).is_removed
    assert shop.tickets.whole(actor, "T1").photos == ()
    assert not shop.photos.restore(actor, photo.id).is_removed
    shop.photos.remove(actor, photo.id)
    assert shop.photos.add(actor, "T1", a_picture()).id == photo.id
    assert [one.id for one in shop.tickets.whole(actor, "T1").photos] == [photo.id]


def test_photos_of_another_business_are_not_shown(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    photo = shop.photos.add(actor, "T1", a_picture())
    other = a_business(shop, name="Next door")
    assert code_of(lambda: shop.photos.jpeg(other, photo.id)) == "photo_unknown"
    assert code_of(lambda: shop.photos.remove(other, photo.id)) == "photo_unknown"


def test_what_is_no_picture_is_refused_and_nothing_is_kept(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    assert code_of(lambda: shop.photos.add(actor, "T1", b"not a picture")) == "photo_unreadable"
    assert code_of(lambda: shop.photos.add(actor, "T9", a_picture())) == "ticket_unknown"
    assert shop.tickets.whole(actor, "T1").photos == ()


def test_photos_of_the_intake_are_kept_with_the_ticket_or_not_at_all(shop: Shop, actor: Actor) -> None:
    red, blue = (shop.photos.ready(actor, a_picture(colour)) for colour in ("red", "blue"))
    a_ticket(shop, actor, replace(a_device(), photos=(red, red)), replace(a_device(), photos=(blue,)))
    jobs = shop.tickets.get(actor, "T1").jobs
    photos = shop.tickets.whole(actor, "T1").photos
    assert sorted(one.job_id for one in photos) == [job.id for job in jobs]
    assert [one.action for one in shop.tickets.history(actor, "T1")][1:] == ["photo.added"] * 2
    many = tuple(replace(red, jpeg=red.jpeg + bytes([number])) for number in range(51))
    assert code_of(lambda: a_ticket(shop, actor, replace(a_device(), photos=many))) == "photos_many"
    assert code_of(lambda: shop.tickets.get(actor, "T2")) == "ticket_unknown"
