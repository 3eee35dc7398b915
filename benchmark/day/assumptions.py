"""What the simulated day takes for granted, each with its reason. Times are seconds unless a name says otherwise.

Sources: [C20] and [C26] are Comm100's live chat benchmark reports of 2020 and 2026, [S] is Castellanos, Yom-Tov,
Goldberg and Park, "Silent Abandonment in Text-Based Contact Centers" (2025). Where none is named it's our guess, to be
replaced by a centre's own figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from handoff.opening_hours import Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """A site: open every day from `opens` to `closes` (local hours); its share of the reps, its reps' languages."""

    name: str
    zone: str
    opens: int
    closes: int
    share: float
    languages: Mapping[str, float]

    @property
    def hours(self) -> Hours:
        """As the desk knows them."""
        return Hours(ZoneInfo(self.zone), tuple((day, 60 * self.opens, 60 * self.closes) for day in range(7)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Customers of one time zone: their share of all chats, and of their languages."""

    zone: str
    share: float
    languages: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic's share of all chats, and how much work each of its answers is beside the average."""

    share: float
    work: float = 1.0


# Three sites whose days follow each other, so that somebody is there at any hour: the shop's home, its largest foreign
# market's coast, and a site in Asia for Europe's night. Languages are those of the people who live there.
SITES = (
    SitePlan(
        name="Dublin",
        zone="Europe/Dublin",
        opens=7,
        closes=20,
        share=0.42,
        languages={"lang_de": 0.18, "lang_fr": 0.13, "lang_es": 0.14},
    ),
    SitePlan(
        name="Kennewick",
        zone="America/Los_Angeles",
        opens=6,
        closes=20,
        share=0.36,
        languages={"lang_es": 0.24, "lang_fr": 0.05, "lang_de": 0.05},
    ),
    SitePlan(
        name="Manila",
        zone="Asia/Manila",
        opens=8,
        closes=20,
        share=0.22,
        languages={"lang_es": 0.10, "lang_de": 0.06, "lang_fr": 0.06},
    ),
)

# A shop at home in Britain that sends to Europe and America.
MARKETS = (
    Market(zone="Europe/London", share=0.42, languages={"en": 0.97, "fr": 0.01, "es": 0.02}),
    Market(zone="Europe/Berlin", share=0.09, languages={"de": 0.85, "en": 0.15}),
    Market(zone="Europe/Paris", share=0.06, languages={"fr": 0.85, "en": 0.15}),
    Market(zone="Europe/Madrid", share=0.05, languages={"es": 0.85, "en": 0.15}),
    Market(zone="America/New_York", share=0.20, languages={"en": 0.90, "es": 0.10}),
    Market(zone="America/Los_Angeles", share=0.11, languages={"en": 0.84, "es": 0.16}),
    Market(zone="America/Mexico_City", share=0.03, languages={"es": 0.90, "en": 0.10}),
    Market(zone="Asia/Kolkata", share=0.04, languages={"en": 1.0}),
)

# How much people write to a shop in each hour of their own day: little at night, most before noon, again after supper.
HOURS_OF_THE_DAY = (
    *(0.9, 0.5, 0.3, 0.2, 0.2, 0.4, 1.0, 2.2, 3.9, 5.6, 6.8, 7.0),
    *(6.5, 6.3, 6.3, 6.1, 5.9, 5.8, 5.7, 5.8, 5.8, 5.0, 3.6, 1.9),
)

# Orders first, as in any shop; steps on a device take longest to write. "" is a chat without a topic.
TOPICS = {
    "track_package": Topic(share=0.08, work=0.85),
    "late_delivery": Topic(share=0.17, work=0.95),
    "delivered_not_received": Topic(share=0.09, work=1.05),
    "cancel_order": Topic(share=0.05, work=0.8),
    "change_address": Topic(share=0.03, work=0.8),
    "return_item": Topic(share=0.10, work=0.9),
    "refund_status": Topic(share=0.08),
    "charge_after_return": Topic(share=0.04, work=1.1),
    "billing_question": Topic(share=0.08, work=1.1),
    "email_setup": Topic(share=0.02, work=1.3),
    "device_help": Topic(share=0.08, work=1.3),
    "digital_content": Topic(share=0.04, work=1.15),
    "account_password": Topic(share=0.05, work=0.9),
    "missing_coins": Topic(share=0.05),
    "": Topic(share=0.04),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Skilled:
    """How much longer each answer takes who knows its subject less well, or doesn't speak the customer's language.

    A guess on the careful side: less than a third more for a complete stranger to a subject, who must look things up or
    ask; a third more through a translation. The report shows the same day with all of them 1 as well.
    """

    at_level: tuple[float, float, float, float] = (1.3, 1.15, 1.05, 1.0)
    translating: float = 1.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """One day: how many, who they are, how long things take."""

    seed: str = "baton"
    day: date = date(2026, 11, 24)
    """An ordinary Tuesday, UTC. The day before is simulated too, so that queue and history aren't empty at midnight."""
    chats: int = 20_000
    reps: int = 500
    sites: tuple[SitePlan, ...] = SITES
    markets: tuple[Market, ...] = MARKETS
    topics: Mapping[str, Topic] = field(default_factory=lambda: TOPICS)
    skilled: Skilled = field(default_factory=Skilled)

    # The stream of chats
    noise: float = 0.15
    """Each quarter of an hour is busier or quieter by a factor exp(N(0, noise)): counts in real centres vary more than
    pure chance would have it."""
    bursts: int = 3
    burst_factor: float = 1.5
    burst_minutes: int = 30
    """A carrier's fault, an outage, a mail to all customers: so many times a day half as many chats again, for half an
    hour."""
    upset: float = 0.08
    """The bot marks about one in twelve as upset, which puts them before the others."""

    # A chat
    answers: float = 6.0
    """The mean number of the rep's messages, at least 2. How long a chat lasts follows from this, the figures below and
    how many others its rep has in hand; the report says it ([C20]: 11:55 min; [C26]: 8:50 min)."""
    answer_median: float = 46
    answer_spread: float = 0.6
    """To look up and write one answer: log-normal."""
    reading: float = 40
    """To read the bot's brief or, when a chat changes hands, what was said so far."""
    noting: float = 55
    """To note topic and cause and start the refund, before the last answer."""
    pause_median: float = 34
    pause_spread: float = 0.9
    """Until the customer answers: log-normal, with the long tail of people who do other things meanwhile."""
    fades: float = 0.2
    fade_after: float = 600
    """One in five says no goodbye: the rep closes the chat after ten quiet minutes. Until then it's held but needs
    nobody."""

    # Patience
    patience_median: float = 420
    patience_spread: float = 1.1
    """How long people stay in line: log-normal, a tenth leave within 100 s and a tenth stay for half an hour. They are
    told their place and a range."""
    silently: float = 0.5
    """Of those who leave in line, how many don't say so ([S]: 71 % at one company; the widget sees some of them go)."""
    rather_writes: float = 0.25
    rather_writes_from: float = 900
    """A quarter of those who are told that it may take a quarter of an hour or more leave a message."""

    # The reps
    capacities: Mapping[int, float] = field(default_factory=lambda: {2: 0.2, 3: 0.65, 4: 0.15})
    mains: Mapping[str, float] = field(
        default_factory=lambda: {"orders": 0.52, "billing": 0.21, "devices": 0.21, "coins": 0.06}
    )
    """What somebody knows best, about as often as it's asked for."""
    newcomers: float = 0.2
    """These know their main subject at level 1 and nothing else; the others at 3 (60 %) or 2, and each further one with
    the chance `also` at 1 or 2."""
    best: float = 0.6
    also: float = 0.5
    answers_offer_median: float = 5
    answers_offer_spread: float = 0.7
    misses_offer: float = 0.03
    back_after: float = 180
    """Until a rep accepts an offer, log-normal: most are writing just then. One in thirty looks elsewhere for 20 s. Who
    is set to away after two of these notices it after three minutes."""
    shift: float = 8.5 * 3600
    starts_every: float = 1800
    """Shifts begin on the half hours, spread over the site's day so that all of it is staffed."""
    breaks: tuple[tuple[float, float], ...] = ((2 * 3600, 900), (4 * 3600, 1800), (6.5 * 3600, 900))
    """When each begins in the shift, give or take half an hour, and how long it is."""
    break_waits: float = 600
    """Who is due for a break gets nothing new and goes once all chats are closed, at the latest after ten minutes."""
    winding_down: float = 900
    """Nothing new in a shift's last quarter of an hour; what is still open as long after its end is passed on."""
    overtime: float = 900
    sick: float = 0.04
    drops: float = 0.12
    drop_shortest: float = 60
    drop_longest: float = 480
    """One in eight loses the connection once in a shift, for one to eight minutes."""

    # The desk
    lost_after: float = 45
    round_every: float = 1.0
    """The desk decides at most once a second here (twice in truth): what happens within one is decided together."""
    ranges_from_every: float = 60
    """Ranges that customers are told come from the past as it was at most a minute ago."""

    # The bad day
    outage_site: str = ""
    outage_hour: int = 14
    """UTC, among the busiest: the site's network is gone for that hour; then people are back within three minutes."""


ORDINARY = Assumptions()
BAD = Assumptions(outage_site="Dublin")
LEVEL = Skilled(at_level=(1.0, 1.0, 1.0, 1.0), translating=1.0)
"""As if everybody were as quick with any subject and language."""
