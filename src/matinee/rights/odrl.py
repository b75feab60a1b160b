"""Licences in ODRL 2.2 (W3C Recommendation, 15 February 2018), as JSON-LD.

What ODRL has words for is said in its words: permissions and prohibitions of actions on a target,
constraints (place, time, recipient), duties (to compensate, to obtain consent). What it has no
words for (shares of revenue, caps, flow through remixes, contexts) is said in Matinee's profile, as
constraints and refinements under its own prefix. ``read`` takes back what ``policy`` wrote, in any
order of keys, and refuses what would be lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from matinee.kit.money import AmountInvalid, MicroMoney
from matinee.kit.plain import Plain

from .errors import PolicyUnreadable
from .licences import Licence, Owner, Terms

PROFILE = "https://matinee.video/odrl/1"
_CONTEXT: list[Plain] = ["http://www.w3.org/ns/odrl.jsonld", {"mat": f"{PROFILE}#"}]
_ACTIONS = {
    "personal": "mat:personal",
    "remix": "odrl:derive",
    "advertising": "mat:advertise",
    "commerce": "odrl:sell",
    "drama": "mat:dramatise",
}
_USES = {action: use for use, action in _ACTIONS.items()}
_NUMBERS = {
    "share_bps": "mat:shareBps",
    "flow_bps": "mat:flowBps",
    "depth_max": "mat:depthMax",
    "age_min": "mat:ageMin",
}
_LIMITS = {"cap": "mat:cap", "guarantee": "mat:guarantee"}


def policy(licence: Licence) -> dict[str, Plain]:
    """The licence as an ODRL policy of type Offer, or Set when nothing is allowed."""
    terms = licence.terms
    written: dict[str, Plain] = {
        "@context": _CONTEXT,
        "@type": "Offer" if terms.allowed else "Set",
        "uid": f"urn:matinee:licence:{licence.id}",
        "profile": PROFILE,
        "target": f"urn:matinee:work:{licence.work_id}",
        "mat:version": licence.version,
        "assigner": [
            {"uid": f"urn:matinee:party:{owner.party}", "mat:bps": owner.bps}
            for owner in sorted(licence.owners, key=lambda one: one.party)
        ],
    }
    if not terms.allowed:
        written["prohibition"] = [{"action": "odrl:use"}]
        return written
    constrained, paid = _constrained(terms), list(_compensation(terms))
    permissions: list[Plain] = []
    for use in sorted(terms.uses):
        duties: list[Plain] = list(paid)
        if use in terms.ask_first:
            duties.append({"action": "odrl:obtainConsent"})
        permission: dict[str, Plain] = {"action": _ACTIONS[use], **constrained}
        permissions.append({**permission, "duty": duties} if duties else permission)
    written["permission"] = permissions
    if terms.never_with:
        written["prohibition"] = [
            {"action": "odrl:use", "constraint": [_is_any("mat:context", terms.never_with)]}
        ]
    return written


def read(said: Mapping[str, object]) -> Licence:
    """The licence that ``policy`` wrote; raises ``PolicyUnreadable`` and what ``Terms`` raises."""
    try:
        return _read(said)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise PolicyUnreadable(f"{type(error).__name__} at {error}") from error
    except AmountInvalid as error:
        raise PolicyUnreadable(error.message) from error


def _read(said: Mapping[str, object]) -> Licence:
    if said.get("profile") != PROFILE:
        raise PolicyUnreadable(f"its profile is {said.get('profile')!r}, not {PROFILE!r}")
    permissions, prohibitions = _list(said.get("permission")), _list(said.get("prohibition"))
    version = said["mat:version"]
    if type(version) is not int:
        raise TypeError(version)
    found = _terms(permissions, prohibitions)
    licence = Licence(
        id=_name(said["uid"], "licence"),
        work_id=_name(said["target"], "work"),
        version=version,
        terms=Terms(**found),  # type: ignore[arg-type] # checked by Terms itself
        owners=tuple(_owner(one) for one in _list(said["assigner"])),
    )
    # What was not understood must not be lost silently: written again, it has to be the same.
    if _ordered(policy(licence)) != _ordered(dict(said)):
        raise PolicyUnreadable("it says more than Matinee's terms can hold")
    return licence


def _terms(
    permissions: list[Mapping[str, object]], prohibitions: list[Mapping[str, object]]
) -> dict[str, object]:
    if not permissions:
        return {"allowed": False, "uses": frozenset()}
    found = _unconstrained(_list(permissions[0].get("constraint")))
    asked = set()
    for permission in permissions:
        for duty in _list(permission.get("duty")):
            if duty["action"] == "odrl:obtainConsent":
                asked.add(_USES[str(permission["action"])])
            else:
                found |= _uncompensated(duty)
    for prohibition in prohibitions:
        constraint = _list(prohibition["constraint"])[0]
        found["never_with"] = frozenset(_texts(constraint["rightOperand"]))
    return {
        **found,
        "allowed": True,
        "uses": frozenset(_USES[str(one["action"])] for one in permissions),
        "ask_first": frozenset(asked),
    }


def _constrained(terms: Terms) -> dict[str, Plain]:
    made: list[Plain] = []
    if terms.only_in:
        made.append(_is_any("spatial", terms.only_in))
    if terms.never_in:
        made.append({**_is_any("spatial", terms.never_in), "operator": "isNoneOf"})
    if terms.starts_on:
        made.append(_compared("dateTime", "gteq", terms.starts_on.isoformat()))
    if terms.ends_on:
        made.append(_compared("dateTime", "lteq", terms.ends_on.isoformat()))
    if terms.age_min:
        made.append(_compared(_NUMBERS["age_min"], "gteq", terms.age_min))
    if terms.exclusive_to is not None:
        made.append(_compared("recipient", "eq", f"urn:matinee:party:{terms.exclusive_to}"))
    return {"constraint": made} if made else {}


def _unconstrained(constraints: list[Mapping[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for one in constraints:
        said, value = (one["leftOperand"], one["operator"]), one["rightOperand"]
        match said:
            case ("spatial", "isAnyOf"):
                found["only_in"] = frozenset(_texts(value))
            case ("spatial", "isNoneOf"):
                found["never_in"] = frozenset(_texts(value))
            case ("dateTime", "gteq"):
                found["starts_on"] = date.fromisoformat(str(value))
            case ("dateTime", "lteq"):
                found["ends_on"] = date.fromisoformat(str(value))
            case ("mat:ageMin", "gteq"):
                found["age_min"] = value
            case ("recipient", "eq"):
                found["exclusive_to"] = _name(value, "party")
            case _:
                raise PolicyUnreadable(f"the constraint {said} is not known")
    return found


def _compensation(terms: Terms) -> Iterator[dict[str, Plain]]:
    if terms.price is not None:
        paid = _compared("payAmount", "eq", _amount(terms.price))
        yield {"action": "odrl:compensate", "constraint": [paid]}
    shared: list[Plain] = [
        _compared(name, "eq", getattr(terms, field))
        for field, name in _NUMBERS.items()
        if field != "age_min" and getattr(terms, field)
    ]
    shared += [
        _compared(name, "eq", _amount(limit))
        for field, name in _LIMITS.items()
        if (limit := getattr(terms, field)) is not None
    ]
    if terms.share_of != "film":
        shared.append(_compared("mat:shareOf", "eq", terms.share_of))
    if shared:
        yield {"action": "mat:shareRevenue", "constraint": shared}


def _uncompensated(duty: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    fields = {name: field for field, name in (_NUMBERS | _LIMITS).items()}
    for one in _list(duty["constraint"]):
        name, value = str(one["leftOperand"]), one["rightOperand"]
        if name == "payAmount":
            found["price"] = _money(value)
        elif name == "mat:shareOf":
            found["share_of"] = value
        elif fields[name] in _LIMITS:
            found[fields[name]] = _money(value)
        else:
            found[fields[name]] = value
    return found


def _is_any(operand: str, values: Iterable[str]) -> dict[str, Plain]:
    return {"leftOperand": operand, "operator": "isAnyOf", "rightOperand": [*sorted(values)]}


def _compared(operand: str, operator: str, value: Plain) -> dict[str, Plain]:
    return {"leftOperand": operand, "operator": operator, "rightOperand": value}


def _amount(money: MicroMoney) -> dict[str, Plain]:
    return {"mat:micro": money.micro, "unit": money.currency}


def _money(value: object) -> MicroMoney:
    if not isinstance(value, Mapping) or type(value["mat:micro"]) is not int:
        raise TypeError(value)
    return MicroMoney(value["mat:micro"], str(value["unit"]))


def _owner(said: Mapping[str, object]) -> Owner:
    share = said["mat:bps"]
    if type(share) is not int:
        raise TypeError(share)
    return Owner(_name(said["uid"], "party"), share)


def _name(value: object, kind: str) -> str:
    head = f"urn:matinee:{kind}:"
    if not isinstance(value, str) or not value.startswith(head):
        raise PolicyUnreadable(f"{value!r} does not begin with {head}")
    return value.removeprefix(head)


def _list(value: object) -> list[Mapping[str, object]]:
    # JSON-LD lets one value stand for a list of one.
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]  # type: ignore[list-item] # read above


def _texts(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError(value)
    return value


def _ordered(said: object) -> object:
    """The same document with everything in one order, for comparing."""
    if isinstance(said, Mapping):
        return {key: _ordered(said[key]) for key in sorted(said)}
    if isinstance(said, list):
        return sorted((_ordered(one) for one in said), key=repr)
    return said
