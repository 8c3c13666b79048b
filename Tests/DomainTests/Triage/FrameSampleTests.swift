import Testing

@testable import Domain

struct FrameSampleTests {
    @Test func `every frame of a day is as likely to be kept`() {
        var random = SeededRandom(seed: 11)
        let (frames, size, days) = (50, 2, 20_000)
        var kept = [Int](repeating: 0, count: frames)
        for _ in 0..<days {
            var sample = FrameSample(size: size)
            var held: [Int64: Int] = [:]
            for frame in 0..<frames {
                guard case .taken(let key, let replaced) = sample.offer(using: &random) else { continue }
                if let replaced { held[replaced] = nil }
                held[key] = frame
            }
            #expect(held.keys.sorted() == sample.keys)
            for frame in held.values { kept[frame] += 1 }
        }
        // Binomial, 20,000 draws at 0.04: mean 800, standard deviation 27.7; five of them for 50 frames.
        for count in kept { #expect(abs(count - 800) < 139) }
    }

    @Test func `a restart changes nothing`() {
        var (first, second) = (SeededRandom(seed: 3), SeededRandom(seed: 3))
        var through = FrameSample(size: 3)
        var broken = FrameSample(size: 3)
        for frame in 0..<500 {
            if frame.isMultiple(of: 37) {
                broken = FrameSample(size: 3, keys: broken.keys.shuffled(), offered: broken.offered)
            }
            let (a, b) = (through.offer(using: &first), broken.offer(using: &second))
            #expect(a == b)
        }
        #expect(through == broken)
        #expect(through.weight == 500.0 / 3)
    }

    @Test func `a day with few frames keeps all, a size of none keeps none`() {
        var random = SeededRandom(seed: 5)
        var few = FrameSample(size: 4)
        for _ in 0..<3 {
            let choice = few.offer(using: &random)
            #expect(choice != .passed)
        }
        #expect(few.weight == 1)
        var none = FrameSample(size: 0)
        let choice = none.offer(using: &random)
        #expect(choice == .passed)
        #expect(none.offered == 1 && none.weight == nil)
    }

    @Test func `a smaller size keeps the lowest keys, and another day begins anew`() {
        #expect(FrameSample(size: 2, keys: [9, 3, 5], offered: 40).keys == [3, 5])
        var random = SeededRandom(seed: 5)
        let noon = UTCTime(milliseconds: 1_764_000_000_000)
        var daily = DailyFrameSample(size: 2, zone: .shanghai)
        for _ in 0..<5 { _ = daily.offer(at: noon, using: &random) }
        #expect(daily.day == Day(of: noon, in: .shanghai) && daily.sample.offered == 5)
        let taken = daily.offer(at: noon + .seconds(86_400), using: &random)
        #expect(taken != nil)
        #expect(daily.day == Day(of: noon, in: .shanghai) + 1 && daily.sample.offered == 1)
        // A clock that was set back by a moment must not open yesterday again.
        _ = daily.offer(at: noon, using: &random)
        #expect(daily.day == Day(of: noon, in: .shanghai) + 1 && daily.sample.offered == 1)
    }

    @Test func `a code is read back, and nothing else is one`() throws {
        var random = SeededRandom(seed: 5)
        let code = FrameCode.random(using: &random)
        #expect(FrameCode("\(code)") == code)
        #expect("\(code)".count == 32)
        for text in ["", "x", "\(code)0", "../\(code)".prefix(32).description, "\(code)".uppercased() + "G"] {
            #expect(FrameCode(text) == nil)
        }
    }
}
