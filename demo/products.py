"""What Larkfield sells: (sku, title, blurb, kind, picture, price in pence)."""

PRODUCTS = (
    ("LAMP-01", "Reading lamp", "A warm light that clips on to a book or a bed.", "goods", "lamp", 2450),
    ("MUG-02", "Stoneware mug", "Holds a pint of tea and its heat.", "goods", "mug", 1200),
    ("THROW-03", "Wool throw", "Lambswool from the Dales, for long evenings.", "goods", "throw", 5900),
    ("BOOK-04", "The Tide Tables", "A novel about three sisters and a lighthouse.", "goods", "book", 1099),
    ("BOOK-05", "Bread in Winter", "Sixty loaves for cold kitchens.", "goods", "book", 1850),
    ("STAND-06", "Oak book stand", "Keeps a cookbook open at the right page.", "goods", "stand", 3200),
    ("READER-1", "Lark Reader", "Six inches of paper-like screen. Weeks between charges.", "device", "reader", 11900),
    ("READER-2", "Lark Reader Plus", "Larger, with buttons to turn the page.", "device", "reader", 16900),
    ("EBOOK-07", "The Tide Tables (e-book)", "To start reading this minute.", "digital", "book", 699),
    ("EBOOK-08", "Bread in Winter (e-book)", "With the tables you can tap.", "digital", "book", 899),
)
CURRENCY = "GBP"
POSTAGE = 395
COIN_PACKS = (
    ("A purse of 500 coins", 500, 499),
    ("A chest of 1,200 coins", 1200, 999),
    ("A hoard of 3,000 coins", 3000, 1999),
)
COIN_APP = "Tidepool"
SUBSCRIPTIONS = {"month": ("Lark Library", 799), "year": ("Larkfield Post Pass", 3900)}
"""By their period; the price is for one."""
CARRIERS = ("Northline", "ParcelBird", "Hare & Sons")
DEPOTS = ("Leeds depot", "Bristol depot", "Norwich depot", "Cardiff depot", "Derby depot", "York depot")
