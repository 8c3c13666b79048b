public import Domain

/// The few numbers that stand at the head of a fragment, without its samples.
public struct FragmentHead: Hashable, Sendable {
    /// `moof` and `mdat`, in bytes.
    public let length: Int
    /// `moof` and the head of `mdat`: what is before the samples.
    public let headLength: Int
    public let decodeTime: Time90k
    public let duration: Time90k

    /// - Parameter bytes: begin with a whole fragment of ours.
    public init(_ bytes: UnsafeRawBufferPointer) throws(ISOBMFFError) {
        guard bytes.count >= FragmentLayout.firstSample else { throw .truncated("moof") }
        func number<Number: FixedWidthInteger>(at offset: Int, _: Number.Type) -> Number {
            Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
        }
        let moof = Int(number(at: 0, UInt32.self))
        let count = Int(number(at: FragmentLayout.run + 12, UInt32.self))
        guard count > 0, bytes[4..<8].elementsEqual("moof".utf8),
            moof == FragmentLayout.firstSample + count * FragmentLayout.sampleBytes, moof + 8 <= bytes.count
        else { throw .invalid("moof") }
        headLength = moof + 8
        length = moof + Int(number(at: moof, UInt32.self))
        guard bytes[moof + 4..<moof + 8].elementsEqual("mdat".utf8), length <= bytes.count else {
            throw .truncated("mdat")
        }
        decodeTime = Time90k(ticks: number(at: FragmentLayout.decodeTime, Int64.self))
        var ticks: Int64 = 0
        var payload = 0
        for sample in 0..<count {
            let offset = FragmentLayout.firstSample + sample * FragmentLayout.sampleBytes
            ticks += Int64(number(at: offset, UInt32.self))
            payload += Int(number(at: offset + 4, UInt32.self))
        }
        guard headLength + payload == length else { throw .invalid("mdat") }
        duration = Time90k(ticks: ticks)
        guard decodeTime >= .zero, decodeTime.ticks < 28_000_000_000_000_000 else { throw .invalid("decode time") }
    }
}
