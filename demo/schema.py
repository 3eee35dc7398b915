"""The demo shop's own tables, and the views that it offers to Baton.

The tables are the shop's business and could be quite different elsewhere. What Baton relies on are the views
`baton_…` (`demo/views.py`), documented column by column in `actions/shop_rows.py`, and the one table that it may write:

`baton_requests(key, kind, subject, payload, status, result, asked_at, settled_at)`: something that Baton asks the shop
to do. `key` names the thing (`refund:<charge>:<return>`), so that asking twice is asking once. `payload` and `result`
are JSON. `status` is `asked` until the shop has made it `done` or `refused`; `result` then says what was done,
or why not.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

from demo.views import VIEWS

shop = MetaData()


def _time(name: str, *, optional: bool = False) -> Column:
    return Column(name, DateTime(timezone=True), nullable=optional)


def _words(name: str, *args, optional: bool = False) -> Column:
    return Column(name, Text, *args, nullable=optional)


def _cents(name: str) -> Column:
    return Column(name, Integer, CheckConstraint(f"{name} >= 0"), nullable=False)


def _key(name: str) -> Column:
    return Column(name, Text, primary_key=True)


facts = Table("shop_facts", shop, _key("name"), _words("value"))

customers = Table(
    "customers", shop, _key("customer_id"), _words("name"), _words("email"), _words("address"), _time("joined_at")
)
products = Table(
    "products", shop, _key("sku"), _words("title"), _words("blurb"), _words("kind"), _words("picture"), _cents("cents")
)
orders = Table(
    "orders",
    shop,
    _key("number"),
    _words("customer_id", ForeignKey("customers.customer_id")),
    _words("email"),
    _words("status"),
    _words("currency"),
    _cents("postage_cents"),
    _cents("total_cents"),
    _time("placed_at"),
    _time("cancelled_at", optional=True),
    _time("returned_at", optional=True),
    _words("ship_to"),
)
parcels = Table(
    "parcels",
    shop,
    _key("shipment_id"),
    _words("order_number", ForeignKey("orders.number")),
    Column("parcel", Integer, nullable=False),
    _words("carrier"),
    _words("tracking_number", optional=True),
    _words("status"),
    _time("shipped_at", optional=True),
    _time("promised_at"),
    _time("expected_at", optional=True),
    _time("delivered_at", optional=True),
    _words("delay_reason", optional=True),
    _time("missing_reported_at", optional=True),
    UniqueConstraint("order_number", "parcel"),
)
order_lines = Table(
    "order_lines",
    shop,
    Column("order_number", Text, ForeignKey("orders.number"), primary_key=True),
    Column("line", Integer, primary_key=True),
    _words("sku", ForeignKey("products.sku")),
    Column("quantity", Integer, CheckConstraint("quantity > 0"), nullable=False),
    _cents("unit_cents"),
    _words("shipment_id", ForeignKey("parcels.shipment_id"), optional=True),
)
parcel_scans = Table(
    "parcel_scans",
    shop,
    Column("shipment_id", Text, ForeignKey("parcels.shipment_id"), primary_key=True),
    Column("scanned_at", DateTime(timezone=True), primary_key=True),
    _words("kind"),
    _words("detail"),
    _words("place", optional=True),
)
coin_purchases = Table(
    "coin_purchases",
    shop,
    _key("purchase_id"),
    _words("customer_id", ForeignKey("customers.customer_id")),
    _words("app"),
    _words("title"),
    Column("coins", Integer, nullable=False),
    _cents("amount_cents"),
    _words("currency"),
    _time("bought_at"),
    _time("delivered_at", optional=True),
)
coin_entries = Table(
    "coin_entries",
    shop,
    _key("entry_id"),
    _words("customer_id", ForeignKey("customers.customer_id")),
    _words("purchase_id", ForeignKey("coin_purchases.purchase_id"), optional=True),
    Column("coins", Integer, nullable=False),
    _time("entered_at"),
    Index("one_credit_per_purchase", "purchase_id", unique=True),
)
subscriptions = Table(
    "subscriptions",
    shop,
    _key("subscription_id"),
    _words("customer_id", ForeignKey("customers.customer_id")),
    _words("title"),
    _cents("amount_cents"),
    _words("currency"),
    _words("period"),
    _words("status"),
    _time("started_at"),
    _time("renews_at", optional=True),
    _time("ended_at", optional=True),
)
charges = Table(
    "charges",
    shop,
    _key("charge_id"),
    _words("customer_id", ForeignKey("customers.customer_id")),
    _words("order_number", ForeignKey("orders.number"), optional=True),
    _words("purchase_id", ForeignKey("coin_purchases.purchase_id"), optional=True),
    _words("subscription_id", ForeignKey("subscriptions.subscription_id"), optional=True),
    _words("description"),
    _cents("amount_cents"),
    _words("currency"),
    _words("status"),
    _time("charged_at"),
    _words("card_last4"),
)
returns = Table(
    "returns",
    shop,
    _key("return_id"),
    _words("order_number", ForeignKey("orders.number")),
    Column("line", Integer),
    _words("status"),
    _time("asked_at"),
    _time("received_at", optional=True),
    _time("moved_at", optional=True),
)
refunds = Table(
    "refunds",
    shop,
    _key("refund_id"),
    _words("charge_id", ForeignKey("charges.charge_id")),
    _words("return_id", ForeignKey("returns.return_id"), optional=True),
    _cents("amount_cents"),
    _words("status"),
    _time("asked_at"),
    _time("due_at"),
    _time("paid_at", optional=True),
    _time("moved_at", optional=True),
)
devices = Table(
    "devices",
    shop,
    _key("device_id"),
    _words("customer_id", ForeignKey("customers.customer_id")),
    _words("order_number", ForeignKey("orders.number")),
    _words("model"),
    _words("name"),
    _words("software"),
    _words("status"),
    _time("registered_at"),
    _time("last_seen_at", optional=True),
)
library = Table(
    "library",
    shop,
    Column("customer_id", Text, ForeignKey("customers.customer_id"), primary_key=True),
    Column("sku", Text, ForeignKey("products.sku"), primary_key=True),
    _words("order_number", ForeignKey("orders.number")),
    _time("added_at"),
)
requests = Table(
    "baton_requests",
    shop,
    _key("key"),
    _words("kind"),
    _words("subject"),
    _words("payload"),
    Column(
        "status",
        Text,
        CheckConstraint("status IN ('asked', 'done', 'refused')"),
        nullable=False,
        server_default="asked",
    ),
    _words("result", optional=True),
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=func.current_timestamp()),
    _time("settled_at", optional=True),
)

for looked_up in (
    orders.c.customer_id,
    parcels.c.order_number,
    charges.c.customer_id,
    charges.c.order_number,
    returns.c.order_number,
    returns.c.moved_at,
    refunds.c.charge_id,
    refunds.c.moved_at,
    coin_purchases.c.customer_id,
    subscriptions.c.customer_id,
    devices.c.customer_id,
    requests.c.status,
):
    Index(f"{looked_up.table.name}_by_{looked_up.name}", looked_up)


def create_tables(db: Connection) -> None:
    """Make the tables and views that aren't there yet."""
    shop.create_all(db)
    create_views(db)


def create_views(db: Connection) -> None:
    """Make the views anew."""
    for name, query in VIEWS.items():
        db.execute(text(f"DROP VIEW IF EXISTS {name}"))
        db.execute(text(f"CREATE VIEW {name} AS {query}"))


def drop_tables(db: Connection) -> None:
    """Remove all but `baton_requests`: what was asked for outlives a new seeding."""
    for name in VIEWS:
        db.execute(text(f"DROP VIEW IF EXISTS {name}"))
    shop.drop_all(db, tables=[table for table in shop.sorted_tables if table is not requests])
