"""What the bot can do, and the one place that knows the shop (`actions.shop`)."""
