"""Captures come onto an open page by themselves; rules are drawn on the camera's picture and kept."""

from conftest import wait_until


def first_camera(page, server):
    cameras = page.request.get(server.url + "/api/v1/cameras").json()["cameras"]
    return next(camera["id"] for camera in cameras if camera["status"]["state"] == "live")


def test_a_new_capture_appears_on_the_open_page(open_page, server):
    page = open_page("/captures")
    page.evaluate("window.wasNeverReloaded = true")
    # Nobody listens there: the camera is away, and as soon as its rule allows, that is captured.
    camera = server.command(
        "camera", "add", "--school", "Captures", "--kind", "cooking", "--name", "away", "rtsp://127.0.0.1:9/none")
    rules = open_page(f"/cameras/{camera}/analysis")
    rules.locator("[data-rule=offline] summary").click()
    rules.fill("input[name='offline.sustained']", "0")
    rules.locator(".rules button.primary").click()
    rules.wait_for_url("**saved=1*")

    card = page.locator(f"[data-captures] [data-camera='{camera}']")
    wait_until(lambda: card.count() == 1, seconds=60, what="the capture on the open page")
    assert page.evaluate("window.wasNeverReloaded") is True
    assert card.get_attribute("data-item") == "offline"
    told = page.request.get(server.url + f"/api/v1/captures?camera={camera}").json()["captures"]
    assert [capture["id"] for capture in told] == [card.get_attribute("data-capture")]

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/captures/*")
    server.command("camera", "remove", camera)


def test_an_area_drawn_with_the_mouse_and_the_keyboard_is_kept(open_page, server):
    page = open_page("/kitchens")
    wait_until(lambda: page.request.get(server.url + "/api/v1/cameras").json()["cameras"], what="cameras")
    wait_until(
        lambda: any(
            camera["status"]["state"] == "live"
            for camera in page.request.get(server.url + "/api/v1/cameras").json()["cameras"]),
        seconds=60, what="a live camera")
    camera = first_camera(page, server)
    page.close()
    page = open_page(f"/cameras/{camera}/analysis")
    field = page.locator("textarea[name='noHat.zones']")
    page.locator(".zone-tools select").select_option(index=page.evaluate(
        "[...document.querySelectorAll('textarea[data-zones]')].findIndex((area) => area.name === 'noHat.zones')"))
    page.wait_for_function("document.querySelector('zone-editor img')?.complete ?? true")
    page.locator("[data-add]").click()
    box = page.locator("svg.zones").bounding_box()

    def at(x, y):
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    for place in [(0.2, 0.2), (0.6, 0.2), (0.6, 0.7), (0.2, 0.2)]:
        page.mouse.click(*at(*place))
    points = field.input_value().split()
    assert len(points) == 3, "closed by clicking the first point"

    page.locator("[data-point='0']").focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    moved = field.input_value().split()
    assert len(moved) == 4
    assert abs(float(moved[0].split(",")[0]) - float(points[0].split(",")[0]) - 1) < 0.02, "one per cent to the right"
    page.locator("[data-point='3']").focus()
    page.keyboard.press("Delete")
    kept = field.input_value()
    assert len(kept.split()) == 3

    page.locator(".rules button.primary").click()
    page.wait_for_url("**saved=1*")
    assert page.locator("textarea[name='noHat.zones']").input_value() == kept
