"""A capture's whole way: confirmed by key, dispatched to three, rectified by a school on a phone, re-inspected, closed.

The weeks between are made by faketime, which moves the server's clock only; browser, records and ledger are real.
"""

import re
import struct
import zlib

import pytest
from conftest import PASSWORD, Server, wait_until

WORDS = {
    "zh-CN": {
        "opened": "待抄告", "dispatched": "待签收", "acknowledged": "已签收", "submitted": "待审核", "rectifying": "整改中",
        "reinspection": "待复查", "closed": "已办结", "handled": "已处置", "notice": "明厨告〔",
    },
    "en-US": {
        "opened": "To be dispatched", "dispatched": "To be acknowledged", "acknowledged": "Acknowledged",
        "submitted": "To be reviewed", "rectifying": "Rectifying", "reinspection": "To be re-inspected",
        "closed": "Closed", "handled": "handled", "notice": "明厨告〔",
    },
}
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def photo():
    """A small PNG, as a phone might send one."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((x * 4, y * 4, 128) * 1)[:3] * 64 for y in range(48) for x in [y])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class County:
    """The demo's people, each in a browser of their own; signs them in again when the clock has moved."""

    def __init__(self, browser, folder, language):
        self.browser, self.folder, self.language = browser, folder, language
        self.errors, self.changed = [], set()
        self.contexts = []
        self.server = Server(folder)
        text = open(self.server.log.name).read()
        self.initial = dict(re.findall(r"^  (supervisor|township|education|school)  (\S+) ", text, re.M))
        assert len(self.initial) == 4, text

    def page(self, account, path, viewport=DESK):
        context = self.browser.new_context(
            locale=self.language, viewport=viewport, has_touch=viewport is PHONE)
        self.contexts.append(context)
        page = context.new_page()
        # A refused form is answered with its status on purpose: the browser calls that an error too.
        page.on("console", lambda message: self.errors.append(message.text)
                if message.type == "error" and "status of 4" not in message.text else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.server.url + "/")
        page.fill("input[name=account]", account)
        first = account not in self.changed
        page.fill("input[name=password]", self.initial[account] if first else PASSWORD)
        page.keyboard.press("Enter")
        if first:
            page.wait_for_selector("input[name=new]", timeout=60_000)
            page.fill("input[name=old]", self.initial[account])
            page.fill("input[name=new]", PASSWORD)
            page.fill("input[name=again]", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**changed=1*", timeout=60_000)
            self.changed.add(account)
        else:
            page.wait_for_selector(".top .person", state="attached", timeout=60_000)
        page.goto(self.server.url + path)
        return page

    def wait(self, days):
        """The server stops, and goes on so many days later."""
        self.leave()
        self.server.stop()
        self.server = Server(self.folder, days=days)

    def leave(self):
        """Open pages would miss the server."""
        while self.contexts:
            self.contexts.pop().close()

    def stop(self):
        self.leave()
        self.server.stop()
        assert self.errors == [], "no console error"


@pytest.fixture
def county(browser, tmp_path_factory, language):
    county = County(browser, tmp_path_factory.mktemp("county"), language)
    yield county
    county.stop()


def do(page, move, text=None, files=None):
    """Fills in and sends the form of a move; opens it first where it is folded."""
    form = page.locator(f"form[action*='move={move}']")
    if not form.is_visible():
        for box in page.locator("details", has=form).all():
            if box.get_attribute("open") is None:
                box.locator("> summary").click()
    if text is not None:
        form.locator("textarea").fill(text)
    if files:
        form.locator("input[type=file]").set_input_files(files)
    form.locator("button").click()
    page.wait_for_url(f"**done={move}")


def state(page):
    return page.locator("h1 .case-state").inner_text()


def capture_of_a_camera_that_is_away(county):
    """Nobody listens there, and that is captured after a minute; shown on the supervisor's page. Gives page and capture."""
    camera = county.server.command(
        "camera", "add", "--school", "示范小学（模拟）", "--kind", "cooking", "--name", "away", "rtsp://127.0.0.1:9/none")
    supervisor = county.page("supervisor", f"/captures?camera={camera}")
    wait_until(lambda: supervisor.locator(f"[data-camera='{camera}']").count() == 1, seconds=120, what="the capture")
    supervisor.locator(f"[data-camera='{camera}'] a").click()
    supervisor.wait_for_url("**/captures/*")
    return supervisor, supervisor.url.split("/")[-1].split("?")[0]


def capture_to_practise_on(county):
    """With a picture, and there at once."""
    capture = county.server.command("practise", "--count", "1")
    return county.page("supervisor", f"/captures/{capture}"), capture


def test_a_capture_is_followed_to_a_closed_case(county, language):
    words = WORDS[language]
    # Both kinds have their whole way, one in each language.
    made = {"zh-CN": capture_of_a_camera_that_is_away, "en-US": capture_to_practise_on}[language]
    supervisor, capture = made(county)

    # Confirmed by key, then made a case by key.
    supervisor.keyboard.press("y")
    supervisor.wait_for_url("**judged=1*")
    supervisor.keyboard.press("c")
    supervisor.wait_for_url("**/case")
    supervisor.locator("form.card button.primary").click()
    supervisor.wait_for_url("**/cases/*opened=new")
    path = "/cases/" + supervisor.url.split("/")[-1].split("?")[0]
    assert state(supervisor) == words["opened"]

    # Dispatched to three at once, with a numbered notice.
    do(supervisor, "dispatch", "请尽快整改")
    assert state(supervisor) == words["dispatched"]
    assert words["notice"] in supervisor.content()
    for account in ["township", "education", "school"]:
        news = county.page(account, "/news", PHONE if account == "school" else DESK)
        assert news.locator(".news .new").count() == 1, account
        assert words["notice"] in news.locator(".news .new").inner_text()
    pdf = supervisor.request.get(county.server.url + path + "/notice.pdf")
    assert pdf.status == 200 and pdf.body().startswith(b"%PDF-")

    # On a phone: what to do comes first, one big button.
    school = county.page("school", "/today", PHONE)
    button = school.locator(".tasks .button").first
    assert button.bounding_box()["width"] > 270
    button.click()
    school.wait_for_url("**/cases/*")
    do(school, "acknowledge")
    assert state(school) == words["acknowledged"]
    do(school, "submit", "已更换电源", [
        {"name": "灶台.png", "mimeType": "image/png", "buffer": photo()}])
    assert state(school) == words["submitted"]
    wait_until(
        lambda: school.locator(".history .files img").evaluate("image => image.naturalWidth") == 64,
        what="the photograph's small picture is made")

    # The township returns it once, then passes it.
    township = county.page("township", path)
    do(township, "return", "看不清编号")
    assert state(township) == words["rectifying"]
    school.goto(county.server.url + path)
    do(school, "submit", "补拍", [{"name": "2.png", "mimeType": "image/png", "buffer": photo()}])
    township.goto(county.server.url + path)
    do(township, "pass")
    assert state(township) == words["reinspection"]
    assert township.locator("form[action*='reinspectionPassed']").count() == 0, "not before its day"

    # Looked at again after a week and after a month, which closes it.
    for days in [8, 40]:
        county.wait(days)
        township = county.page("township", path)
        do(township, "reinspectionPassed")
    assert state(township) == words["closed"]

    # The proof lists it, out of the ledger.
    supervisor = county.page("supervisor", "/proof?from=2020-01-01&to=2020-12-31")
    supervisor.goto(county.server.url + "/proof?" + "&".join(
        f"{name}={supervisor.evaluate('date => new Date(Date.now() + date * 864e5).toISOString().slice(0, 10)', offset)}"
        for name, offset in [("from", -3), ("to", 60)]))
    row = supervisor.locator("tr", has=supervisor.locator(f"a[href='/captures/{capture}']"))
    assert row.count() == 1
    assert row.locator(f"a[href='{path}']").count() == 1
    lines = supervisor.request.get(
        county.server.url + supervisor.locator("a[href*='proof.json']").get_attribute("href")).text().splitlines()
    assert any(f'"capture":"{capture}"' in line and '"outcome":"closed"' in line for line in lines[1:])
    county.leave()
    county.server.stop()
    assert "0 differences" in county.server.command("check").split("cases")[-1]


@pytest.mark.parametrize("language", ["zh-CN"], indirect=True)
def test_two_supervisors_at_once_lose_nothing(county, language):
    first, _ = capture_to_practise_on(county)
    first.goto(first.url.split("?")[0] + "/case")
    first.locator("form.card button.primary").click()
    first.wait_for_url("**opened=new")
    second = county.page("supervisor", "/cases/" + first.url.split("/")[-1].split("?")[0])
    do(first, "dispatch", "of the first")
    form = second.locator("form[action*='move=dispatch']")
    form.locator("textarea").fill("of the second")
    form.locator("button").click()
    second.wait_for_selector("[role=alert]")
    assert "of the second" in second.content() and "of the first" in second.content()
    assert second.locator(".history li.new").count() == 1


def test_pictures_of_yesterday_are_reviewed_blindly(county):
    evidence = county.server.data / "evidence"
    wait_until(lambda: len(list(evidence.glob("*/*/sample/*.jpg"))) >= 6, seconds=120, what="pictures are drawn")
    county.wait(1)
    page = county.page("supervisor", "/captures")
    page.click("a[href='/triage/sample']")

    def shown():
        picture = page.locator(".evidence-picture img")
        wait_until(lambda: picture.evaluate("img => img.naturalWidth") > 0, what="the picture")
        return page.input_value("input[name=frame]")

    # Two items by key, sent by key; the next one is there.
    first = shown()
    page.keyboard.press("1")
    page.keyboard.press("3")
    assert page.locator("input[name=item]:checked").count() == 2
    page.keyboard.press("Enter")
    page.wait_for_url("**done=1")
    second = shown()
    assert second != first
    # Enter alone is no answer; nor does a click on a box take the keys away.
    page.keyboard.press("Enter")
    page.wait_for_url("**empty=1")
    assert shown() == second
    page.click("input[name=item][value=rodent]")
    page.keyboard.press("u")
    page.wait_for_url("**done=1")
    assert shown() not in (first, second)
    page.goto(county.server.url + "/precision")
    row = page.locator("#misses ~ .card tbody tr").first.locator("td")
    assert [row.nth(column).inner_text() for column in range(3)] == ["1", "1", "1"]
    phone = county.page("supervisor", "/triage/sample", PHONE)
    phone.wait_for_selector(".evidence-picture img")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.goto(county.server.url + "/precision")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
