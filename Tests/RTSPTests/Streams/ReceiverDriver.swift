import Bitstream
import Domain
import Testing

@testable import RTSP

/// Feeds a receiver and keeps what it tells.
struct ReceiverDriver {
    var receiver: VideoReceiver
    var now = Duration.seconds(100)
    var wall = UTCTime(milliseconds: 1_795_392_000_000)
    private(set) var units: [AccessUnit] = []
    private(set) var damaged = 0
    private(set) var offsets: [Duration] = []

    init(_ codec: VideoFormat.Codec, parameterSets: [[UInt8]] = [], isConnection: Bool = true) {
        receiver = VideoReceiver(
            choice: TestStream.choice(codec, parameterSets: parameterSets), isConnection: isConnection, announced: nil)
    }

    mutating func take(_ packet: [UInt8]) {
        var events: [RTSPEvent] = []
        _ = receiver.receive(packet.span, now: now) { events.append($0) }
        keep(events)
    }

    mutating func takeDatagram(_ packet: [UInt8]) {
        var events: [RTSPEvent] = []
        _ = receiver.receiveDatagram(packet.span, now: now) { events.append($0) }
        keep(events)
    }

    mutating func expire() {
        var events: [RTSPEvent] = []
        receiver.expire(now: now) { events.append($0) }
        keep(events)
    }

    mutating func takeControl(_ packet: [UInt8]) {
        var events: [RTSPEvent] = []
        receiver.receiveControl(packet.span, now: now, wall: wall) { events.append($0) }
        keep(events)
    }

    private mutating func keep(_ events: [RTSPEvent]) {
        for event in events {
            switch event {
            case .accessUnit(let unit): units.append(unit)
            case .damaged(let count): damaged += count
            case .clockOffset(let offset): offsets.append(offset)
            }
        }
    }

    /// What must hold whatever came in.
    func checkInvariants(_ location: SourceLocation = #_sourceLocation) {
        for (a, b) in zip(units, units.dropFirst()) {
            #expect(a.decodeTime < b.decodeTime, sourceLocation: location)
        }
        #expect(units.first?.isKey ?? true, sourceLocation: location)
        for unit in units {
            #expect(unit.compositionOffset >= .zero, sourceLocation: location)
            var rest = unit.data[...]
            while rest.count >= 4 {
                let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
                rest = rest.dropFirst(4 + length)
            }
            #expect(rest.isEmpty, "lengths add up", sourceLocation: location)
        }
    }
}
