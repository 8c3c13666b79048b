"""Live and replay in a real browser: time goes on, and there is a picture."""

import re
import subprocess
import time

from conftest import is_playing, wait_until


def camera_ids(page, server):
    return [camera["id"] for camera in page.request.get(server.url + "/api/v1/cameras").json()["cameras"]]


def open_recordings(page, address):
    """Says why, where nobody has in this session."""
    page.goto(address)
    if "/replay/reason" in page.url:
        page.locator("input[name=why]").first.check()
        page.locator("form[action='/replay/reason'] button.primary").click()
        page.wait_for_selector("replay-view", state="attached")


def test_the_wall_shows_three_moving_kitchens(open_page, server):
    page = open_page("/kitchens")
    wait_until(lambda: page.locator("live-video video").count() >= 3, what="three players")
    for index in range(3):
        wait_until(lambda: is_playing(page, f"live-video:nth-of-type({index + 1}) video") or page.evaluate(
            """(index) => { const video = document.querySelectorAll('live-video video')[index];
               return video.currentTime > 1 && video.videoWidth > 0 && !video.paused; }""", index),
            what=f"kitchen {index + 1} plays")
    assert is_playing(page, "live-video video")


def test_the_wall_changes_its_layout_and_rotates(open_page, server):
    page = open_page("/wall?layout=1&rotate=5")
    wall = page.locator("live-wall")
    wall.wait_for()
    wait_until(lambda: int(wall.get_attribute("data-pages") or 0) >= 3, what="three pages of one camera")
    first = wall.get_attribute("data-page")
    wait_until(lambda: wall.get_attribute("data-page") != first, what="the wall rotates")
    page.keyboard.press("4")
    wait_until(lambda: wall.get_attribute("data-layout") == "4", what="four at a time")


def test_one_kitchen_plays_on_a_phone(open_page, server, language):
    page = open_page("/kitchens", width=390, height=844, language=language)
    camera = camera_ids(page, server)[0]
    page.goto(server.url + f"/kitchens/{camera}")
    wait_until(lambda: is_playing(page), what="the kitchen plays on a phone")


def test_replay_plays_and_seeks(open_page, server):
    page = open_page("/kitchens")
    cameras = camera_ids(page, server)[:2]

    def recorded():
        now = int(time.time() * 1000)
        spans = page.request.get(
            server.url + f"/api/v1/cameras/{cameras[0]}/timeline?from={now - 600_000}&to={now}").json()["spans"]
        return spans and spans[-1]["end"] - spans[-1]["start"] > 12_000 and spans[-1]["start"]

    wait_until(recorded, seconds=60, what="twelve seconds of footage in the index")
    start = recorded()
    open_recordings(page, server.url + f"/replay?cameras={','.join(cameras)}&at={start + 2000}")
    view = page.locator("replay-view")
    wait_until(lambda: page.locator("replay-view video").count() >= 2, what="two players in step")

    def goes_on():
        if view.get_attribute("data-state") == "paused":
            view.press("Space")
            page.wait_for_timeout(1000)
        return int(view.get_attribute("data-time") or 0) > start + 3000

    wait_until(goes_on, what="the replay's time goes on")
    wait_until(lambda: is_playing(page, "replay-view video"), what="the replay shows a picture")
    before = int(view.get_attribute("data-time"))
    page.keyboard.press("ArrowLeft")
    wait_until(lambda: int(view.get_attribute("data-time")) < before, what="five seconds back")
    assert re.search(r"at=\d+", page.url)


def test_a_camera_added_by_hand_is_recorded_and_can_be_exported(open_page, server, language, tmp_path):
    name = f"hand-{language}"
    identifier = server.command(
        "camera", "add", "--school", "Second school", "--kind", "cooking", "--area", name, "--name", name,
        "sim://cooking?people=1&width=320&height=240&fps=10")
    page = open_page("/kitchens", language=language)
    wait_until(
        lambda: any(
            camera["id"] == identifier and camera["status"]["state"] == "live" and camera["simulated"]
            for camera in page.request.get(server.url + "/api/v1/cameras").json()["cameras"]),
        what="the camera added beside the running server is live")
    page.goto(server.url + f"/kitchens/{identifier}")
    wait_until(lambda: is_playing(page), what="it plays")

    open_recordings(page, server.url + f"/replay?cameras={identifier}")

    def export():
        now = int(time.time() * 1000)
        answer = page.request.get(
            server.url + f"/api/v1/cameras/{identifier}/export.mp4?from={now - 60_000}&to={now}")
        return answer.body() if answer.status == 200 else None

    wait_until(export, seconds=40, what="an export")
    (tmp_path / "export.mp4").write_bytes(export())
    frames = subprocess.run(
        ["ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0",
         str(tmp_path / "export.mp4")], check=True, capture_output=True, text=True).stdout.strip()
    assert int(frames.rstrip(",")) > 20
    server.command("camera", "remove", identifier)
