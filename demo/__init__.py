"""The demo shop, Larkfield: a small, believable shop to try Baton against. Nothing else imports it."""
