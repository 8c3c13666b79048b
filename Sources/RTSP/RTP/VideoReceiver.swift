import Bitstream
import Domain

/// RTP and RTCP packets of one video stream in, access units out.
///
/// A picture of which a packet was lost is left out and counted; those after it are handed on, although they may
/// refer to it: a picture with a flaw until the next keyframe is worth more to an investigation than none.
struct VideoReceiver {
    private var payloadType: UInt8
    /// Packets of the announced payload type have come; or so many others that those must be it.
    private var isTypeProven = false
    private var otherTypes = 0
    private let clockRate: Int
    private var source: SynchronizationSource
    private var reordering = ReorderBuffer()
    private var sequence = SequenceTracker()
    private var jitter: ArrivalJitter
    private var timeline: StreamTimeline
    private var decodeTimes = DecodeTimes()
    private var clock: CameraClock
    private var assembler: PictureAssembler
    private var markers = MarkerTrust()
    private var format: VideoFormat?
    /// A keyframe has been handed on: pictures from here on can be decoded, and are missed when they are lost.
    private(set) var hasBegun = false

    private var timestamp: UInt32?
    /// The picture of this timestamp has been handed on already, by its marker.
    private var isClosed = false
    private var hadSlice = false
    private var lastMarker = false

    private let ownSource = UInt32.random(in: 1 ... .max)
    private let canonicalName = String(UInt64.random(in: 0 ... .max), radix: 16)
    private var lastReport: (middle: UInt32, arrived: Duration)?
    private(set) var saidGoodbye = false
    /// Access units handed on.
    private(set) var pictures = 0

    init(choice: VideoChoice, isConnection: Bool, announced: UInt32?) {
        payloadType = choice.payloadType
        clockRate = choice.clockRate
        source = SynchronizationSource(isConnection: isConnection, announced: announced)
        jitter = ArrivalJitter(clockRate: choice.clockRate)
        timeline = StreamTimeline(clockRate: choice.clockRate)
        clock = CameraClock(clockRate: choice.clockRate)
        assembler = PictureAssembler(codec: choice.codec, parameterSets: choice.parameterSets)
    }

    /// Whether these first two bytes may be those of a packet of this stream.
    func mayBegin(_ start: Span<UInt8>) -> Bool {
        start.count >= 2 && start[0] >> 6 == 2 && (isRTCP(start) || start[1] & 0x7F == payloadType)
    }

    /// A packet that came over the RTSP connection.
    ///
    /// - Parameter now: monotonic.
    /// - Returns: whether it is one of this stream.
    mutating func receive(_ bytes: Span<UInt8>, now: Duration, _ emit: (RTSPEvent) -> Void) -> Bool {
        guard let packet = RTPPacket(bytes), isExpected(packet.payloadType) else { return false }
        switch source.take(packet.ssrc) {
        case .stranger: return false
        case .changed: sourceChanged(at: packet, now: now, emit)
        case .current: break
        }
        process(packet, bytes, now: now, emit)
        return true
    }

    /// A packet that came by UDP, in any order, from whomsoever.
    mutating func receiveDatagram(_ bytes: Span<UInt8>, now: Duration, _ emit: (RTSPEvent) -> Void) -> Bool {
        guard let packet = RTPPacket(bytes), isExpected(packet.payloadType) else { return false }
        switch source.take(packet.ssrc) {
        case .stranger: return false
        case .changed:
            reordering.removeAll()
            sourceChanged(at: packet, now: now, emit)
        case .current: break
        }
        var buffer = ReorderBuffer()
        swap(&buffer, &reordering)
        buffer.take(sequence: packet.sequence, bytes: bytes, now: now) { process($0, now: now, emit) }
        swap(&buffer, &reordering)
        return true
    }

    /// Gives up on UDP packets that have been waited for too long.
    mutating func expire(now: Duration, _ emit: (RTSPEvent) -> Void) {
        guard !reordering.isEmpty else { return }
        var buffer = ReorderBuffer()
        swap(&buffer, &reordering)
        buffer.expire(now: now) { process($0, now: now, emit) }
        swap(&buffer, &reordering)
    }

    private mutating func isExpected(_ type: UInt8) -> Bool {
        if type == payloadType {
            isTypeProven = true
            return true
        }
        guard !isTypeProven, type >= 96 else { return false }
        otherTypes += 1
        guard otherTypes > 32 else { return false }
        payloadType = type
        return true
    }

    private mutating func sourceChanged(at packet: RTPPacket, now: Duration, _ emit: (RTSPEvent) -> Void) {
        guard timestamp != nil else { return }
        if assembler.isOpen { assembler.damage() }
        finish(now: now, emit)
        timestamp = nil
        isClosed = false
        sequence = SequenceTracker()
        jitter = ArrivalJitter(clockRate: clockRate)
        timeline.restart(at: packet.timestamp, arrived: now)
        clock.forget()
        lastReport = nil
        saidGoodbye = false
    }

    private mutating func process(_ bytes: Span<UInt8>, now: Duration, _ emit: (RTSPEvent) -> Void) {
        if let packet = RTPPacket(bytes) { process(packet, bytes, now: now, emit) }
    }
}

// Packets to pictures.
extension VideoReceiver {
    private mutating func process(
        _ packet: RTPPacket, _ bytes: Span<UInt8>, now: Duration, _ emit: (RTSPEvent) -> Void
    ) {
        let verdict = sequence.take(packet.sequence)
        guard verdict != .old else { return }
        saidGoodbye = false
        let payload = bytes.extracting(packet.payload)
        let isNew = packet.timestamp != timestamp
        if verdict != .next { lost(before: payload, isNew: isNew, emit) }
        if isNew {
            jitter.take(timestamp: packet.timestamp, now: now)
            begin(packet.timestamp, now: now, emit)
        } else if hadSlice {
            continuePicture(with: payload, now: now, emit)
        }
        // What was lost may have been the head of this picture.
        if verdict != .next, isNew, !startsPicture(payload) { assembler.damage() }
        switch assembler.codec {
        case .h264: H264Payload.take(payload, into: &assembler)
        case .h265: H265Payload.take(payload, into: &assembler)
        }
        hadSlice = hadSlice || assembler.hasSlice
        lastMarker = packet.marker
        if packet.marker, markers.isTrusted, !isClosed {
            assembler.endFragment()
            if assembler.hasSlice || assembler.isDamaged {
                hadSlice = true
                finish(now: now, emit)
                isClosed = true
            }
        }
    }

    private mutating func begin(_ timestamp: UInt32, now: Duration, _ emit: (RTSPEvent) -> Void) {
        if hadSlice { markers.pictureEnded(withMarker: lastMarker) }
        finish(now: now, emit)
        self.timestamp = timestamp
        isClosed = false
        hadSlice = false
    }

    /// More under a timestamp that has shown a slice already.
    private mutating func continuePicture(with payload: Span<UInt8>, now: Duration, _ emit: (RTSPEvent) -> Void) {
        guard let beginning = beginning(of: payload) else {
            // The rest of a fragment whose picture was said to be over.
            if isClosed { reopen() } else if lastMarker { markers.lied() }
            return
        }
        let role = NALUnit.role(assembler.codec, first: beginning.first, second: beginning.second)
        guard case .slice = role else { return }
        if NALUnit.isFirstSlice(assembler.codec, first: beginning.first, third: beginning.third) {
            // The camera gave two pictures the same time.
            finish(now: now, emit)
            isClosed = false
        } else if isClosed {
            reopen()
        } else if lastMarker {
            markers.lied()
        }
    }

    private mutating func reopen() {
        markers.lied()
        isClosed = false
        assembler.damage()
    }

    private mutating func lost(before payload: Span<UInt8>, isNew: Bool, _ emit: (RTSPEvent) -> Void) {
        let isWhole = isNew && (isClosed || lastMarker && !markers.hasLied)
        if !isWhole {
            if !isClosed { assembler.damage() }
        } else if startsPicture(payload), hasBegun {
            // Whole pictures are missing between two whole ones; how many, nobody can tell.
            emit(.damaged(1))
        }
    }

    /// Whether nothing of the picture can have come before this payload.
    private func startsPicture(_ payload: Span<UInt8>) -> Bool {
        guard let beginning = beginning(of: payload) else { return false }
        switch NALUnit.role(assembler.codec, first: beginning.first, second: beginning.second) {
        case .slice: return NALUnit.isFirstSlice(assembler.codec, first: beginning.first, third: beginning.third)
        case .parameterSet, .supplement, .superfluous: return true
        }
    }

    private func beginning(of payload: Span<UInt8>) -> PayloadBeginning? {
        switch assembler.codec {
        case .h264: H264Payload.beginning(of: payload)
        case .h265: H265Payload.beginning(of: payload)
        }
    }

    /// The picture is over: hand it on, or count it.
    private mutating func finish(now: Duration, _ emit: (RTSPEvent) -> Void) {
        assembler.endFragment()
        guard !assembler.isDamaged else {
            if hasBegun { emit(.damaged(1)) }
            return assembler.discard()
        }
        guard assembler.hasSlice, let timestamp else { return assembler.discard() }
        if let changed = assembler.parameterSets.changedFormat(), changed != format { format = changed }
        let isKey = assembler.isKey
        guard let format, hasBegun || isKey else { return assembler.discard() }
        hasBegun = true
        pictures += 1
        let reordered = format.picture.maxReorderedFrames
        let shown = timeline.time(of: timestamp, reorders: reordered > 0, arrived: now)
        if timeline.jumped { clock.forget() }
        let times = decodeTimes.next(
            presentation: shown, maxReorderedFrames: reordered, usualFrame: timeline.usualFrame)
        emit(
            .accessUnit(
                AccessUnit(
                    format: format, decodeTime: times.decode, compositionOffset: times.composition, isKey: isKey,
                    data: assembler.take(), captureTime: clock.captureTime(of: timestamp))))
    }
}

// RTCP.
extension VideoReceiver {
    /// - Parameters:
    ///   - now: monotonic.
    ///   - wall: the wall clock at the same moment.
    mutating func receiveControl(
        _ bytes: Span<UInt8>, now: Duration, wall: UTCTime, _ emit: (RTSPEvent) -> Void
    ) {
        for packet in RTCPPacket.parse(bytes) {
            switch packet {
            case .senderReport(let report) where source.current == nil || report.ssrc == source.current:
                lastReport = (report.middle, now)
                if let time = clock.take(report, now: wall) { emit(.clockOffset(time - wall)) }
            case .goodbye(let sources): saidGoodbye = saidGoodbye || source.current.map(sources.contains) ?? false
            case .senderReport, .other: break
            }
        }
    }

    /// The report that is due every few seconds (RFC 3550 §6.2).
    mutating func receiverReport(now: Duration) -> [UInt8] {
        var report = ReceiverReport(ssrc: ownSource, canonicalName: canonicalName)
        if let source = source.current {
            let loss = sequence.loss()
            let delay = lastReport.map { (now - $0.arrived).inSeconds * 65_536 } ?? 0
            report.block = ReceiverReport.Block(
                source: source, fractionLost: loss.fraction, totalLost: loss.total,
                highestSequence: sequence.highest, jitter: jitter.value, lastReport: lastReport?.middle ?? 0,
                delay: UInt32(max(0, min(delay, Double(UInt32.max)))))
        }
        return report.encoded()
    }

    /// An empty RTP packet of ours, which opens the way for UDP through a firewall.
    func opening() -> [UInt8] {
        var bytes: [UInt8] = [0x80, payloadType, 0, 0, 0, 0, 0, 0]
        bytes.append(bigEndian: ownSource)
        return bytes
    }
}
