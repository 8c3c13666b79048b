import Domain
import TestSupport
import Testing

@testable import Vision

@Suite struct ActivityGateTests {
    private var gate = ActivityGate()
    private var random = SeededGenerator(seed: 7)

    /// Sizes of a quiet camera: about 800 bytes, ± 10 %.
    private mutating func quiet(_ seconds: Double, from start: Double) -> Int {
        var open = 0
        for step in 0..<Int(seconds * 15) {
            let size = 720 + Int(random.next() % 160)
            let isKey = step.isMultiple(of: 30)
            if gate.add(size: isKey ? 24_000 : size, isKey: isKey, at: Moment.at(start + Double(step) / 15).time),
                !isKey
            {
                open += 1
            }
        }
        return open
    }

    @Test mutating func `everything is let through until the usual is known`() {
        #expect(quiet(5, from: 0) == 72)
    }

    @Test mutating func `a quiet camera stays shut`() {
        _ = quiet(20, from: 0)
        let open = quiet(600, from: 20)
        #expect(open < 90, "at most 1 % of the pictures of ten quiet minutes")
    }

    @Test mutating func `somebody who comes in opens it within half a second`() {
        _ = quiet(60, from: 0)
        var opened: Int?
        for step in 0..<15 where opened == nil {
            if gate.add(size: 1600, isKey: false, at: Moment.at(60 + Double(step) / 15).time) { opened = step }
        }
        #expect((opened ?? 99) < 7)
    }

    @Test mutating func `it shuts again when it is quiet, and stays open while told so`() {
        _ = quiet(60, from: 0)
        for step in 0..<15 { _ = gate.add(size: 3000, isKey: false, at: Moment.at(60 + Double(step) / 15).time) }
        #expect(gate.isOpen)
        _ = quiet(4, from: 61)
        #expect(!gate.isOpen)
        gate.hold(until: Moment.at(75).time)
        #expect(quiet(4, from: 66) > 50)
    }

    @Test mutating func `a clock that begins anew does not keep it open`() {
        _ = quiet(60, from: 0)
        gate.hold(until: Moment.at(36_000).time)
        gate.restartClock()
        #expect(!gate.isOpen)
        #expect(quiet(20, from: 0) < 15)
    }

    @Test mutating func `what never ends becomes usual`() {
        _ = quiet(60, from: 0)
        for step in 0..<(15 * 900) {
            _ = gate.add(size: 2400, isKey: false, at: Moment.at(60 + Double(step) / 15).time)
        }
        #expect(!gate.isOpen)
    }

    @Test mutating func `a noisy camera's gate knows that it is blind, a quiet one's does not think so`() {
        #expect(gate.isBlind, "before it has learned")
        for step in 0..<600 {
            _ = gate.add(
                size: 7500 + Int(random.next() % 1000), isKey: false, at: Moment.at(Double(step) / 15).time)
        }
        #expect(gate.isBlind)
        var calm = ActivityGate()
        for step in 0..<600 {
            _ = calm.add(size: 380 + Int(random.next() % 60), isKey: false, at: Moment.at(Double(step) / 15).time)
        }
        #expect(!calm.isBlind)
    }

    @Test mutating func `empty and enormous pictures do no harm`() {
        for step in 0..<1000 {
            _ = gate.add(
                size: step.isMultiple(of: 2) ? 0 : .max / 4, isKey: false, at: Moment.at(Double(step) / 15).time)
        }
    }
}
