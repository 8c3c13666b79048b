"""A supervisor's blind minutes: a hundred captures judged by keys alone, and none of them is lost."""

import statistics
import time

from test_cases import County

COUNT = 100
# What the program may take of ten minutes: the rest is the supervisor's, six seconds a picture.
MOST_SECONDS = 300
KEYS = {"y": "confirmed", "1": "rejected", "2": "rejected"}


def shown(page):
    """The capture on the page, once its picture is there and its keys are heard; None while it is still to come."""
    return page.evaluate(
        """() => {
            const view = document.querySelector('[data-capture].evidence');
            const picture = view?.querySelector('.evidence-picture img');
            // A camera that was away has left none.
            const isShown = document.readyState === 'complete' && (!picture || picture.naturalWidth > 0);
            return isShown && document.querySelector('form.verdicts') ? view.dataset.capture : null;
        }""")


def wait_for_next(page, before):
    """The next capture with its picture: how long a supervisor sits and waits."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            current = shown(page)
        except Exception:  # The page is just changing.
            current = None
        if current and current != before:
            return current
        # None waits any more: the last one stands there, to be taken back.
        if "judged=" in page.url:
            return None
        time.sleep(0.01)
    raise AssertionError("the next picture never came")


def test_a_hundred_captures_are_judged_by_keys_alone(browser, tmp_path):
    county = County(browser, tmp_path, "zh-CN")
    try:
        practised = county.server.command("practise", "--count", str(COUNT)).split()
        assert len(practised) == COUNT
        page = county.page("supervisor", "/triage")
        current = wait_for_next(page, None)
        said, seconds = {}, []
        # The kitchens are live: what they capture meanwhile comes in between.
        while not set(practised) <= said.keys() and len(said) < 3 * COUNT:
            key = list(KEYS)[len(said) % len(KEYS)]
            assert current not in said, "nothing is shown twice"
            start = time.monotonic()
            page.keyboard.press(key)
            following = wait_for_next(page, current)
            seconds.append(time.monotonic() - start)
            said[current] = KEYS[key]
            if following is None:
                break
            current = following
        assert set(practised) <= said.keys(), "the page has lost captures"
        for capture, kind in said.items():
            told = page.request.get(f"{county.server.url}/api/v1/captures/{capture}").json()
            assert told["verdict"]["kind"] == kind, capture
        total = sum(seconds[:COUNT])
        print(
            f"\n{COUNT} verdicts: the program took {total:.1f} s, {statistics.median(seconds) * 1000:.0f} ms each in the "
            f"middle, {max(seconds) * 1000:.0f} ms at most")
        assert total < MOST_SECONDS
    finally:
        county.stop()
