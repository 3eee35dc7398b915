"""A device that doesn't do what it should: which one, what's wrong with it, and what to try."""

import re
from datetime import datetime, timedelta

from actions.going_on import GoOn
from actions.guided_help import GuidedHelp
from actions.guides import Problem, guides, problem_in
from actions.misunderstanding import ask_for_other_words
from actions.shop import Device, Order
from actions.shop_statuses import DeviceStatus
from actions.turn import Turn
from actions.words import day_words
from actions.workplace import look_up

OTHER_THINGS = frozenset(
    re.findall(
        r"\w+",
        "airpods bulb bulbs camera computer console doorbell earbuds headphones headset hub keyboard laptop monitor"
        " mouse pc phone plug printer scanner speaker speakers stick television telly thermostat tv vacuum watch",
    )
)
OWN_THINGS = frozenset({"device", "ereader", "reader", "readers", "tablet"})
"""What people call the things that they have registered with the shop."""
HARDWARE = frozenset({"broken", "power", "screen", "frozen"})
"""Problems that no setting mends once the steps are through: the device may be sent back."""
OWN_QUESTIONS = frozenset({"pick_device", "device_problem"})
NOT_UNDERSTOOD = frozenset({"nlu_fallback", "out_of_scope", "digital_content"})
NOT_USABLE = {DeviceStatus.LOST: "utter_device_lost", DeviceStatus.REMOVED: "utter_device_removed"}


class DeviceHelp(GuidedHelp):
    """Goes through what can be tried with a device; what is known about the customer's own is taken into account."""

    title = "action_device_help"
    topics = ("device_help",)
    words = "utter_device_step_"
    all_tried = "utter_device_all_tried"
    reason = "device"

    async def begin(self, turn: Turn, named: Problem | None) -> None:
        """Which device, then which problem, then the first step."""
        devices = await self._devices(turn)
        if turn.question in OWN_QUESTIONS and turn.intent in NOT_UNDERSTOOD and (named is None or len(devices) > 1):
            ask_for_other_words(turn)
        elif len(devices) > 1:
            turn.remember(device_problem=named.problem if named else None)
            turn.ask_to_pick([_button(device, named) for device in devices], "pick_device")
        else:
            await self._with(turn, devices[0] if devices else None, named)

    async def _with(self, turn: Turn, device: Device | None, named: Problem | None) -> None:
        turn.remember(device=device.device_id if device else None)
        if device and device.status in NOT_USABLE:
            turn.say(NOT_USABLE[device.status], model=device.model)
            turn.offer_person(self.reason)
        elif named is None:
            turn.ask("device_problem")
        else:
            await super().begin(turn, named)

    async def show(self, turn: Turn, step: str) -> None:
        """A device that is known to need an update is told so in numbers."""
        device = await self._device(turn) if step == "update" else None
        if device and _is_old(turn, device):
            newest = turn.policy.devices.newest_software[device.model]
            turn.say("utter_device_step_update_to", model=device.model, software=device.software, newest=newest)
            turn.ask("step_worked")
        else:
            await super().show(turn, step)

    async def end(self, turn: Turn, problem: Problem) -> None:
        """What is broken may go back while its return time lasts; else a person goes on."""
        device = await self._device(turn) if problem.problem in HARDWARE else None
        until = await self._may_go_back_until(turn, device) if device else None
        if device is None or until is None:
            turn.say(self.all_tried if problem.steps else "utter_device_broken")
            turn.offer_person(self.reason)
        else:
            turn.remember(order_number=device.order_number)
            turn.say("utter_device_may_go_back", model=device.model, until=day_words(until, turn.now, turn.zone))
            turn.ask("return_device")

    async def suits(self, turn: Turn, step: str) -> bool:
        """A device that has the newest software needs no update."""
        device = await self._device(turn) if step == "update" else None
        return device is None or _is_old(turn, device)

    def named(self, turn: Turn) -> Problem | None:
        """None of the problems that were offered is another one; what was named before a device was picked counts."""
        if turn.question == "device_problem" and turn.intent == "deny":
            return self.guide[-1]
        named = super().named(turn) or (
            problem_in(turn.text, self.guide) if turn.question == "device_problem" else None
        )
        before = turn.slot("device_problem") if turn.question == "pick_device" else None
        return named or (self.problem(before) if before else None)

    async def _devices(self, turn: Turn) -> list[Device]:
        """Those that may be meant: the one picked or named, else all that are in use; none for who isn't signed in."""
        if not turn.context.customer:
            return []
        own = await look_up(self.workplace.shop.all_of, Device, turn.context.customer)
        given = {str(thing.get("value")) for thing in turn.given("device")}
        if not given and _is_other_thing(turn.text):
            return []
        picked = given or {turn.slot("device") or ""}
        meant = [device for device in own if device.device_id in picked] or _named(turn.text, own)
        return meant or [device for device in own if device.status is DeviceStatus.ACTIVE] or own[:1]

    async def _device(self, turn: Turn) -> Device | None:
        devices = await self._devices(turn) if turn.slot("device") else []
        return devices[0] if devices else None

    async def _may_go_back_until(self, turn: Turn, device: Device) -> datetime | None:
        number = device.order_number
        order = await look_up(self.workplace.shop.order_of, device.customer_id, number) if number else None
        arrived = _arrived(order) if order else None
        until = arrived + timedelta(days=turn.policy.returns.within_days) if arrived else None
        return until if until and turn.now <= until else None


class PickDevice(GoOn):
    """For a device in the customer's own words: "my Lark Reader" may sound as if it were about books."""

    title = "action_pick_device"

    async def answer(self, turn: Turn) -> None:
        """Go on with the device, unless the words tell a trouble with what is on it."""
        if turn.intent == "digital_content" and problem_in(turn.text, guides()["digital_content"]):
            turn.take_up(turn.intent)
        await super().answer(turn)


class ReturnDevice(GoOn):
    """For *yes* to sending a broken device back."""

    title = "action_return_device"

    async def answer(self, turn: Turn) -> None:
        """Turn to the return of the device's order."""
        turn.remember(steps_device_help=None)
        turn.take_up("return_item")
        turn.remember(unfinished=None, page_order=turn.context.order)
        await super().answer(turn)


def _named(text: str, devices: list[Device]) -> list[Device]:
    """The devices whose model is in the text; the longest name counts, as one model's name may begin another's."""
    found = [device for device in devices if device.model.lower() in text.lower()]
    longest = max((len(device.model) for device in found), default=0)
    return [device for device in found if len(device.model) == longest]


def _is_other_thing(text: str) -> bool:
    """Whether a text is about something that isn't registered with the shop, such as a printer."""
    words = set(re.findall(r"\w+", text[:1_000].lower()))
    return bool(words & OTHER_THINGS) and not words & OWN_THINGS


def _button(device: Device, named: Problem | None) -> dict[str, str]:
    problem = f',"problem":"{named.problem}"' if named else ""
    return {
        "title": f"{device.model} ({device.name})",
        "payload": f'/device_help{{"device":"{device.device_id}"{problem}}}',
    }


def _arrived(order: Order) -> datetime | None:
    return max((parcel.delivered_at for parcel in order.shipments if parcel.delivered_at), default=None)


def _is_old(turn: Turn, device: Device) -> bool:
    newest = turn.policy.devices.newest_software.get(device.model, "0")
    return _parts(device.software) < _parts(newest)


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()]
