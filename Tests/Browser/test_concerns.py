"""A concern goes in from a school's public page and its answer is found by the code, without scripts and without an account."""

import re
import struct
import zlib

import pytest


@pytest.fixture(scope="module")
def public_address(server, browser, cookies):
    """The demo's school has a public page; whether it is open at this hour doesn't matter here."""
    context = browser.new_context(locale="zh-CN")
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(server.url + "/publication")
    page.locator("a.row-link", has_text="示范小学").click()
    page.wait_for_selector("input[name=delay]")
    page.check("input[name=isOn]")
    page.locator("input[name=camera]").first.check()
    page.locator("fieldset button.primary").click()
    page.wait_for_url("**done=saved")
    address = page.get_attribute("header .actions a.button", "href")
    context.close()
    return server.url + address


@pytest.mark.parametrize("width", [1440, 390])
def test_anybody_reports_and_follows(browser, public_address, language, width):
    context = browser.new_context(
        locale=language, viewport={"width": width, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(public_address)
    page.locator(".report a.button").click()
    page.fill("textarea[name=text]", "午餐时看到打饭的人没有戴口罩")
    page.fill("input[name=contact]", "13800000000")
    page.set_input_files("input[type=file]", {"name": "a.png", "mimeType": "image/png", "buffer": png()})
    page.locator("button.primary").click()
    page.wait_for_url("**/c/*")
    code = page.locator(".code").inner_text()
    assert re.fullmatch(r"[0-9a-z]{4}(-[0-9a-z]{4}){3}", code)
    assert "13800000000" not in page.locator("body").inner_text()
    # Another phone, another day.
    page.goto(public_address)
    page.fill(".report input[name=code]", code.upper())
    page.locator(".report form button").click()
    page.wait_for_url("**/c/*")
    assert "午餐时看到" in page.locator("body").inner_text()
    page.locator("details.more summary").click()
    page.locator("button.danger").click()
    assert page.locator("details.more").count() == 0
    assert not context.cookies(), "nobody is told apart"
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_form_is_no_wider_than_its_screen(browser, public_address, language, width):
    context = browser.new_context(locale=language, viewport={"width": width, "height": 844})
    errors = []
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    for path in ["", "/concern"]:
        page.goto(public_address + path)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
    # Whoever uses the keyboard never meets the field that only programs fill in.
    page.focus("textarea[name=text]")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "photos"
    assert errors == []
    context.close()


def png():
    """A picture of 8 × 8 grey pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80" * 24 for _ in range(8))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
