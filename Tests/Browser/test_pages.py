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


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", PAGES)
def test_opens_in_both_languages_with_no_console_error(open_page, path, language, width):
    page = open_page(path, language=language, width=width, height=844)
    text = page.locator("body").inner_text()
    assert page.evaluate("document.documentElement.lang") == ("zh-CN" if language == "zh-CN" else "en")
    assert "{{" not in text, "a template's mark is left"
    assert len(text.strip()) > 20
    scrolls = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert scrolls <= 1, "no page is wider than its screen"


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
