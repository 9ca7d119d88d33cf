"""Which box of the page holds the article's text.

Every segment earns a weight from its own length, links and place; weights add up outwards. The
choice walks from the page inwards as long as one box holds nearly everything, so that it is the
article's own text that decides and not the furniture around it.
"""

from __future__ import annotations

from writethru.extraction.marks import Mark
from writethru.extraction.phrases import ends_sentence, furniture_phrase
from writethru.extraction.tree import Frame, Page, Segment

DESCEND = 0.8  # go on inwards while one child holds this share of the weight
LITTLE = 600.0  # weight of three or four paragraphs
ALONE = 0.96  # inside a box marked as body, only a child with nearly all of the weight is its column
FLAGGED = 0.08  # what a weight keeps when it leaves a box marked as furniture
MARKED_SHARE = 0.45  # a box marked as article body needs this share of the page's weight
LITTLE_PAGE = 1800.0  # with so little on the page, what else stands on it can outweigh a first report of two paragraphs
HEAD_BOX = 150.0  # the box of the heading holds at least a paragraph
MARKED_BESIDE_HEAD = 0.35  # and the box marked as body in it so much of its weight
FORM_BOX = 150.0  # a box with a form and less running text than this is not the article's
_PARAGRAPH_CAP = 800
DENSE = 2.5  # one Chinese, Japanese or Korean character says about as much as this many letters
_DENSE_SCRIPTS = "\u2e80"  # and everything after it in Unicode

_TEXT_TAGS = {"p": 1.0, "li": 0.35, "dd": 0.4, "blockquote": 0.9, "pre": 0.5, "td": 0.6, "h1": 0.0}
_TEXT_TAGS |= dict.fromkeys(("h2", "h3", "h4", "h5", "h6", "figcaption", "caption", "th", "dt", "legend"), 0.0)
_CAPPED = ("html", "body")

# A box named as furniture that holds more running text of its own than this is a wrapper of the
# article, whatever its name; boxes named in HARD stay furniture however much they hold.
_LIMITS = (
    (Mark.PULLQUOTE, "pull-quote", 1500.0),  # in an <aside> too
    (Mark.FURNITURE, "box", 1500.0),
    (Mark.TEASER, "teaser", 600.0),
    (Mark.FOLDED, "folded", 200.0),
    (Mark.WEAK, "weak-box", 200.0),
)


def weigh(segment: Segment) -> float:
    """How much a segment looks like running text, from itself alone."""
    text = segment.text
    length = float(len(text) - segment.link_chars)
    if text[0] >= _DENSE_SCRIPTS:
        length *= DENSE
    if length < 25 or segment.link_density > 0.5:
        return 0.0
    weight = _TEXT_TAGS.get(segment.frame.tag, 0.8) * min(length, _PARAGRAPH_CAP)
    if segment.frame.tag != "p" and length < 80:
        weight *= 0.3
    if not ends_sentence(text):
        weight *= 0.4
    if len(text) < 200 and furniture_phrase(text):
        return 0.0
    return weight


def choose_container(page: Page) -> Frame | None:
    """The frame that holds the body, or None where nothing looks like running text."""
    if not page.frames:
        return None
    _add_up(page)
    root = page.frames[0]
    if root.total <= 0:
        return _short_piece(page)
    if root.total < LITTLE_PAGE and (beside := _beside_heading(page)):
        return beside
    path = _descend(page, root)
    chosen = _marked(page, root, path[-1]) or path[-1]
    if chosen in path:
        chosen = _columns(path[path.index(chosen) :])
    if chosen.total < LITTLE and any(box.furniture == "box" for box in chosen.chain()):
        return _short_piece(page)  # all running text of the page stands in its footer or a dialog
    return chosen


def _beside_heading(page: Page) -> Frame | None:
    """On a page with little text: the one box marked as body in the box of the page's first heading."""
    head = next((frame for frame in page.frames if frame.tag == "h1" and not frame.around & Mark.HIDDEN), None)
    around = next((box for box in head.chain() if box.total >= HEAD_BOX), None) if head else None
    if around is None:
        return None
    marked = [
        frame
        for frame in page.frames[around.order + 1 : around.last + 1]
        if frame.marks & Mark.BODY and frame.tag != "p" and frame.total >= MARKED_BESIDE_HEAD * around.total
        if not frame.around & (Mark.HIDDEN | Mark.HARD) and not frame.furniture
    ]
    outermost = [frame for frame in marked if not any(frame is not box and frame.within(box) for box in marked)]
    return outermost[0] if len(outermost) == 1 else None


def _short_piece(page: Page) -> Frame | None:
    """Where a first report of a line or two stands: in an article's own tag, or right beside the page's heading."""
    heads = {segment.frame.parent for segment in page.segments if segment.frame.tag == "h1"}
    for segment in page.segments:
        box = segment.frame.parent
        if segment.frame.tag != "p" or box is None or segment.link_density > 0.5 or not ends_sentence(segment.text):
            continue
        if any(around.furniture or around.marks & Mark.HIDDEN for around in box.chain()):
            continue
        if box in heads or any(around.tag in ("article", "main") or around.marks & Mark.BODY for around in box.chain()):
            return box
    return None


def _columns(path: list[Frame]) -> Frame:
    """Leave out a side column that the marked box encloses beside the text."""
    inner = path[0]
    for frame in path[1:]:
        if frame.total < ALONE * inner.total:
            break
        inner = frame
    return inner


def _add_up(page: Page) -> None:
    """Totals of all frames, inner ones first, so that a box is judged by all it holds."""
    for segment in page.segments:
        segment.frame.total += weigh(segment)
    for frame in reversed(page.frames):
        if frame.tag in ("h1", "main"):
            frame.holds_head = True
        frame.furniture = _furniture(frame)
        if frame.parent is not None and frame.holds_head:
            frame.parent.holds_head = True
        if frame.parent is not None and frame.total:
            frame.parent.total += frame.total * FLAGGED if frame.furniture else frame.total
    for frame in page.frames:
        if frame.tag == "form" and frame.parent is not None and _asks(frame.parent):
            frame.parent.furniture = frame.parent.furniture or "form-box"


def _asks(box: Frame) -> bool:
    """A box with a form in it and next to no running text asks the reader for something: an address, a vote."""
    return box.tag not in _CAPPED and not box.marks & Mark.BODY and box.total < FORM_BOX


def _furniture(frame: Frame) -> str:
    """Why a box is furniture, from its names and its own content, or ""."""
    marks = frame.marks
    if not marks or frame.tag in _CAPPED:
        return ""
    if marks & Mark.HARD:
        return "box"
    if (marks & Mark.BODY and not marks & Mark.FOLDED) or frame.holds_head:
        return ""
    for mark, name, limit in _LIMITS:
        if marks & mark and frame.total < limit:
            return name
    return ""


def _descend(page: Page, root: Frame) -> list[Frame]:
    children: dict[int, Frame] = {}
    for frame in page.frames:
        if frame.parent is not None and frame.total > 0:
            best = children.get(frame.parent.order)
            if best is None or frame.total > best.total:
                children[frame.parent.order] = frame
    path = [root]
    while (child := children.get(path[-1].order)) is not None and child.total >= DESCEND * path[-1].total:
        if child.tag in ("p", "blockquote", "li", "pre", "td") and _is_leaf(child):
            break
        path.append(child)
    return path


def _is_leaf(frame: Frame) -> bool:
    """A single paragraph is no container (a table cell with paragraphs in it is one)."""
    return frame.tag not in ("td", "li")


def _marked(page: Page, root: Frame, chosen: Frame) -> Frame | None:
    """The outermost box named as article body that holds enough of the weight."""
    candidates = [
        frame
        for frame in page.frames
        if frame.marks & Mark.BODY and frame.tag != "p" and frame.total >= MARKED_SHARE * root.total
        if not frame.marks & Mark.HIDDEN and not frame.furniture
    ]
    if not candidates:
        return None
    around = [frame for frame in candidates if chosen.within(frame)]
    if around:
        return max(around, key=lambda frame: frame.depth)
    inside = [frame for frame in candidates if frame.within(chosen)]
    return min(inside, key=lambda frame: frame.depth) if inside else None
