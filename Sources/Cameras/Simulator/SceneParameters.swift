public import Domain

/// What `sim://SCENE?…` asks for; docs/reference/simulator.md tells the same in a table.
public struct SceneParameters: Sendable, Hashable {
    public enum Scene: String, Sendable, CaseIterable {
        case preparation
        case washing
        case cooking
    }

    public enum Light: String, Sendable, CaseIterable {
        case day
        /// Lamps off, nobody there; the camera sees by infrared, without colours.
        case night
    }

    public var scene: Scene
    /// 0…8; 0 by night unless asked for.
    public var people = 2
    /// Any number: other people, other ways, other chances.
    public var seed: UInt64 = 1
    /// Pixels, even: 320…1920 × 180…1080.
    public var width = 960
    public var height = 540
    /// 1…30.
    public var framesPerSecond = 12
    /// Bits per second, 50,000…20,000,000; nil = as many as constant quality takes.
    public var bitRate: Int?
    public var light = Light.day
    /// The chance that somebody who comes in wears no hat, 0…1.
    public var bareheads: Float = 0.06
    /// The chance that somebody who comes in wears no mask, 0…1.
    public var maskless: Float = 0.08
    /// How often each person looks at a phone, in an hour: 0…60.
    public var phones: Float = 1
    /// How often a rat runs along the wall, in an hour: 0…120; 6 by night unless asked for.
    public var rats: Float = 0
    /// How many flies there are, 0…20.
    public var flies = 0
    /// How many flies circle half a metre to a metre before the camera, 0…5.
    public var closeFlies = 0

    public init(scene: Scene) { self.scene = scene }
}

extension SceneParameters {
    /// - Throws: ``SourceFailure`` of the kind `notFound` when there is no such scene, `protocolError` when a parameter is unknown or out of range.
    public init(_ address: SourceAddress) throws(SourceFailure) {
        guard let scene = Scene(rawValue: address.host) else {
            let known = Scene.allCases.map(\.rawValue).joined(separator: ", ")
            throw SourceFailure(.notFound, detail: "no scene “\(address.host)”; there are \(known)")
        }
        self.init(scene: scene)
        var given: [String: String] = [:]
        for pair in address.query.split(separator: "&") {
            let name = String(pair.prefix { $0 != "=" })
            guard given.updateValue(String(pair.dropFirst(name.count + 1)), forKey: name) == nil else {
                throw SourceFailure(.protocolError, detail: "“\(name)” is given twice")
            }
        }
        var reader = Reader(given: given)
        light = try reader.choice("light") ?? light
        if light == .night { (people, rats) = (0, 6) }
        people = try reader.number("people", 0...8) ?? people
        seed = try reader.number("seed", 0...UInt64.max) ?? seed
        width = try reader.even("width", 320...1920) ?? width
        height = try reader.even("height", 180...1080) ?? height
        framesPerSecond = try reader.number("fps", 1...30) ?? framesPerSecond
        bitRate = try reader.number("bitrate", 50_000...20_000_000)
        bareheads = try reader.number("bareheads", 0...1) ?? bareheads
        maskless = try reader.number("maskless", 0...1) ?? maskless
        phones = try reader.number("phones", 0...60) ?? phones
        rats = try reader.number("rats", 0...120) ?? rats
        flies = try reader.number("flies", 0...20) ?? flies
        closeFlies = try reader.number("closeflies", 0...5) ?? closeFlies
        try reader.finish()
    }

    private struct Reader {
        var given: [String: String]

        mutating func number<Number: LosslessStringConvertible & Comparable>(
            _ name: String, _ range: ClosedRange<Number>
        ) throws(SourceFailure) -> Number? {
            guard let text = given.removeValue(forKey: name) else { return nil }
            guard let number = Number(text), range.contains(number) else {
                throw SourceFailure(
                    .protocolError, detail: "“\(name)” must be \(range.lowerBound)…\(range.upperBound), not “\(text)”")
            }
            return number
        }

        mutating func even(_ name: String, _ range: ClosedRange<Int>) throws(SourceFailure) -> Int? {
            guard let number = try number(name, range) else { return nil }
            guard number.isMultiple(of: 2) else {
                throw SourceFailure(.protocolError, detail: "“\(name)” must be even, not \(number)")
            }
            return number
        }

        mutating func choice<Choice: RawRepresentable & CaseIterable>(
            _ name: String
        ) throws(SourceFailure) -> Choice? where Choice.RawValue == String {
            guard let text = given.removeValue(forKey: name) else { return nil }
            guard let choice = Choice(rawValue: text) else {
                let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                throw SourceFailure(.protocolError, detail: "“\(name)” must be one of \(known), not “\(text)”")
            }
            return choice
        }

        func finish() throws(SourceFailure) {
            guard let name = given.keys.min() else { return }
            throw SourceFailure(.protocolError, detail: "the simulator knows no “\(name)”")
        }
    }
}
