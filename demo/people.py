"""Who shops at Larkfield: a few named people, one for each kind of trouble, and names to make the others from."""

# ruff: noqa: SIM905 - lists of fifty quoted names would read worse

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A demo customer whom one can sign in as.

    `orders` pairs order numbers with cases of `demo.cases`, `subscription` is a case of `demo.subscriptions`.
    """

    customer_id: str
    name: str
    email: str
    plight: str
    orders: tuple[tuple[str, str], ...]
    coins: str | None = None
    subscription: str | None = None


PEOPLE = (
    Person(
        "C-1001",
        "Ana Lindqvist",
        "ana@example.com",
        "One order on its way, one late, one delivered",
        (("A-104210", "on_time"), ("A-104187", "late"), ("A-103954", "delivered")),
        "delivered",
    ),
    Person(
        "C-1002",
        "Ben Okafor",
        "ben@example.com",
        "An order held up by the weather",
        (("A-118320", "weather"), ("A-117004", "delivered")),
        subscription="monthly",
    ),
    Person("C-1003", "Chloe Martin", "chloe@example.com", "An order that the carrier lost", (("A-126733", "lost"),)),
    Person(
        "C-1004",
        "Dev Patel",
        "dev@example.com",
        "A parcel marked as delivered that isn't there",
        (("A-131908", "missing"), ("A-130442", "delivered")),
    ),
    Person(
        "C-1005",
        "Elif Kaya",
        "elif@example.com",
        "An order in two parcels, only one of them here",
        (("A-140027", "split"),),
    ),
    Person(
        "C-1006",
        "Farid Haddad",
        "farid@example.com",
        "An order that was cancelled, and a pass that renewed though he thought it was cancelled",
        (("A-152266", "cancelled"), ("A-151980", "delivered")),
        subscription="renewed",
    ),
    Person(
        "C-1007",
        "Grace Owusu",
        "grace@example.com",
        "One return refunded, one refund overdue",
        (("A-163415", "refund_late"), ("A-162871", "returned")),
    ),
    Person(
        "C-1008", "Hugo Brandt", "hugo@example.com", "Charged twice for one order", (("A-170939", "double_charged"),)
    ),
    Person(
        "C-1009",
        "Ines Costa",
        "ines@example.com",
        "Paid for coins that never came",
        (("A-181154", "delivered"),),
        "not_delivered",
    ),
    Person("C-1010", "Jun Tanaka", "jun@example.com", "Hasn't ordered anything yet", ()),
    Person(
        "C-1011",
        "Kofi Mensah",
        "kofi@example.com",
        "A late order, and nobody knows when it comes",
        (("A-193862", "late_no_date"),),
    ),
    Person(
        "C-1012",
        "Lea Novak",
        "lea@example.com",
        "An order that is still being packed",
        (("A-205518", "processing"), ("A-204076", "delivered")),
        subscription="ended",
    ),
    Person(
        "C-1013",
        "Mira Haas",
        "mira@example.com",
        "One return on its way to the shop, one refund on its way to her bank",
        (("A-206631", "return_on_its_way"), ("A-206140", "refund_on_its_way")),
    ),
    Person(
        "C-1014",
        "Nils Berg",
        "nils@example.com",
        "Sent an order back, and nobody thought of the refund",
        (("A-207392", "refund_forgotten"),),
    ),
    Person(
        "C-1015",
        "Oona Reilly",
        "oona@example.com",
        "Sent an order back, was paid back, then charged again",
        (("A-208815", "charged_again"),),
    ),
    Person(
        "C-1016",
        "Pia Holm",
        "pia@example.com",
        "Two readers, one of them lost, and an e-book that never reached her library",
        (("A-209310", "two_readers"),),
    ),
    Person(
        "C-1017",
        "Ravi Anand",
        "ravi@example.com",
        "One order far too late, one marked as delivered yesterday that isn't there",
        (("A-209721", "late_for_long"), ("A-209854", "left_outside")),
    ),
)

FIRST_NAMES = (
    "Ada Aisha Amir Beatriz Bo Carla Cem Dana David Edda Emil Fatima Finn Gwen Hana Henry Ida Imran Iris Jack Joana "
    "Kai Kamal Lars Lina Luca Maeve Malik Mara Mina Nadia Noor Olga Omar Paula Pete Quentin Rana Rita Rosa Said Sana "
    "Tariq Tess Uma Vera Viktor Wanda Yara Yusuf Zoe"
).split()
LAST_NAMES = (
    "Abbott Adeyemi Almeida Bauer Bennett Castillo Dahl Dubois Egan Ferrari Fischer Gupta Hansen Ibrahim Jansen Khan "
    "Kowalski Larsen Lopez Moreau Murphy Nakamura Nguyen Olsen Osei Petit Quinn Rossi Schmidt Silva Singh Sokolova "
    "Taylor Ueda Varga Walsh Weber Yilmaz Zeman"
).split()
STREETS = (
    "Mill Lane",
    "Station Road",
    "Orchard Close",
    "Harbour Street",
    "Church Row",
    "Linden Avenue",
    "Castle Hill",
    "Market Place",
)
TOWNS = ("Leeds LS1", "York YO1", "Bristol BS2", "Norwich NR3", "Cardiff CF10", "Derby DE1", "Exeter EX4", "Durham DH1")
