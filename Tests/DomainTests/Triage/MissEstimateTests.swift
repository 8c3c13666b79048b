import Testing

@testable import Domain

struct MissEstimateTests {
    private func frame(
        _ answer: FrameAnswer, captured: Set<CaptureItem> = [], weight: Double = 1
    ) -> MissEstimate.Reviewed {
        MissEstimate.Reviewed(answer, captured: captured, weight: weight)
    }

    @Test func `with equal weights it is the plain share with Wilson's interval`() {
        let frames =
            (0..<15).map { _ in frame(.seen([.noHat]), weight: 900) }
            + (0..<133).map { _ in frame(.seen([]), weight: 900) }
        let estimate = MissEstimate(of: .noHat, in: frames)
        #expect(estimate.counted == Proportion(15, of: 148))
        #expect(abs(estimate.effectiveTrials - 148) < 1e-9)
        #expect(estimate.framesStoodFor == 148 * 900)
        // Newcombe (1998), table I.
        #expect(abs(estimate.wilson().lowerBound - 0.0624) < 0.00006)
        #expect(abs(estimate.wilson().upperBound - 0.1605) < 0.00006)
    }

    @Test func `a frame that stands for more counts for more, and the interval widens`() {
        let frames = [frame(.seen([.phone]), weight: 300)] + (0..<3).map { _ in frame(.seen([]), weight: 100) }
        let estimate = MissEstimate(of: .phone, in: frames)
        #expect(estimate.share == 0.5)
        #expect(estimate.counted == Proportion(1, of: 4))
        #expect(abs(estimate.effectiveTrials - 3) < 1e-9)  // 600² / (300² + 3 · 100²)
        let equal = Proportion(2, of: 4).wilson()
        #expect(estimate.wilson().lowerBound < equal.lowerBound && equal.upperBound < estimate.wilson().upperBound)
    }

    @Test func `a captured item is no miss, another one in the same frame is`() {
        let frames = [frame(.seen([.noHat, .phone]), captured: [.noHat])]
        #expect(MissEstimate(of: .noHat, in: frames).counted == Proportion(0, of: 0))
        #expect(MissEstimate(of: .phone, in: frames).counted == Proportion(1, of: 1))
    }

    @Test func `of any item, a frame counts once, and only for what was not captured`() {
        let frames = [
            frame(.seen([.noHat, .phone]), captured: [.noHat]), frame(.seen([.noHat]), captured: [.noHat]),
            frame(.seen([.rodent, .insect])), frame(.seen([])), frame(.cannotTell),
        ]
        let estimate = MissEstimate(ofAnyIn: frames)
        #expect(estimate.counted == Proportion(2, of: 4))
        #expect(estimate.unclear == 1)
    }

    @Test func `over many days of different length the weighted share is that of all frames`() {
        // 60 busy days with hats missing in 4 of 10 frames, 60 quiet ones with none: of all frames 0.4 · 1000 / 1100.
        var random = SeededRandom(seed: 8)
        var estimates: [Double] = []
        for _ in 0..<400 {
            var frames: [MissEstimate.Reviewed] = []
            for (offered, shown) in [(1000, 400), (100, 0)] {
                for _ in 0..<60 {
                    var sample = FrameSample(size: 4)
                    var held: [Int64: Bool] = [:]
                    for index in 0..<offered {
                        guard case .taken(let key, let replaced) = sample.offer(using: &random) else { continue }
                        if let replaced { held[replaced] = nil }
                        held[key] = index < shown
                    }
                    frames += held.values.map { frame(.seen($0 ? [.noHat] : []), weight: sample.weight!) }
                }
            }
            estimates.append(MissEstimate(of: .noHat, in: frames).share!)
        }
        let mean = estimates.reduce(0, +) / Double(estimates.count)
        // Standard deviation of one: sqrt(0.24 / 240) · 1000 / 1100 = 0.029; of the mean of 400: 0.0014.
        #expect(abs(mean - 400.0 / 1100) < 0.0075)
    }

    @Test func `who can't tell counts neither way, and nothing at all says nothing`() {
        let estimate = MissEstimate(of: .rodent, in: [frame(.cannotTell), frame(.cannotTell)])
        #expect(estimate.unclear == 2)
        #expect(estimate.share == nil)
        #expect(estimate.wilson() == 0...1)
        #expect(!estimate.isEnough)
    }
}
