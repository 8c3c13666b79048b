"""Every page opens without an error, in both languages, on a desk and on a phone, and looks after its words."""

import pytest

PAGES = [
    "/kitchens", "/wall", "/replay", "/cameras", "/cameras/new", "/schools", "/people", "/people/new", "/ledger", "/account", "/account/tokens", "/api",
    "/captures", "/captures?judged=waiting", "/precision", "/analysis", "/", "/cases", "/calendar", "/roster", "/publication", "/rules", "/templates", "/channels",
    "/deliveries", "/viewings", "/figures", "/proof", "/news", "/hall",
    "/hall/00000000-0000-7000-8000-000000000002", "/hall/scenes", "/hall/scenes/new",
    "/hall/00000000-0000-7000-8000-000000000001/edit", "/hall/map", "/reports", "/reports/month-2026-10",
    "/report-schedules", "/inspections", "/inspections/checklist", "/draws", "/duties", "/duties/plan",
    "/papers", "/activities", "/activities/counts", "/warnings", "/warnings/rules",
    "/warnings/rules/trial?kind=rate", "/c", "/registers/sites", "/registers/staff",
    "/registers/assessments/new",
]


@pytest.fixture(scope="module", params=["zh-CN", "en-US"])
def reader(request, server, browser, cookies):
    """Somebody who reads page after page in one language: the page, and what its console complained of."""
    context = browser.new_context(locale=request.param, has_touch=True)
    context.add_cookies(cookies)
    page = context.new_page()
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page, errors
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_opens_in_both_languages_with_no_console_error(server, reader, path):
    page, errors = reader
    errors.clear()
    page.set_viewport_size({"width": 390, "height": 844})
    response = page.goto(server.url + path)
    assert response.status == 200
    wanted = "zh-CN" if page.evaluate("navigator.language") == "zh-CN" else "en"
    assert page.evaluate("document.documentElement.lang") == wanted
    text = page.locator("body").inner_text()
    assert "{{" not in text, "a template's mark is left"
    assert len(text.strip()) > 20
    for width in [390, 1440]:
        page.set_viewport_size({"width": width, "height": 844})
        scrolls = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert scrolls <= 1, f"no page is wider than its screen, {width} pixels"
    assert errors == [], "no console error"


def test_signing_in_is_needed(server, browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.url + "/replay?at=1")
    assert "/sign-in" in page.url
    for path in ["/api/v1/cameras", "/api/v1/events"]:
        assert context.request.get(server.url + path).status == 401
    context.close()


def test_a_wrong_password_says_so_and_keeps_the_account(server, browser):
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(server.url + "/sign-in")
    page.fill("input[name=account]", "nobody")
    page.fill("input[name=password]", "not-the-password")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]", timeout=60_000)
    assert page.input_value("input[name=account]") == "nobody"
    context.close()


def test_pages_work_without_scripts(open_page):
    page = open_page("/cameras", java_script_enabled=False)
    assert "模拟" in page.locator("body").inner_text()


def test_a_row_of_places_begins_where_the_current_one_is_seen(open_page):
    page = open_page("/ledger", width=360, height=740)
    current = page.locator("nav.places [aria-current]")
    nav = page.locator("nav.places")
    assert nav.evaluate("nav => nav.scrollWidth > nav.clientWidth"), "wider than the phone, or this shows nothing"
    box = current.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
