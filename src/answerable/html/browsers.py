"""A browser by the name that people know, from what it says of itself."""

from answerable.html.library import register

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""What stands in the string, and the browser; those that name others too stand first."""

MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)


@register.filter(name="browser")
def browser_words(agent: str) -> str:
    """Such as "Chrome on Windows"; the beginning of what no browser says; "not said" for nothing."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    machine = next((name for sign, name in MACHINES if sign in agent), "")
    if not browser:
        return agent[:40] or "not said"
    return f"{browser} on {machine}" if machine else browser
