"""A class is invited, a parent joins on a phone, sees the kitchen at an hour that is theirs alone, reports, and leaves."""

import re
import subprocess

import pytest

from conftest import Server, is_playing, open_day_and_night, sign_in, wait_until


@pytest.fixture(scope="module")
def invitation(browser, tmp_path_factory):
    """A server whose school shows its kitchen to parents alone, day and night; and a class's address."""
    server = Server(tmp_path_factory.mktemp("parents"))
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    sign_in(page, server.url, "admin", server.initial_password)
    open_day_and_night(page, server.url)
    page.goto(server.url + "/publication")
    page.locator(".parent-level summary").click()
    page.locator(".parent-level button").click()
    page.wait_for_url("**done=level")
    page.locator("a.row-link").click()
    page.wait_for_selector("input[name=parentStart]")
    for box in page.locator("input[name=camera]").all():
        box.uncheck()
    page.check("input[name=parents]")
    page.locator("input[name=parentCamera]").first.check()
    page.fill("input[name=parentStart]", "00:00")
    page.fill("input[name=parentEnd]", "23:59")
    page.fill("input[name=delay]", "10")
    page.locator("fieldset button.primary").click()
    page.wait_for_url("**done=saved")
    school = page.url.split("?")[0]
    public = page.locator("header .actions a.button", has_text="打开公众页面").get_attribute("href")
    initial = server.command("person", "reset-password", "school").splitlines()[-1].split()[-1]
    context.clear_cookies()
    sign_in(page, server.url, "school", initial)
    page.goto(school + "/parents")
    page.fill("input[name=className]", "3年2班")
    page.locator("form.card button.primary").click()
    page.wait_for_url("**done=invited")
    sheet = page.locator(".parent-class a.button").get_attribute("href")
    text = subprocess.run(
        ["pdftotext", "-", "-"], input=page.request.get(server.url + sheet).body(), capture_output=True, check=True)
    code = re.search(r"/join/([0-9a-z]{16})", text.stdout.decode()).group(1)
    yield page, server.url, public, f"{server.url}/join/{code}"
    context.close()
    server.stop()


def test_a_parent_joins_watches_reports_and_leaves(browser, invitation, language):
    school, url, public, address = invitation
    context = browser.new_context(locale=language, viewport={"width": 390, "height": 844})
    errors = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))

    def fits():
        return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1

    page.goto(address)
    assert fits()
    name = f"王同学家长 {language}"
    page.fill("input[name=name]", name)
    page.check("input[name=consent]")
    page.locator("button.primary").click()
    code = page.locator(".code").inner_text()
    assert re.fullmatch(r"[0-9a-z]{4}(-[0-9a-z]{4}){3}", code) and fits()
    page.locator("a.button.primary").click()
    page.wait_for_url("**/parents")
    assert fits()
    wait_until(lambda: is_playing(page, "public-video video"), 60, "the picture plays after its delay")
    # To everybody the kitchen is shut.
    everybody = browser.new_context(locale=language).new_page()
    everybody.goto(url + public)
    assert everybody.locator("public-video").count() == 0
    everybody.context.close()

    page.locator(".report a.button.primary").click()
    page.fill("textarea[name=text]", "午餐时看到打饭的人没有戴口罩")
    page.locator("button.primary").click()
    page.wait_for_url("**/c/*")
    page.goto(url + "/parents")
    assert "午餐时看到" in page.locator(".report .record").inner_text()

    # Another phone.
    other = browser.new_context(locale=language, viewport={"width": 390, "height": 844})
    phone = other.new_page()
    phone.goto(url + "/parents")
    phone.fill("input[name=code]", code.upper())
    phone.locator("button.primary").click()
    phone.wait_for_url("**/parents")
    phone.goto(url + "/kitchens")
    assert "/sign-in" in phone.url, "a parent sees no page of supervision"

    school.goto(school.url.split("?")[0])
    school.locator(".parent-class .more summary").first.click()
    assert name in school.locator(".parent-members").inner_text()

    page.locator("details.more summary").last.click()
    page.locator("button.danger").click()
    page.wait_for_url("**done=left")
    phone.goto(url + "/parents")
    assert phone.url.endswith("/parents/sign-in")
    school.reload()
    assert name not in school.locator("main").inner_text()
    assert errors == []
    context.close()
    other.close()
