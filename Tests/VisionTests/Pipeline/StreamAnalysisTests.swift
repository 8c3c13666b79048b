import Bitstream
import Domain
import FFmpeg
import TestSupport
import Testing

@testable import Vision

/// The whole way on coded streams of the simulator; what the models would say is scripted, so that these tests hold for
/// any models.
@Suite struct StreamAnalysisTests {
    private static let empty = "sim://washing?people=0&width=640&height=360&fps=12&seed=5"
    private static let people = "sim://cooking?people=2&width=640&height=360&fps=12&seed=11"

    private func analysed(_ events: [AnalysisEvent]) -> [AnalysedPicture] {
        events.compactMap { event in
            guard case .analysed(let picture) = event else { return nil }
            return picture
        }
    }

    private func opened(_ events: [AnalysisEvent]) -> [Capture] {
        events.compactMap { event in
            guard case .opened(let capture, _) = event else { return nil }
            return capture
        }
    }

    @Test func `in an empty kitchen only keyframes are decoded`() throws {
        let film = try Film(Self.empty, seconds: 60)
        let (events, decoded) = try film.analyse(with: ScriptedRecognition())
        // The first seven seconds teach what is usual; then a keyframe every two seconds.
        #expect(decoded < 7 * 12 + 12 + 60 / 2 + 24)
        #expect(analysed(events).filter(\.isRecord).count < 6)
    }

    @Test func `at night a noisy camera is decoded all the time, so that no rat slips by`() throws {
        let film = try Film("sim://preparation?light=night&rats=0&width=640&height=360&fps=12&seed=5", seconds: 40)
        let night = Moment.at(12 * 3600)
        #expect(try film.analyse(with: ScriptedRecognition(), start: night).decoded > 450)
        #expect(try film.analyse(with: ScriptedRecognition()).decoded < 200)
    }

    @Test func `while people work five pictures a second are looked at`() throws {
        let film = try Film(Self.people, seconds: 30, from: 60)
        let (events, decoded) = try film.analyse(with: ScriptedRecognition())
        let looks = analysed(events)
        #expect(decoded > 300)
        #expect(looks.count > 100 && looks.count <= 155)
        #expect(zip(looks, looks.dropFirst()).allSatisfy { $0.moment.time < $1.moment.time })
    }

    @Test func `some analysed pictures of the day are drawn, each at its size, and none when it is off`() throws {
        let film = try Film(Self.people, seconds: 12, from: 60)
        func drawn(_ sample: DailyFrameSample?) throws -> (looks: [AnalysedPicture], drawn: [SampledPicture]) {
            let events = try film.analyse(with: ScriptedRecognition(), sample: sample).events
            return (
                analysed(events),
                events.compactMap { event in
                    guard case .sampled(let picture) = event else { return nil }
                    return picture
                }
            )
        }
        let all = try drawn(DailyFrameSample(size: 1000))
        #expect(all.drawn.map(\.moment.wall) == all.looks.map(\.moment.wall))
        #expect(all.drawn.last?.sample.offered == all.looks.count)
        #expect(all.drawn.last?.sample.keys == all.drawn.map(\.key).sorted())
        let first = try #require(all.drawn.first)
        #expect(first.day == Day(of: first.moment.wall, in: .shanghai))
        // A JPEG of the stream's size: SOI, and 640 × 360 in its frame header.
        #expect(first.jpeg.starts(with: [0xFF, 0xD8]))
        #expect(first.jpeg.firstRange(of: [0x08, 0x01, 0x68, 0x02, 0x80]) != nil)

        let few = try drawn(DailyFrameSample(size: 2))
        let kept = try #require(few.drawn.last)
        #expect(kept.sample.keys.count == 2 && few.drawn.count < few.looks.count)
        #expect(Set(kept.sample.keys).isSubset(of: few.drawn.map(\.key)))
        #expect(try drawn(nil).drawn.isEmpty)
        #expect(try drawn(DailyFrameSample(size: 0)).drawn.isEmpty)
    }

    @Test func `people who are known are searched in about every second picture, and not at all once they left`() throws
    {
        let body = PictureBox(x: 0.4, y: 0.3, width: 0.15, height: 0.5)
        let film = try Film(Self.people, seconds: 30, from: 60)
        let there = ScriptedRecognition { _ in [Recognized(.person, body, score: 0.8)] }
        let looks = analysed(try film.analyse(with: there).events).count
        #expect((looks * 4 / 10...looks * 11 / 20).contains(there.looks))

        // Somebody is believed to be in an empty kitchen for the first two looks only.
        let gone = ScriptedRecognition { look in look < 2 ? [Recognized(.person, body, score: 0.8)] : [] }
        let (_, decoded) = try Film(Self.empty, seconds: 60).analyse(with: gone)
        #expect(gone.looks < 20)
        #expect(decoded < 7 * 12 + 12 + 60 / 2 + 24)
    }

    @Test func `somebody who stands still, or a cook on a poster, is searched each four seconds and stays one visit`()
        throws
    {
        func look(_ seconds: Double) throws -> (searches: Int, captures: Int) {
            let recognition = ScriptedRecognition { _ in
                [
                    Recognized(.person, PictureBox(x: 0.4, y: 0.3, width: 0.15, height: 0.5), score: 0.8),
                    Recognized(.head, PictureBox(x: 0.45, y: 0.3, width: 0.06, height: 0.1), score: 0.7),
                ]
            }
            recognition.head = HeadState(hat: Attribute(state: .absent, absence: 0.95), mask: .unknown)
            let (events, _) = try Film(Self.empty, seconds: seconds).analyse(with: recognition)
            return (recognition.looks, opened(events).count)
        }
        let (short, long) = (try look(60), try look(120))
        #expect([short.captures, long.captures] == [1, 1])
        #expect((14...17).contains(long.searches - short.searches))
    }

    @Test func `somebody without a hat is captured once with the picture of it`() throws {
        let film = try Film(Self.people, seconds: 30, from: 60)
        let body = PictureBox(x: 0.4, y: 0.3, width: 0.15, height: 0.5)
        let head = PictureBox(x: 0.45, y: 0.3, width: 0.06, height: 0.1)
        let recognition = ScriptedRecognition { _ in
            [Recognized(.person, body, score: 0.8), Recognized(.head, head, score: 0.7)]
        }
        recognition.head = HeadState(
            hat: Attribute(state: .absent, absence: 0.97), mask: Attribute(state: .present, absence: 0.02))
        let (events, _) = try film.analyse(with: recognition)
        let captures = opened(events)
        #expect(captures.map(\.item) == [.noHat])
        let capture = try #require(captures.first)
        #expect(capture.box == head)
        #expect((capture.metAt - capture.start).inSeconds >= 3)
        guard
            case .opened(_, let jpeg) = try #require(
                events.first(where: { if case .opened = $0 { true } else { false } }))
        else { return }
        #expect(jpeg.starts(with: [0xFF, 0xD8]))
        let order = events.compactMap { event -> String? in
            switch event {
            case .opened: "opened"
            case .ripe: "ripe"
            case .ended: "ended"
            case .analysed, .sampled: nil
            }
        }
        #expect(order == ["opened", "ripe", "ended"])
    }

    @Test func `the same file gives the same captures at any speed`() throws {
        let film = try Film(Self.people, seconds: 20, from: 60)
        func run() throws -> [String] {
            let recognition = ScriptedRecognition { look in
                let x = 0.2 + Double(look % 50) * 0.01
                return [Recognized(.person, PictureBox(x: x, y: 0.3, width: 0.15, height: 0.5), score: 0.8)]
            }
            return try analysed(film.analyse(with: recognition).events).map { "\($0.moment.time.ticks) \($0.isRecord)" }
        }
        #expect(try run() == run())
    }

    @Test func `a stream whose size changes goes on`() throws {
        var film = try Film(Self.people, seconds: 6, from: 60)
        let larger = try Film("sim://cooking?people=2&width=960&height=540&fps=12&seed=11", seconds: 6, from: 60)
        let shift = Time90k(.seconds(6))
        film.shots += larger.shots.map { shot in
            Film.Shot(
                unit: AccessUnit(
                    format: shot.unit.format, decodeTime: shot.unit.decodeTime + shift,
                    compositionOffset: shot.unit.compositionOffset, isKey: shot.unit.isKey, data: shot.unit.data),
                truth: shot.truth)
        }
        let looks = try analysed(film.analyse(with: ScriptedRecognition()).events)
        #expect(Set(looks.map(\.width)) == [640, 960])
    }

    @Test func `corrupt pictures are errors, and the next keyframe begins anew`() throws {
        let film = try Film(Self.people, seconds: 12, from: 60)
        var random = SeededGenerator(seed: 9)
        var analysis = StreamAnalysis(
            camera: CameraID(at: Moment.at(0).wall), settings: .standard, hours: .standard, zone: .shanghai, models: "",
            looking: .everything)
        var looks = 0
        for (index, shot) in film.shots.enumerated() {
            var data = shot.unit.data
            // The first six seconds are noise behind the lengths, cut off anywhere.
            if index < 72 {
                for position in stride(from: 5, to: data.count, by: 7) {
                    data[position] = UInt8(truncatingIfNeeded: random.next())
                }
                data = Array(data.prefix(Int(random.next() % UInt64(max(data.count, 1)))))
            }
            let unit = AccessUnit(
                format: shot.unit.format, decodeTime: shot.unit.decodeTime, isKey: shot.unit.isKey, data: data)
            do {
                try analysis.take(unit, wall: Moment.at(0).wall, with: nil) { event in
                    if case .analysed = event, index >= 72 { looks += 1 }
                }
            } catch is FFmpegError {
            }
        }
        #expect(looks > 20)
    }

    @Test func `with no models the camera itself is still watched`() throws {
        let film = try Film(Self.empty, seconds: 20)
        let frozen = film.shots[0].unit
        var analysis = StreamAnalysis(
            camera: CameraID(at: Moment.at(0).wall), settings: .standard, hours: .standard, zone: .shanghai, models: "",
            looking: .gated)
        var items: [CaptureItem] = []
        for second in 0..<40 {
            let unit = AccessUnit(
                format: frozen.format, decodeTime: Time90k(.seconds(second * 2)), isKey: true, data: frozen.data)
            try analysis.take(unit, wall: Moment.at(Double(second * 2)).wall, with: nil) { event in
                if case .opened(let capture, _) = event { items.append(capture.item) }
            }
        }
        #expect(items == [.frozen])
    }
}
