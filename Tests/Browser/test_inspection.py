"""A day without a network: an inspection is filled in on a phone, tabs are closed in between, and all arrives once.

The network is a small proxy before the server: it can be taken away, and it can swallow answers, so that the phone sends
again what the server already has.
"""

import hashlib
import socket
import threading

import pytest
from conftest import wait_until
from test_cases import DESK, PHONE, County, photo

# Items of the standard checklist that want a photograph whatever is found.
PHOTOS = ["licence", "expired", "storage", "cold", "separation", "serving", "samples", "dishes", "pests", "cameras"]


class Proxy:
    """Passes connections on; `stop` is a dead network, `swallow` so many answers to POSTs are lost on the way."""

    def __init__(self, port):
        self.target, self.port, self.swallow, self.listener, self.open = port, 0, 0, None, []
        self.start()

    def start(self):
        self.listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[self.listener], daemon=True).start()

    def stop(self):
        # Shut down first: a thread that waits in accept would keep the port.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for end in self.open:
            self._close(end)
        self.open = []

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            self.open += [client, server]
            post = threading.Event()
            threading.Thread(target=self._pump, args=[client, server, post, True], daemon=True).start()
            threading.Thread(target=self._pump, args=[server, client, post, False], daemon=True).start()

    def _pump(self, source, sink, post, is_request):
        try:
            while data := source.recv(1 << 16):
                if is_request and data.startswith(b"POST /api/"):
                    post.set()
                if not is_request and post.is_set() and self.swallow > 0:
                    self.swallow -= 1
                    break
                sink.sendall(data)
        except OSError:
            pass
        self._close(source)
        self._close(sink)

    @staticmethod
    def _close(end):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        end.close()


@pytest.fixture(params=["zh-CN", "en-US"])
def county(request, browser, tmp_path):
    county = County(browser, tmp_path, request.param)
    proxy = Proxy(int(county.server.url.rsplit(":", 1)[1]))
    county.proxy = proxy
    county.server.url = f"http://127.0.0.1:{proxy.port}"
    yield county
    for context in county.contexts:
        context.close()
    proxy.stop()
    county.server.stop()
    # A dead network is an error to the browser's console, and meant here; so is an answer that got lost.
    left = [error for error in county.errors if "net::ERR" not in error and "Failed to load resource" not in error]
    assert left == [], "no console error"


def taken(county):
    """A plan is made at the desk, and everything is on the phone."""
    desk = county.page("supervisor", "/inspections/plans/new", DESK)
    desk.click("form.card button.primary")
    desk.wait_for_url("**/inspections/plans/*-*")
    phone = county.page("supervisor", "/field/inspections", PHONE)
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 31.55, "longitude": 118.49, "accuracy": 12})
    phone.wait_for_selector("[data-take-all]")
    count = phone.locator(".field-list .card").count()
    phone.click("[data-take-all]")
    wait_until(lambda: phone.locator(".field-list [data-state=draft]").count() == count, what="all are on the phone")
    phone.wait_for_selector("html[data-kept=yes]")
    return desk, phone


def away(county, page):
    county.proxy.stop()
    page.context.set_offline(True)


def back(county, page):
    county.proxy.start()
    page.context.set_offline(False)


def again(county, page):
    """The tab is closed, and opened again some time later."""
    context = page.context
    page.close()
    page = context.new_page()
    page.on("pageerror", lambda error: county.errors.append(str(error)))
    page.goto(county.server.url + "/field/inspections")
    page.wait_for_selector(".field-list .card")
    return page


def fill(page, codes, pictures):
    for code in codes:
        item = page.locator(f'[data-item="{code}"]')
        outcome = "fails" if code in ("samples", "training") else "conforms"
        item.locator(f".choice.outcome .{outcome}").click()
        if outcome == "fails":
            item.locator(".choice.extent label").nth(2).click()
            item.locator("textarea").fill(f"看到的情况 {code}")
        if code in pictures:
            item.locator("input[type=file]").set_input_files(
                [{"name": f"{code}.png", "mimeType": "image/png", "buffer": pictures[code]}])
            item.locator("figure img").wait_for()


def sign(page):
    for who in ["inspector", "school"]:
        pad = page.locator(f'[data-pad="{who}"]')
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        page.mouse.move(box["x"] + 30, box["y"] + 60)
        page.mouse.down()
        for step in range(12):
            page.mouse.move(box["x"] + 30 + step * 18, box["y"] + 60 + (step % 3) * 25)
        page.mouse.up()


def hand_in(page):
    page.click(".field-foot a.primary")
    page.wait_for_selector("[data-hand-in]")
    page.fill("input[name=signer]", "王校长")
    page.click("[data-position]")
    wait_until(lambda: "31.55" in page.locator("main").inner_text(), what="the position is known")
    sign(page)
    page.click("[data-hand-in]")
    page.wait_for_selector(".field-list")


def test_a_day_without_a_network_arrives_once_and_byte_for_byte(county):
    _, phone = taken(county)
    away(county, phone)
    # The address alone brings the page, with nobody to answer.
    phone = again(county, phone)
    assert phone.locator("[data-network].off").count() == 1
    link = phone.locator(".field-list [href^='#']").first
    inspection = link.get_attribute("href")[1:]
    link.click()
    phone.wait_for_selector("[data-item]")
    codes = phone.eval_on_selector_all("[data-item]", "all => all.map((one) => one.dataset.item)")
    assert len(codes) == 20
    pictures = {code: photo() + f"{inspection} {code}".encode() for code in PHOTOS}
    fill(phone, codes[:11], pictures)
    phone = again(county, phone)
    phone.goto(f"{county.server.url}/field/inspections#{inspection}")
    phone.wait_for_selector("[data-item] figure img")
    fill(phone, codes[11:], pictures)
    hand_in(phone)
    phone.wait_for_selector(f"[data-state=ready]")
    # The tab is closed before anything could be sent.
    phone = again(county, phone)
    phone.wait_for_selector("[data-state=ready]")
    county.proxy.swallow = 3
    back(county, phone)
    phone.wait_for_selector(".field-list .sent", timeout=60_000)
    assert county.proxy.swallow == 0, "answers were lost on the way"
    told = phone.context.request.get(f"{county.server.url}/api/v1/inspections/{inspection}").json()
    # Begun once, handed in once.
    assert (told["state"], told["version"], told["supplements"]) == ("handedIn", 3, [])
    report = told["report"]
    assert len(report["answers"]) == 20
    sent = {answer["item"]: answer for answer in report["answers"]}
    assert sent["samples"]["outcome"] == "fails/3" and sent["samples"]["note"] == "看到的情况 samples"
    assert abs(report["position"]["latitude"] - 31.55) < 1e-9
    kept = [(item, file) for item, answer in sent.items() for file in answer["photos"]]
    assert sorted(item for item, _ in kept) == sorted(PHOTOS)
    for item, file in kept:
        assert file["sha256"] == hashlib.sha256(pictures[item]).hexdigest()
        assert phone.context.request.get(county.server.url + file["url"]).body() == pictures[item]
    for name in ["inspectorSignature"]:
        assert phone.context.request.get(county.server.url + report[name]["url"]).body()[:8] == b"\x89PNG\r\n\x1a\n"
    # Opened once more, nothing is sent again.
    phone = again(county, phone)
    assert phone.context.request.get(
        f"{county.server.url}/api/v1/inspections/{inspection}").json()["version"] == 3
    sheet = phone.context.request.get(f"{county.server.url}/inspections/{inspection}/sheet.pdf")
    assert sheet.status == 200 and sheet.body()[:5] == b"%PDF-"


def test_a_checklist_that_changed_meanwhile_is_shown_and_loses_nothing(county):
    desk, phone = taken(county)
    plan = desk.url
    link = phone.locator(".field-list [href^='#']").first
    inspection = link.get_attribute("href")[1:]
    link.click()
    phone.wait_for_selector("[data-item]")
    codes = phone.eval_on_selector_all("[data-item]", "all => all.map((one) => one.dataset.item)")
    fill(phone, codes, {code: photo() + code.encode() for code in PHOTOS})
    phone.context.set_offline(True)
    hand_in(phone)
    desk.goto(county.server.url + "/inspections/checklist/item?code=waste")
    desk.click("button[name=remove]")
    desk.wait_for_url("**/inspections/checklist")
    desk.goto(plan)
    desk.click("form.renew button")
    desk.wait_for_load_state()
    phone.context.set_offline(False)
    phone.wait_for_selector("[data-state=conflict]", timeout=60_000)
    phone.click(".field-list [href^='#']")
    phone.wait_for_selector("table.both")
    phone.click("[data-act=takeNewer]")
    phone.wait_for_selector(".field-items")
    assert phone.locator("[data-item]").count() == 19
    assert phone.locator("[data-item=samples] figure img").count() == 1
    hand_in(phone)
    phone.wait_for_selector(".field-list .sent", timeout=60_000)
    told = phone.context.request.get(f"{county.server.url}/api/v1/inspections/{inspection}").json()
    assert (told["state"], told["template"], len(told["report"]["answers"])) == ("handedIn", 2, 19)
