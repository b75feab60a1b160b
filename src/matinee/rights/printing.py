"""Statements on paper: PDF, in the typefaces that titles are set in.

The letters stand in the file, so that it looks the same everywhere and its words can be searched
and read aloud.
"""

from datetime import UTC, datetime, timedelta

from fpdf import FPDF
from fpdf.fonts import FontFace

from matinee import ledger
from matinee.engine.render import letters
from matinee.kit.money import MicroMoney

_MARGIN_MM = 18
_ROW_MM = 6.2
_KEY_MAX = 40
_GREY = (96, 96, 104)
_INK = (24, 24, 28)
_LINE = (208, 208, 214)
_TEST = (176, 72, 0)
_COLUMNS_MM = (26, 46, 66, 36)
_HEADINGS = ("Booked", "Reason", "Occasion", "Amount")
# Latin first; another file is opened only if the name needs it.
_MORE = (
    ("cyrillic", 0x0400, 0x052F),
    ("greek", 0x0370, 0x03FF),
    ("hebrew", 0x0590, 0x05FF),
    ("arabic", 0x0600, 0x077F),
    ("devanagari", 0x0900, 0x097F),
    ("thai", 0x0E00, 0x0E7F),
    ("vietnamese", 0x1E00, 0x1EFF),
    ("japanese", 0x3040, 0x30FF),
    ("korean", 0xAC00, 0xD7AF),
    ("chinese_simplified", 0x4E00, 0x9FFF),
    ("chinese_traditional", 0x4E00, 0x9FFF),
)
_REASONS = {
    "rights.tip": "Tip",
    "rights.commission": "Commission of a sale",
    "rights.advertising": "Advertising",
    "rights.subscription": "Subscriptions",
    "rights.character": "Price of a work",
    "rights.refunded": "Refund",
    "rights.refund": "Refund",
    "rights.charged_back": "Chargeback",
    "rights.reinstated": "Dispute won",
    "rights.payout_ordered": "Payout",
    "rights.payout_failed": "Payout failed",
    "rights.payout_returned": "Payout returned",
    "rights.escrow_released": "Claim decided",
    "rights.escrow_handed_back": "Claim ended",
}


class _Paper(FPDF):
    """A sheet with the house's name above and the code below."""

    def __init__(self, code: str, check_url: str) -> None:
        super().__init__(format="A4")
        self._code = code
        self._check_url = check_url
        self.set_margins(_MARGIN_MM, _MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=24)
        self.add_font("text", fname=letters.FOLDER / "latin.woff2")

    def footer(self) -> None:
        """Say the code and where it can be checked, on every page."""
        self.set_y(-18)
        self.set_font("text", size=8)
        self.set_text_color(*_GREY)
        self.cell(text=f"Code {self._code}   ·   {self._check_url}")
        self.cell(0, text=f"{self.page_no()}", align="R")


def pdf_of(made: ledger.Statement, *, name: str, handle: str, check_url: str, test: bool) -> bytes:
    """A statement as PDF; ``test`` says on every page that nobody was paid."""
    paper = _Paper(made.code, check_url)
    # The same statement is the same file.
    paper.set_creation_date(made.until)
    paper.set_title(f"Statement {made.code}")
    paper.set_lang("en")
    more = [face for face, low, high in _MORE if any(low <= ord(letter) <= high for letter in name)]
    for face in more:
        paper.add_font(face, fname=letters.FOLDER / f"{face}.woff2")
    paper.set_fallback_fonts(more)
    paper.add_page()
    _add_head(paper, made, f"{name}  (@{handle})", test=test)
    _add_lines(paper, made)
    return bytes(paper.output())


def _add_head(paper: FPDF, made: ledger.Statement, whose: str, *, test: bool) -> None:
    paper.set_text_color(*_INK)
    paper.set_font("text", size=20)
    paper.cell(text="Statement of earnings", new_x="LMARGIN", new_y="NEXT")
    paper.ln(2)
    paper.set_font("text", size=11)
    last = made.until - timedelta(days=1)
    for said in (whose, f"{_day(made.since)} to {_day(last)} (UTC), {made.account.currency}"):
        paper.cell(text=said, new_x="LMARGIN", new_y="NEXT", h=_ROW_MM)
    if test:
        paper.set_text_color(*_TEST)
        paper.cell(
            text="Test money: nobody paid and nobody was paid.",
            new_x="LMARGIN",
            new_y="NEXT",
            h=_ROW_MM,
        )
    paper.ln(4)
    for said, amount in (("Balance before", made.opening), ("Balance after", made.closing)):
        paper.set_text_color(*_GREY)
        paper.set_font("text", size=9)
        paper.cell(40, text=said, h=7)
        paper.set_text_color(*_INK)
        paper.set_font("text", size=12)
        paper.cell(0, text=str(amount), h=7, align="R", new_x="LMARGIN", new_y="NEXT")
    paper.ln(4)


def _add_lines(paper: FPDF, made: ledger.Statement) -> None:
    paper.set_font("text", size=8.5)
    paper.set_draw_color(*_LINE)
    with paper.table(
        col_widths=_COLUMNS_MM,
        text_align=("LEFT", "LEFT", "LEFT", "RIGHT"),
        borders_layout="HORIZONTAL_LINES",
        line_height=_ROW_MM,
        padding=(0.6, 0.8),
        headings_style=FontFace(color=_GREY),
    ) as table:
        table.row(_HEADINGS)
        for line in made.lines:
            amount = MicroMoney(line.micro, made.account.currency)
            table.row(
                (
                    _day(line.booked_at),
                    _REASONS.get(line.reason, line.reason),
                    _short(line.key),
                    str(amount),
                )
            )
    if not made.lines:
        paper.cell(text="Nothing was booked in this period.", new_x="LMARGIN", new_y="NEXT")


def _short(key: str) -> str:
    return key if len(key) <= _KEY_MAX else f"{key[:18]}…{key[-20:]}"


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()
