"""Named contacts and deputies, carried over: a member answers for a neighbourhood of their own team only."""

from collections.abc import Iterable, Sequence

from npt.kit.refusals import Refusal
from npt.reorganisation.actions.scene import ENDS, Chosen, Line, Option, Scene
from npt.staffing.actions import change_contact, name_contact
from npt.staffing.models import Contact
from npt.staffing.queries import contacts_of
from npt.staffing.rules import ContactKind


class Contacts:
    """Each contact as contact or deputy of a neighbourhood that opens, or no longer."""

    heading = "Named contacts"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """Of those named on the first day: the first contact stays it, another becomes the deputy."""
        taken: set[tuple[str, ContactKind]] = set()
        for each in _standing(scene):
            options = [
                Option(f"{kind.value}:{code}", f"{kind.wording.capitalize()} of {name} ({code})")
                for code, name in _opening(scene, each)
                for kind in ContactKind
            ]
            usual = self._usual(scene, each, taken)
            if usual != ENDS:
                kind, _, code = usual.partition(":")
                taken.add((code, ContactKind(kind)))
            yield Line(
                f"contact_{each.id}",
                f"{each.member.name}, {each.kind.wording} of {scene.name_of(each.unit_id)}",
                f"{each.id}.{each.version}",
                (*options, Option(ENDS, "Named no longer")),
                (usual,),
            )

    def _usual(self, scene: Scene, contact: Contact, taken: set[tuple[str, ContactKind]]) -> str:
        team = scene.of(contact.unit_id).parent_id
        for code, _ in _opening(scene, contact):
            of_team = next(each.team for each in scene.plan.openings if each.code == code)
            if scene.teams[of_team].id != team:
                continue
            for kind in (contact.kind, ContactKind.DEPUTY):
                if (code, kind) not in taken:
                    return f"{kind.value}:{code}"
        return ENDS

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """Each entry has ended with its neighbourhood; who is chosen is named from the first day on."""
        standing = {each.id: each for each in _standing(scene)}
        for line in lines:
            contact = standing[line.key]
            ends_on = contact.ends_on
            if contact.starts_on <= scene.plan.last_day:
                change_contact(scene.session, contact, member=contact.member, ends_on=scene.plan.last_day)
            for value in chosen[line.name]:
                kind, _, code = value.partition(":")
                if value == ENDS:
                    continue
                try:
                    name_contact(
                        scene.session,
                        neighbourhood=scene.opened[code],
                        member=contact.member,
                        kind=ContactKind(kind),
                        starts_on=max(scene.plan.first_day, contact.starts_on),
                        ends_on=ends_on,
                    )
                except Refusal as refusal:
                    raise type(refusal)(refusal.message, field=line.name) from refusal


def _standing(scene: Scene) -> list[Contact]:
    """Who is named on the first day or later, contacts before deputies, in the order of the plan."""
    found = contacts_of(scene.session, scene.ids)
    order = {unit.id: place for place, unit in enumerate(scene.closing.values())}
    lasting = [each for each in found if each.ends_on is None or each.ends_on >= scene.plan.first_day]
    return sorted(
        lasting, key=lambda each: (each.kind is not ContactKind.CONTACT, order[each.unit_id], each.id)
    )


def _opening(scene: Scene, contact: Contact) -> list[tuple[str, str]]:
    """Codes and names of the neighbourhoods that take over from the contact's."""
    codes = scene.plan.taking_over(scene.of(contact.unit_id).code)
    return [(each.code, each.name) for each in scene.plan.openings if each.code in codes]
