"""An open day from its plan to its public page: signed up for on a phone until it is full, and somebody moves up."""

import datetime

import pytest

from conftest import Server, sign_in


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory):
    """A server with a supervisor who is signed in."""
    server = Server(tmp_path_factory.mktemp("activities"))
    initial = server.command("person", "reset-password", "supervisor").splitlines()[-1]
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, server.url, "supervisor", initial)
    yield page, server
    context.close()
    server.stop()


def sign_up(phone, address, name, count=1):
    phone.goto(address)
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
    phone.fill("input[name=name]", name)
    phone.fill("input[name=count]", str(count))
    phone.check("input[name=agrees]")
    phone.locator("#sign-up button.primary").click()
    phone.wait_for_url("**/s/*")
    return phone.url.split("?")[0]


def test_an_open_day_from_plan_to_public_page(browser, desk, language):
    page, server = desk
    # In two hours of the territory's clock: the doors open three hours before, and nobody has to wait for that.
    start = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8 + 2)
    field = lambda time: time.strftime("%Y-%m-%dT%H:%M")
    page.goto(server.url + "/activities/new")
    page.fill("input[name=title]", f"开放日 {language}")
    page.fill("input[name=organizer]", "县市场监管局")
    page.locator("input[name=school]").first.check()
    page.fill("input[name=place]", "东门")
    page.fill("input[name=start]", field(start))
    page.fill("input[name=end]", field(start + datetime.timedelta(hours=2)))
    page.fill("input[name=until]", field(start - datetime.timedelta(minutes=30)))
    page.fill("input[name=total]", "2")
    page.fill("textarea[name=programme]", "09:00 签到\n09:20 参观烹饪区")
    page.locator("form button.primary").click()
    page.wait_for_selector("button[value=publish]")
    sheet = page.url
    page.locator("button[value=publish]").click()
    page.wait_for_selector(".share .link a")
    address = server.url + page.get_attribute(".share .link a", "href")

    context = browser.new_context(locale=language, viewport={"width": 390, "height": 844}, has_touch=True)
    errors = []
    phone = context.new_page()
    phone.on("pageerror", lambda error: errors.append(str(error)))
    first = sign_up(phone, address, "王女士", 2)
    assert phone.evaluate("document.documentElement.lang") == language.replace("en-US", "en")
    assert phone.locator(".qr svg").count() == 1
    second = sign_up(phone, address, "李先生")
    assert phone.locator(".headline.waiting").count() == 1, "it is full"
    third = sign_up(phone, address, "赵女士")
    assert "2" in phone.inner_text(".headline")
    assert not context.cookies(), "nobody is told apart"

    phone.goto(first)
    phone.locator("details summary").click()
    phone.locator("details button.danger").click()
    phone.wait_for_selector(".headline.disabled")
    for place in (second, third):
        phone.goto(place)
        assert phone.locator(".headline.connecting").count() == 1, "both have moved up"

    # The second by the code at the door, the third in the list.
    page.goto(second.replace("/s/", "/activities/door/"))
    page.locator("button.big-button").click()
    page.wait_for_selector(".status.ok")
    page.goto(sheet + "/guests")
    page.locator("li", has_text="赵女士").locator("input[type=checkbox]").check()
    page.locator("button[value=checkIn]").click()
    page.wait_for_load_state()
    assert page.locator(".guest-list .status.ok").count() == 2
    page.goto(sheet + "/findings")
    page.fill("input[name=matter]", "地面积水")
    page.check("input[name=mended]")
    page.locator("form.card button.primary").first.click()
    page.wait_for_selector(".findings li")
    page.goto(sheet)
    page.locator("button[value=finish]").click()
    page.wait_for_selector(".next-step a.primary")

    phone.goto(second)
    phone.locator("label[for=stars-5]").click()
    phone.fill("textarea[name=words]", "很放心")
    phone.locator("button.primary").click()
    phone.wait_for_url("**thanks=1")
    page.goto(sheet + "/report")
    page.fill("textarea[name=report]", "两位家长参观了烹饪区。")
    page.locator("form.card button.primary").click()
    page.wait_for_selector("a.button[href^='/a/']")
    phone.goto(address)
    text = phone.inner_text("main")
    assert "两位家长参观了烹饪区" in text and "地面积水" in text and "很放心" not in text
    page.locator("button[value=pass]").click()
    page.wait_for_selector("button[value=hide]")
    phone.reload()
    assert "很放心" in phone.inner_text("main")
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
    assert errors == []
    context.close()
