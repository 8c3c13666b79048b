import Bitstream
import Domain
import Testing

@testable import Cameras

struct StreamClockTests {
    private static let start = UTCTime(milliseconds: 1_795_392_900_000)

    /// Feeds pictures at ten a second; `shift` changes clocks at a picture.
    private func run(
        count: Int = 100, mediaRate: Double = 1,
        shift: (Int) -> (wall: Duration, media: Duration) = { _ in (.zero, .zero) }
    ) -> [(time: UTCTime, cut: StreamClock.Cut?)] {
        var clock = StreamClock()
        return (0..<count).map { index in
            let elapsed = Duration.milliseconds(index * 100)
            let media = elapsed * mediaRate + shift(index).media
            let unit = AccessUnit(
                format: TestStream.units[0].format, decodeTime: Time90k(media), isKey: true, data: [])
            return clock.wallTime(of: unit, now: Self.start + elapsed + shift(index).wall, monotonic: elapsed)
        }
    }

    @Test func `pictures keep their distances by the stream's own time`() {
        let result = run()
        #expect(result.allSatisfy { $0.cut == nil })
        for (index, picture) in result.enumerated() {
            let difference = picture.time - (Self.start + .milliseconds(index * 100))
            #expect(abs(difference.inMilliseconds) <= 1)
        }
    }

    @Test func `a clock set back by an hour cuts the time line once, and the new time holds after it`() {
        let result = run { ($0 >= 50 ? .seconds(-3600) : .zero, .zero) }
        #expect(result.filter { $0.cut == .clockStepped }.count == 1)
        #expect(result[50].cut == .clockStepped)
        #expect(result[50].time == Self.start + .milliseconds(5000) - .seconds(3600))
    }

    @Test func `a clock set forward by a day cuts the time line once`() {
        let result = run { ($0 >= 50 ? .seconds(86_400) : .zero, .zero) }
        #expect(result.compactMap(\.cut) == [.clockStepped])
        #expect(result[99].time - result[50].time == .milliseconds(4900))
    }

    @Test func `a camera whose time stamps jump is cut, and this machine's time goes on`() {
        let result = run { (.zero, $0 >= 50 ? .seconds(500) : .zero) }
        #expect(result.compactMap(\.cut) == [.streamJumped])
        #expect(abs((result[99].time - (Self.start + .milliseconds(9900))).inMilliseconds) <= 1)
    }

    @Test func `slow drift is followed without a cut`() {
        let result = run(count: 36_000, mediaRate: 1.0001)
        #expect(result.allSatisfy { $0.cut == nil })
        let off = result[35_999].time - (Self.start + .milliseconds(3_599_900))
        #expect(abs(off.inMilliseconds) < 60, "100 ppm over an hour are 360 ms")
    }

    @Test func `a machine that is busy for a minute hardly moves the time line`() {
        var clock = StreamClock()
        for index in 0..<1200 {
            let elapsed = Duration.milliseconds(index * 100)
            let late = (300..<900).contains(index) ? Duration.milliseconds(1500) : .zero
            let unit = AccessUnit(
                format: TestStream.units[0].format, decodeTime: Time90k(elapsed), isKey: true, data: [])
            let time = clock.wallTime(of: unit, now: Self.start + elapsed + late, monotonic: elapsed + late).time
            #expect(abs((time - (Self.start + elapsed)).inMilliseconds) < 200)
        }
    }

    @Test func `the camera's own clock counts when it agrees with ours, else ours`() {
        for (offset, isTaken) in [(Duration.milliseconds(-400), true), (.seconds(3), false)] {
            var clock = StreamClock()
            let unit = AccessUnit(
                format: TestStream.units[0].format, decodeTime: .zero, isKey: true, data: [],
                captureTime: Self.start + offset)
            let time = clock.wallTime(of: unit, now: Self.start, monotonic: .zero).time
            #expect(time == (isTaken ? Self.start + offset : Self.start))
        }
    }
}
