"""A school's page for everybody: the covered picture plays without an account, and a cut takes it away."""

import pytest

from conftest import Server, is_playing, open_day_and_night, sign_in, wait_until


@pytest.fixture(scope="module")
def school(browser, tmp_path_factory):
    """A server whose school is open day and night, so that the test doesn't depend on the hour; and its administrator."""
    server = Server(tmp_path_factory.mktemp("public"))
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    sign_in(page, server.url, "admin", server.initial_password)
    open_day_and_night(page, server.url)
    page.goto(server.url + "/publication")
    page.locator("a.row-link").click()
    page.wait_for_selector("input[name=delay]")
    page.fill("input[name=start]", "00:00")
    page.fill("input[name=end]", "23:59")
    page.fill("input[name=delay]", "10")
    page.locator("fieldset button.primary").click()
    page.wait_for_url("**done=saved")
    yield page
    context.close()
    server.stop()


@pytest.mark.parametrize("width", [1280, 390])
def test_everybody_sees_the_kitchen_until_it_is_cut(browser, school, language, width):
    address = school.get_attribute("header .actions a.button", "href")
    context = browser.new_context(locale=language, viewport={"width": width, "height": 844})
    errors = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(school.url.split("/publication")[0] + address)
    assert page.evaluate("document.documentElement.lang") == language.replace("en-US", "en")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
    assert not context.cookies(), "nobody is told apart"
    wait_until(lambda: is_playing(page, "public-video video"), 60, "the picture plays after its delay")

    school.fill("input[name=reason]", "设备检修")
    school.locator("form[action$='/cut'] button").click()
    school.wait_for_url("**done=cut")
    wait_until(
        lambda: page.get_attribute("public-video", "data-state") == "paused", 20, "the cut reaches who is watching")
    page.reload()
    assert page.locator("public-video").count() == 0
    assert page.locator(".shut").count() == 1
    school.locator("form[action$='/restore'] button").click()
    school.wait_for_url("**done=restored")
    page.reload()
    wait_until(lambda: page.get_attribute("public-video", "data-state") == "playing", 60, "it comes back")
    assert errors == []
    context.close()
