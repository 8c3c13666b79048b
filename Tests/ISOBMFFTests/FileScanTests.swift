import Bitstream
import Domain
import TestSupport
import Testing

@testable import ISOBMFF

struct FileScanTests {
    static let parts = SyntheticFile.parts(of: SyntheticFile.units(25))

    /// The initialization segment and all parts, with something before each part and at the end.
    static func file(between: [UInt8] = [], end: [UInt8] = []) -> [UInt8] {
        parts.reduce(SyntheticFile.initialization()) { $0 + between + $1.bytes } + end
    }

    enum Foreign: CaseIterable {
        case small, empty, unknown, ours, largeSize, large, largeOurs

        var bytes: [UInt8] {
            switch self {
            case .small: SyntheticFile.box("free", [1, 2, 3])
            case .empty: SyntheticFile.box("free", [])
            case .unknown: SyntheticFile.box("zzzz", [0, 0, 0])
            case .ours: SyntheticFile.box("uuid", [UInt8](repeating: 7, count: 20))
            case .largeSize: SyntheticFile.largeBox("skip", [9])
            case .large: SyntheticFile.box("styp", [UInt8](repeating: 1, count: 2 << 20))
            case .largeOurs: SyntheticFile.box("uuid", [UInt8](repeating: 1, count: 2 << 20))
            }
        }
    }

    @Test(arguments: Foreign.allCases)
    func `boxes of others between fragments are passed over`(foreign: Foreign) throws {
        let plain = try SyntheticFile.scan(Self.file())
        let bytes = Self.file(between: foreign.bytes)
        let file = try SyntheticFile.scan(bytes)
        #expect(file.fragments.map(\.decodeTime) == plain.fragments.map(\.decodeTime))
        #expect(file.fragments.count == Self.parts.count && file.damage == nil)
        #expect(file.fragments[0].offset == Int64(file.initializationLength))
        #expect(file.validLength == Int64(bytes.count))
    }

    enum Torn: CaseIterable {
        case zeros, threeBytes, noType, endless, secondMovie, strayData, emptyFragment, oldFragment, cutData,
            cutFragment
        case hugeFragment

        var bytes: [UInt8] {
            switch self {
            case .zeros: [UInt8](repeating: 0, count: 4096)
            case .threeBytes: [0, 0, 0]
            case .noType: [0, 0, 0, 9, 0x66]
            case .endless: [0, 0, 0, 0] + Array("mdat".utf8)
            case .secondMovie: SyntheticFile.box("moov", [1])
            case .strayData: SyntheticFile.box("mdat", [1])
            case .emptyFragment: SyntheticFile.box("moof", [])
            case .oldFragment: parts[0].bytes
            case .cutData: later.dropLast()
            case .cutFragment: Array(later[..<100])
            case .hugeFragment: SyntheticFile.box("moof", [UInt8](repeating: 0, count: 2 << 20))
            }
        }

        private var later: [UInt8] {
            let part = parts[0]
            return part.header(decodeTime: Time90k(ticks: 90_000_000), sequence: 9) + part.bytes[part.payload]
        }

        var damage: ISOBMFFError {
            switch self {
            case .zeros: .invalid("type of box")
            case .threeBytes, .noType: .truncated("box")
            case .endless: .invalid("size of mdat")
            case .secondMovie: .invalid("moov")
            case .strayData: .invalid("mdat")
            case .emptyFragment: .invalid("no traf in moof")
            case .oldFragment: .invalid("decode time")
            case .cutData: .truncated("mdat")
            case .cutFragment: .truncated("moof")
            case .hugeFragment: .invalid("size of moof")
            }
        }
    }

    @Test(arguments: Torn.allCases)
    func `what is wrong behind the last fragment is told and left out`(torn: Torn) throws {
        let file = try SyntheticFile.scan(Self.file(end: torn.bytes))
        #expect(file.fragments.count == Self.parts.count)
        #expect(file.validLength == Int64(Self.file().count))
        #expect(file.damage == torn.damage)
    }

    @Test func `an unknown box at the end may be garbage and is not counted`() throws {
        let file = try SyntheticFile.scan(Self.file(end: SyntheticFile.box("a{7!", [1, 2])))
        #expect(file.validLength == Int64(Self.file().count) && file.damage == nil)
        let padded = Self.file(end: SyntheticFile.box("free", [1, 2]))
        #expect(try SyntheticFile.scan(padded).validLength == Int64(padded.count))
    }

    @Test func `a moof needs its own mdat at once`() throws {
        let part = Self.parts[0]
        let head = Array(part.bytes[..<(part.payload.lowerBound - 8)])
        for end in [
            SyntheticFile.box("free", []) + part.bytes[head.count...], head, SyntheticFile.box("mdat", [1, 2]),
        ] {
            let file = try SyntheticFile.scan(SyntheticFile.initialization() + head + end)
            #expect(file.fragments.isEmpty && file.damage != nil)
            #expect(file.validLength == Int64(SyntheticFile.initialization().count))
        }
    }

    @Test(arguments: [[], [1], SyntheticFile.box("ftyp", []), SyntheticFile.box("moov", []), parts[0].bytes])
    func `without a usable begin there is no file`(bytes: [UInt8]) {
        #expect(throws: ISOBMFFError.self) { try SyntheticFile.scan(bytes) }
    }

    @Test func `a file of nothing but tiny boxes is given up`() throws {
        let tiny = [UInt8](repeatElement(SyntheticFile.box("zzzz", []), count: 50_000).joined())
        let bytes = Self.file(end: tiny)
        var reads = 0
        let file = try FragmentedFile.scan(size: Int64(bytes.count)) { offset, count in
            reads += 1
            return Array(bytes[Int(offset)...].prefix(count))
        }
        #expect(reads < 1100 && file.damage == .invalid("number of boxes"))
        #expect(file.validLength == Int64(Self.file().count))
    }

    @Test func `samples are not read`() throws {
        let parts = SyntheticFile.parts(of: SyntheticFile.units(50, bytes: 20_000...20_000))
        let bytes = SyntheticFile.initialization() + parts.flatMap(\.bytes)
        var total = 0
        let file = try FragmentedFile.scan(size: Int64(bytes.count)) { offset, count in
            total += count
            return Array(bytes[Int(offset)...].prefix(count))
        }
        #expect(file.fragments.count == parts.count && total < bytes.count / 50)
    }

    @Test func `what reading throws comes out, a short answer is a file cut off`() throws {
        struct Broken: Error {}
        let bytes = Self.file()
        #expect(throws: Broken.self) {
            try FragmentedFile.scan(size: Int64(bytes.count)) { offset, count in
                guard offset < 1000 else { throw Broken() }
                return Array(bytes[Int(offset)...].prefix(count))
            }
        }
        // The file shrank since its size was asked.
        let file = try FragmentedFile.scan(size: Int64(bytes.count)) { offset, count in
            Array(bytes[..<1500].dropFirst(Int(offset)).prefix(count))
        }
        #expect(file.damage != nil && file.fragments.allSatisfy { $0.offset < 1500 })
    }

    @Test func `a file cut at any byte keeps exactly its whole fragments, and says what is torn`() throws {
        let bytes = Self.file()
        let whole = try SyntheticFile.scan(bytes)
        for length in whole.initializationLength..<bytes.count {
            let file = try SyntheticFile.scan(Array(bytes[..<length]))
            let expected = whole.fragments.filter { $0.offset + Int64($0.length) <= Int64(length) }
            #expect(file.fragments == expected)
            #expect((file.damage == nil) == (file.validLength == Int64(length)))
        }
    }

    @Test func `changed bytes never bring fragments out of order, out of the file or out of step with their samples`()
        throws
    {
        let bytes = Self.file()
        for seed in 1...3 {
            for mutated in Mutations(of: bytes, count: 5000, seed: UInt64(seed)) {
                guard let file = try? SyntheticFile.scan(mutated) else { continue }
                #expect(file.validLength <= Int64(mutated.count))
                for (fragment, next) in zip(file.fragments, file.fragments.dropFirst()) {
                    #expect(fragment.decodeTime < next.decodeTime)
                    #expect(fragment.offset + Int64(fragment.length) <= next.offset)
                }
                for fragment in file.fragments {
                    let part = Array(mutated[Int(fragment.offset)..<Int(fragment.offset) + fragment.length])
                    let samples = try FragmentedFile.samples(inFragment: part)
                    #expect(samples.count == fragment.sampleCount && samples.last?.range.upperBound == part.count)
                    #expect(fragment.duration >= .zero)
                }
            }
        }
    }

    @Test func `a changed fragment is rewritten for an export or refused`() {
        let other = try! VideoFormat(
            codec: .h264, sequenceParameterSets: SyntheticFile.format.sequenceParameterSets,
            pictureParameterSets: [[0x68, 0xCE, 0x3C, 0x81]])
        for mutated in Mutations(of: Self.parts[0].bytes, count: 20_000) {
            var stitcher = FragmentStitcher(formats: [SyntheticFile.format, other])
            var copy = mutated
            for format in [SyntheticFile.format, other] {
                let inserted = try? copy.withUnsafeMutableBytes {
                    try stitcher.rewrite($0, format: format, duration: .zero)
                }
                if let inserted { #expect(inserted.count < 100) }
            }
        }
        var stitcher = FragmentStitcher(formats: [other])
        var copy = Self.parts[0].bytes
        #expect(throws: ISOBMFFError.invalid("format")) {
            try copy.withUnsafeMutableBytes { try stitcher.rewrite($0, format: SyntheticFile.format, duration: .zero) }
        }
    }
}
