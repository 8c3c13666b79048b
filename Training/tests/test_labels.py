"""Label conversions, crops and splits: what goes wrong silently."""

from pathlib import Path
import sys

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mingchu_training import boxes, intervals, splits
from mingchu_training.crops import cut
from mingchu_training.sources import recording_of


def test_yolo_lines_survive_a_round_trip():
    kind, box = boxes.from_yolo("1 0.634896 0.362037 0.063542 0.190741", 960, 540)
    assert kind == 1
    assert boxes.to_yolo(kind, box, 960, 540) == "1 0.634896 0.362037 0.063542 0.190741"



def test_a_box_on_the_grid_holds_the_box_and_ends_on_the_grid():
    assert boxes.on_grid((10, 7, 4, 3), 3) == (9, 6, 6, 6)
    assert boxes.on_grid((9, 6, 6, 6), 3) == (9, 6, 6, 6)

def test_a_head_box_is_the_face_widened_as_the_data_set_says():
    assert boxes.head_of_face((100, 100, 50, 60)) == pytest.approx((86, 64, 78, 100.8))


def test_squares_are_centred_and_have_a_least_side():
    assert boxes.square_around((10, 20, 8, 4), 2.0) == (6, 14, 16)
    assert boxes.square_around((10, 20, 8, 4), 2.0, 24) == (2, 10, 24)


def test_overlap_of_a_box_with_itself_and_a_stranger():
    assert boxes.overlap([(0, 0, 10, 10)], [(0, 0, 10, 10), (5, 0, 10, 10), (20, 20, 5, 5)])[0] == pytest.approx([1, 1 / 3, 0])


def test_only_the_best_of_doubles_stays():
    assert boxes.without_doubles([(0, 0, 10, 10), (1, 0, 10, 10), (30, 0, 10, 10)], [0.6, 0.9, 0.5]) == [1, 2]


@pytest.mark.parametrize("side", [16, 40, 200])
def test_a_cut_square_shows_what_is_there(side):
    ramp = np.repeat(np.arange(240, dtype=np.uint8)[None, :, None], 240, 0).repeat(3, 2)
    patch = cut(ramp, (20.0, 20.0, side), 32)
    expected = 20 + (np.arange(32) + 0.5) * side / 32 - 0.5
    inside = slice(1, 31)
    assert np.abs(patch[16, inside, 0] - expected[inside]).max() < 1.6


def test_beyond_the_edge_the_edge_goes_on():
    picture = np.full((30, 30, 3), 7, np.uint8)
    picture[:, 15:] = 200
    patch = cut(picture, (20, -10, 40), 20)
    assert (patch == 200).all()


@pytest.mark.parametrize("source, name, recording", [
    ("phone/bwssytems", "20250715_144536_9170ec05_t0012", "20250715_144536_9170ec05"),
    ("phone-crops/bwssytems", "4459259-sd_640_360_25fps_f000010_0", "4459259-sd_640_360_25fps"),
    ("rat/zarrar1607", "BaselineDark_frame_000012", "BaselineDark"),
    ("rat/dlc-openfield-m3v1", "m3v1_0009", "all"),
    ("head/idenprof-chef", "chef-12", "chef-12"),
])
def test_recordings_are_told_by_name(source, name, recording):
    assert recording_of(source, name) == recording


def test_a_recording_is_on_one_side_only():
    assert splits.split_of("phone/bwssytems", "8142388-sd_640_338_24fps") == "test"
    assert splits.split_of("phone/bwssytems", "5054716-sd_640_338_25fps") == "train"
    assert splits.split_of("sim/cooking-people-102", "all") == "test"
    assert splits.split_of("sim/cooking-people-101", "all") == "train"
    assert splits.split_of("head-crops/idenprof-other", "doctor-3") == "test"


def test_near_duplicates_share_a_group():
    rng = np.random.default_rng(0)
    pictures = [rng.integers(0, 256, (64, 64, 3), dtype=np.uint8) for _ in range(3)]
    again = np.clip(pictures[0].astype(int) + 3, 0, 255).astype(np.uint8)
    prints = [splits.fingerprint(p) for p in pictures + [again]]
    assert splits.groups(prints, ["a", "b", "c", "d"]) == ["a", "b", "c", "a"]


def test_wilson_intervals_hold_their_share():
    low, high = intervals.wilson(97, 100)
    assert (round(low, 3), round(high, 3)) == (0.915, 0.990)
    assert intervals.wilson(0, 0) == (0.0, 1.0)


def test_a_network_without_shuffles_answers_the_same():
    import torch

    from mingchu_training import nanodet, unshuffle

    torch.manual_seed(0)
    plain = nanodet.Detector(5).eval()
    picture = torch.randn(1, 3, 64, 96)
    with torch.no_grad():
        assert torch.allclose(plain(picture), unshuffle.unshuffled(plain)(picture), atol=1e-4)
