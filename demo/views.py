"""The views that Baton reads, as queries on the demo shop's tables; `actions/shop_rows.py` says what they promise."""

VIEWS = {
    "baton_customers": "SELECT customer_id, name, email, joined_at FROM customers",
    "baton_orders": """
        SELECT number, customer_id, email, status, currency, total_cents, placed_at, cancelled_at, returned_at, ship_to
        FROM orders""",
    "baton_order_items": """
        SELECT order_number, line, l.sku, title, quantity, unit_cents, kind, shipment_id
        FROM order_lines l JOIN products p ON p.sku = l.sku""",
    "baton_shipments": """
        SELECT shipment_id, order_number, parcel, carrier, tracking_number, status, shipped_at, promised_at,
               expected_at, delivered_at, delay_reason, missing_reported_at
        FROM parcels""",
    "baton_scans": "SELECT shipment_id, scanned_at, kind, detail, place FROM parcel_scans",
    "baton_charges": """
        SELECT charge_id, customer_id, order_number, purchase_id, description, amount_cents, currency, status,
               charged_at, card_last4, subscription_id
        FROM charges""",
    "baton_returns": """
        SELECT return_id, order_number, customer_id, line, b.status, asked_at, received_at
        FROM returns b JOIN orders o ON o.number = b.order_number""",
    "baton_refunds": """
        SELECT refund_id, r.charge_id, customer_id, order_number, return_id, r.amount_cents, currency, r.status,
               asked_at, due_at, paid_at
        FROM refunds r JOIN charges c ON c.charge_id = r.charge_id""",
    "baton_purchases": """
        SELECT p.purchase_id, p.customer_id, app, title, p.coins, COALESCE(e.coins, 0) AS coins_delivered,
               p.amount_cents, p.currency,
               CASE WHEN EXISTS (SELECT 1 FROM charges c JOIN refunds r ON r.charge_id = c.charge_id
                                 WHERE c.purchase_id = p.purchase_id) THEN 'refunded'
                    WHEN p.delivered_at IS NULL THEN 'not_delivered' ELSE 'delivered' END AS status,
               bought_at, delivered_at
        FROM coin_purchases p LEFT JOIN coin_entries e ON e.purchase_id = p.purchase_id""",
    "baton_subscriptions": """
        SELECT subscription_id, customer_id, title, amount_cents, currency, period, status, started_at, renews_at,
               ended_at
        FROM subscriptions""",
    "baton_devices": """
        SELECT device_id, customer_id, order_number, model, name, software, status, registered_at, last_seen_at
        FROM devices""",
    "baton_library": """
        SELECT customer_id, l.sku, title, 'book' AS kind, order_number, added_at
        FROM library l JOIN products p ON p.sku = l.sku""",
}
