"""Pages that stand in front of an article: bot checks, consent walls, paywalls, "not found" in words."""

from __future__ import annotations

import hashlib
from html import escape

from writethru.press.plays import Site
from writethru.press.template import encode


def challenge(site: Site, path: str, look: int) -> bytes:
    """A bot check; its reference number changes with every look, as they do."""
    reference = hashlib.blake2b(f"{site.host}{path}{look}".encode(), digest_size=8).hexdigest()
    return encode(_CHALLENGE.format(host=escape(site.host), reference=reference))


def consent(site: Site) -> bytes:
    """A cookie wall in place of the article."""
    return encode(_CONSENT.format(name=escape(site.name), lang=escape(site.language)))


def soft_404(site: Site) -> bytes:
    """ "Page not found" in words, with status 200."""
    return encode(_SOFT_404.format(name=escape(site.name), lang=escape(site.language), home=f"http://{site.host}/"))


def subscribe_box(page: bytes, site: Site) -> bytes:
    """Put a subscription box and ``isAccessibleForFree: false`` into a page that holds only a teaser."""
    box = encode(_WALL.format(name=escape(site.name)))
    for end in (b"</article>", b"</main>", b"</body>"):
        if end in page:
            before, _, after = page.rpartition(end)
            page = before + box + end + after
            break
    else:
        page += box
    return page.replace(b"</head>", _NOT_FREE + b"</head>", 1)


def plain_status(status: int, phrase: str, host: str) -> bytes:
    """The short page that comes with an error status."""
    title = f"{status} {phrase}"
    return encode(
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1>\n<p>{escape(host)}</p></body></html>\n"
    )


_NOT_FREE = (
    b'<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
    b'"isAccessibleForFree": false, "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false, '
    b'"cssSelector": ".paywall"}}</script>\n'
)

_WALL = """<div class="paywall" data-paywall="hard">
<h2>Subscribe to continue reading</h2>
<p>This article is for subscribers of {name}. Get unlimited access for 1.50 a week in the first year.</p>
<p><a class="button" href="/subscribe">Subscribe now</a> Already a subscriber? <a href="/signin">Sign in</a></p>
</div>
"""

_CHALLENGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Just a moment...</title>
<meta name="robots" content="noindex,nofollow">
<meta http-equiv="refresh" content="375">
<script>window._chl_opt = {{cType: 'managed', cRay: '{reference}', cZone: '{host}'}};</script>
</head>
<body class="no-js">
<div class="main-wrapper" role="main"><div class="main-content">
<h1>{host}</h1>
<h2 id="challenge-running">Checking if the site connection is secure</h2>
<noscript><div id="challenge-error-text">Enable JavaScript and cookies to continue</div></noscript>
<p>{host} needs to review the security of your connection before proceeding. Please verify you are human.</p>
<form id="challenge-form" action="/cdn-cgi/challenge-platform/" method="post">
<input type="hidden" name="r" value="{reference}"></form>
</div></div>
<div class="footer"><p>Ray ID: <code>{reference}</code></p>
<p>Performance and security checks protect this site from bots</p></div>
</body>
</html>
"""

_CONSENT = """<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><title>Before you continue to {name}</title></head>
<body>
<div id="consent-wall" class="consent cmp-container" role="dialog" aria-modal="true">
<h1>We value your privacy</h1>
<p>{name} and our 812 partners store and access information on a device, such as cookies, and process personal data
for personalised advertising, audience measurement and development of services. To go on to the article, accept
the use of cookies or manage your choices. You can withdraw your consent at any time.</p>
<form method="post" action="/consent"><button name="consent" value="all">Accept all</button>
<button name="consent" value="manage">Manage options</button></form>
<p><a href="/privacy">Privacy policy</a> <a href="/cookies">Cookie policy</a></p>
</div>
</body>
</html>
"""

_SOFT_404 = """<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><title>Page not found - {name}</title></head>
<body>
<header><a href="{home}">{name}</a></header>
<main><h1>Sorry, we can't find that page</h1>
<p>The page you are looking for may have been moved or deleted. Check the address, or go back to the home page.</p>
<form action="/search"><input name="q" aria-label="Search"><button>Search</button></form></main>
</body>
</html>
"""
