"""A school does its day on the phone: seven duties, each in a form that fits the screen, in both languages."""

import pathlib
import re

import pytest

from conftest import Server, sign_in


@pytest.fixture(scope="module")
def kitchen(browser, tmp_path_factory):
    """A server that teaches every day of the week, and the cookies of the school's own account."""
    server = Server(tmp_path_factory.mktemp("duties"))
    text = pathlib.Path(server.log.name).read_text()
    passwords = dict(re.findall(r"^  (supervisor|school)  (\S+) ", text, re.M))
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    sign_in(page, server.url, "supervisor", passwords["supervisor"])
    page.goto(server.url + "/calendar")
    page.evaluate("document.querySelectorAll('[name=weekday], [name=workday]').forEach((box) => { box.checked = true; })")
    page.locator("main button.primary").click()
    page.wait_for_url("**saved=*")
    context.close()
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    sign_in(page, server.url, "school", passwords["school"])
    cookies = context.cookies()
    context.close()
    yield server, cookies
    server.stop()


FILLS = {
    "morningHealthCheck": [("name_0", "张三"), ("name_1", "李四")],
    "sampleRetention": [("dish_0", "米饭"), ("dish_1", "番茄炒蛋")],
    "accompaniedMeal": [("companion", "王校长")],
    "disinfection": [("items", "餐盘、筷子")],
    "dailyControl": [],
    "weeklyInspection": [],
    "monthlyMeeting": [("attendees", "王校长、李老师"), ("agenda", "本月无问题"), ("decisions", "继续保持")],
}


def test_a_school_does_its_day_on_the_phone(browser, kitchen, language):
    server, cookies = kitchen
    context = browser.new_context(locale=language, viewport={"width": 390, "height": 844}, has_touch=True)
    context.add_cookies(cookies)
    page = context.new_page()
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(server.url + "/duties")
    assert page.evaluate("document.documentElement.lang") == language.replace("en-US", "en")
    links = page.eval_on_selector_all(".duty-list a", "links => links.map((link) => link.getAttribute('href'))")
    duties = {duty: next(link for link in links if f"duty={duty}&" in link) for duty in FILLS}
    is_first = language == "zh-CN"
    for duty, address in duties.items():
        page.goto(server.url + address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{duty} fits the phone"
        # The other language finds it done, and corrects it.
        if not is_first:
            page.locator("details.more summary").last.click()
            page.fill("input[name=reason]", "checked again")
        for name, value in FILLS[duty]:
            page.fill(f"[name={name}]", value if is_first else value + "!")
        if duty in ("dailyControl", "weeklyInspection"):
            switch = page.locator("[role=switch]").nth(0 if is_first else 1)
            switch.uncheck()
            row = page.locator(".points > li").nth(0 if is_first else 1)
            row.locator(".finding input").nth(0).fill("地面有水")
            row.locator(".finding input").nth(1).fill("已拖干")
        button = page.locator(".duty-send button")
        assert button.bounding_box()["height"] >= 44, "within a thumb's reach"
        button.click()
        page.wait_for_url(f"**done={duty}")
    assert page.locator(".duty-head .ring.complete").count() == 1, "everything of today is done"
    page.goto(server.url + "/today")
    assert page.locator(".duty-today .ring.complete").count() == 1
    assert errors == [], "no console error"
    context.close()


def test_papers_and_menu_reach_the_public_page(browser, kitchen):
    server, cookies = kitchen
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(server.url + "/papers")
    page.select_option("select[name=kind]", "foodLicence")
    assert not page.locator("label.holder").is_visible(), "a licence has no holder"
    page.fill("input[name=number]", "JY13405210012345")
    page.fill("input[name=validThrough]", "2031-01-31")
    page.locator(".paper-form button.primary").click()
    page.wait_for_selector(".papers .card")
    assert "JY13405210012345" in page.locator(".papers").inner_text()
    page.goto(server.url + "/menus")
    for area in page.locator("textarea").all():
        area.fill("米饭\n宫保鸡丁（鸡肉、花生）")
    page.locator(".duty-send button").click()
    page.wait_for_url("**done=saved")
    page.goto(server.url + "/publication")
    page.locator("a.row-link").click()
    address = page.get_attribute("header .actions a.button", "href")
    context.close()
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(server.url + address)
    text = page.locator("main").inner_text()
    assert "宫保鸡丁" in text and "JY13405210012345" in text and "2031-01-31" in text
    context.close()
