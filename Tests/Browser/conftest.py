"""A real server with the demo canteen, a real RTSP camera, and a real Chromium for the browser tests."""

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "correct-horse-battery"


def binary():
    """The program under test: MINGCHU_BINARY, or what `swift build` made last."""
    if "MINGCHU_BINARY" in os.environ:
        return os.environ["MINGCHU_BINARY"]
    return str(ROOT / ".build" / "debug" / "mingchu")


class Server:
    """`mingchu serve --demo` on a free port, its output read line by line."""

    def __init__(self, folder, days=0):
        """`days`: how far its clock is ahead, on a data folder that has been served before."""
        self.data = folder / "data"
        self.log = open(folder / f"serve-{days}.log", "w+")
        ahead = ["faketime", "-f", f"+{days}d"] if days else []
        self.process = subprocess.Popen(
            ahead + [binary(), "serve", "--demo", "--data", str(self.data), "--listen", "127.0.0.1:0"],
            stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True)
        self.initial_password = None if days else self._wait_for(r"password\D+: (\S+)")
        self.url = self._wait_for(r"(http://127\.0\.0\.1:\d+)/")

    def _wait_for(self, pattern, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            text = pathlib.Path(self.log.name).read_text()
            found = re.search(pattern, text)
            if found:
                return found.group(1)
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"the server did not say {pattern}:\n{pathlib.Path(self.log.name).read_text()}")

    def command(self, *words):
        """Runs another `mingchu` on the same data folder, as an administrator at the machine would."""
        return subprocess.run(
            [binary(), *words, "--data", str(self.data)], check=True, capture_output=True, text=True).stdout.strip()

    def _is_running(self):
        """Whether anything of the server's group still runs."""
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                state, _, group = stat.read_text().rsplit(")", 1)[1].split()[:3]
                if int(group) == self.process.pid and state != "Z":
                    return True
        return False

    def stop(self):
        if self.process.poll() is not None:
            return
        # The whole group: faketime stands before the program and passes no signal on.
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            assert self.process.wait(30) in (0, -signal.SIGTERM), "a graceful end"
            # faketime ends at once; the program still writes out what it has.
            wait_until(lambda: not self._is_running(), what="the program ends by itself")
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("node"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--autoplay-policy=no-user-gesture-required", "--no-sandbox"])
        yield browser
        browser.close()


def sign_in(page, url, account, password):
    """For the first time, through the form, and changes the first password as the page demands: it is PASSWORD then."""
    page.goto(url + "/sign-in")
    page.fill("input[name=account]", account)
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=new]", timeout=60_000)
    page.fill("input[name=old]", password)
    page.fill("input[name=new]", PASSWORD)
    page.fill("input[name=again]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**changed=1*", timeout=60_000)


def open_day_and_night(page, url):
    """The county's kitchens work at all hours, so that no test depends on the hour it runs in."""
    page.goto(url + "/calendar")
    page.evaluate("document.querySelectorAll('[name=weekday], [name=workday]').forEach((box) => { box.checked = true; })")
    page.fill("input[name=start]", "00:00")
    page.fill("input[name=end]", "23:59")
    page.locator("main button.primary").click()
    page.wait_for_url("**saved=*")


@pytest.fixture(scope="session")
def cookies(server, browser):
    """Of an administrator who has signed in once for all tests."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    sign_in(page, server.url, "admin", server.initial_password)
    saved = context.cookies()
    context.close()
    return saved


@pytest.fixture(params=["zh-CN", "en-US"])
def language(request):
    return request.param


@pytest.fixture
def open_page(server, browser, cookies):
    """Opens an address signed in, watches the console, and fails the test on any error there."""
    contexts = []
    errors = []

    def open_page(path, language="zh-CN", width=1440, height=900, **options):
        context = browser.new_context(
            locale=language, viewport={"width": width, "height": height}, has_touch=width < 600, **options)
        context.add_cookies(cookies)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        response = page.goto(server.url + path)
        assert response.status == 200, f"{path}: {response.status}"
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == [], "no console error"


def is_playing(page, selector="video"):
    """Whether a video's time goes on and its pixels are a picture: not black, not one colour."""
    return page.evaluate(
        """async (selector) => {
            const video = document.querySelector(selector);
            if (!video || video.readyState < 2 || video.videoWidth === 0) return false;
            const before = video.currentTime;
            await new Promise((done) => video.requestVideoFrameCallback ? video.requestVideoFrameCallback(done) : setTimeout(done, 500));
            await new Promise((done) => setTimeout(done, 300));
            const canvas = document.createElement('canvas');
            canvas.width = 64; canvas.height = 36;
            const context = canvas.getContext('2d');
            context.drawImage(video, 0, 0, 64, 36);
            const pixels = context.getImageData(0, 0, 64, 36).data;
            let low = 255, high = 0;
            for (let i = 0; i < pixels.length; i += 4) { low = Math.min(low, pixels[i]); high = Math.max(high, pixels[i]); }
            return video.currentTime > before && high - low > 40;
        }""", selector)


def wait_until(condition, seconds=30, what="condition"):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")
