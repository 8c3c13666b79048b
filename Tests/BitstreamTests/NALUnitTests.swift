import TestSupport
import Testing

@testable import Bitstream

struct NALUnitTests {
    @Test(
        arguments: [
            (0x65, NALUnit.Role.slice(isKey: true)), (0x41, .slice(isKey: false)), (0x01, .slice(isKey: false)),
            (0x06, .supplement), (0x67, .parameterSet(.sequence)), (0x68, .parameterSet(.picture)), (0x09, .delimiter),
            (0x0A, .superfluous), (0x0C, .superfluous), (0x6F, .superfluous), (0x74, .superfluous),
            (0x00, .superfluous),
        ] as [(UInt8, NALUnit.Role)])
    func `H 264 tells a unit's role in one byte`(header: UInt8, role: NALUnit.Role) {
        #expect(NALUnit.role(.h264, of: [header, 0x80]) == role)
        #expect(NALUnit.role(.h264, of: [header]) == .superfluous)
    }

    @Test(
        arguments: [
            (19, NALUnit.Role.slice(isKey: true)), (20, .slice(isKey: true)), (21, .slice(isKey: true)),
            (16, .slice(isKey: true)),
            (0, .slice(isKey: false)), (1, .slice(isKey: false)), (9, .slice(isKey: false)), (10, .superfluous),
            (22, .superfluous), (32, .parameterSet(.video)), (33, .parameterSet(.sequence)),
            (34, .parameterSet(.picture)),
            (35, .delimiter), (36, .superfluous), (38, .superfluous), (39, .supplement), (40, .supplement),
            (48, .superfluous),
        ] as [(UInt8, NALUnit.Role)])
    func `H 265 tells it in two, and other layers than the base are passed over`(type: UInt8, role: NALUnit.Role) {
        #expect(NALUnit.role(.h265, of: [type << 1, 1, 0x80]) == role)
        #expect(NALUnit.role(.h265, of: [type << 1, 9, 0x80]) == .superfluous)
        #expect(NALUnit.role(.h265, of: [type << 1 | 1, 1, 0x80]) == .superfluous)
        #expect(NALUnit.role(.h265, of: [type << 1, 1]) == .superfluous)
    }

    @Test func `the first slice of a picture is known by its first bit`() {
        #expect(NALUnit.isFirstSlice(.h264, first: 0x65, payload: 0x88))
        #expect(!NALUnit.isFirstSlice(.h264, first: 0x41, payload: 0x40))
        #expect(!NALUnit.isFirstSlice(.h264, first: 0x43, payload: 0x88))
        #expect(NALUnit.isFirstSlice(.h265, first: 0x26, payload: 0xAF))
        #expect(!NALUnit.isFirstSlice(.h265, first: 0x02, payload: 0x50))
    }

    @Test(
        arguments: [
            ([], []), ([1, 2, 3], []), ([0, 0, 1], []), ([0, 0, 1, 7], [[7]]), ([0, 0, 0, 1, 7], [[7]]),
            ([9, 9, 0, 0, 1, 7, 8, 0, 0, 1, 9], [[7, 8], [9]]),
            ([0, 0, 1, 7, 0, 0, 0, 0, 0, 1, 0, 0, 1, 9, 0, 0], [[7], [9]]),
            ([0, 0, 1, 1, 0, 0, 2, 0, 0, 3, 0, 1], [[1, 0, 0, 2, 0, 0, 3, 0, 1]]),
        ] as [([UInt8], [[UInt8]])])
    func `start codes part the units, zeros around them belong to none`(stream: [UInt8], units: [[UInt8]]) {
        #expect(AnnexB.units(in: stream) == units)
    }

    @Test func `byte streams and length-prefixed units turn into one another`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            // Units as encoders make them: no start code inside, no zero at the end.
            let units = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator) | 1
                }
            }
            #expect(AnnexB.units(in: AnnexB.bytes(of: units)) == units)
            var bytes = LengthPrefixed.bytes(of: units)
            #expect(LengthPrefixed.units(in: bytes) == units)
            bytes.withUnsafeMutableBufferPointer { AnnexB.replaceLengths(in: $0) }
            #expect(bytes == AnnexB.bytes(of: units))
        }
    }

    @Test(arguments: 1...4)
    func `lengths of each size are understood, and what is cut off is handed on as far as it is there`(size: Int) {
        let zeros = [UInt8](repeating: 0, count: size - 1)
        let bytes = zeros + [2, 0xAA, 0xBB] + zeros + [0] + zeros + [3, 0xCC]
        #expect(LengthPrefixed.units(in: bytes, lengthSize: size) == [[0xAA, 0xBB], [0xCC]])
    }

    @Test func `changed samples are walked to their end`() {
        let sample = LengthPrefixed.bytes(of: [[1, 2, 3], [4, 5, 6, 7, 8], [9]])
        for mutated in Mutations(of: sample, count: 5000) {
            #expect(LengthPrefixed.units(in: mutated).reduce(0) { $0 + $1.count } <= mutated.count)
            var copy = mutated
            copy.withUnsafeMutableBufferPointer { AnnexB.replaceLengths(in: $0) }
            #expect(AnnexB.units(in: copy).count <= mutated.count)
        }
    }
}
