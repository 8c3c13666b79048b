import Bitstream

/// Collects the NAL units of one access unit, each after its length, in one growing array.
struct PictureAssembler {
    /// Beyond any picture of any camera; a stream that reaches it has lost its ends of pictures.
    static let maximumBytes = 8 << 20
    /// So many slices are searched for start codes; a camera that sends none in them never will.
    private static let searchedSlices = 64

    let codec: VideoFormat.Codec
    var parameterSets: ParameterSets
    private(set) var hasSlice = false
    private(set) var isKey = false
    private(set) var isDamaged = false
    private var data: [UInt8] = []
    private var fragment: Fragment?
    private var searchesLeft = Self.searchedSlices
    private var usualBytes = 0

    private struct Fragment {
        /// Where its length stands.
        let start: Int
        let role: NALUnit.Role
    }

    init(codec: VideoFormat.Codec, parameterSets: [[UInt8]]) {
        self.codec = codec
        self.parameterSets = ParameterSets(codec: codec, initial: parameterSets)
    }

    /// Something has been taken in since the last picture.
    var isOpen: Bool { hasSlice || fragment != nil || !data.isEmpty }

    mutating func damage() { isDamaged = true }

    /// Takes a whole NAL unit, or several with start codes between them.
    mutating func append(_ unit: Span<UInt8>) {
        endFragment()
        guard unit.count > NALUnit.headerLength(codec) else { return }
        if unit[0] == 0, unit[1] == 0, StartCodes.first(in: unit).map({ $0 <= 1 }) ?? false { return appendSplit(unit) }
        let role = NALUnit.role(codec, first: unit[0], second: unit[1])
        if needsSearch(role), StartCodes.first(in: unit) != nil {
            if case .slice = role { searchesLeft = .max }
            return appendSplit(unit)
        }
        append(unit, role)
    }

    /// Begins a NAL unit that comes in pieces.
    ///
    /// - Parameter header: its header in the upper bytes: one for H.264, two for H.265.
    mutating func beginFragment(first: UInt8, second: UInt8, _ piece: Span<UInt8>) {
        endFragment()
        reserve()
        fragment = Fragment(start: data.count, role: NALUnit.role(codec, first: first, second: second))
        data.append(contentsOf: [0, 0, 0, 0])
        data.append(first)
        if codec == .h265 { data.append(second) }
        add(piece)
    }

    /// A piece without a beginning is damage.
    mutating func continueFragment(_ piece: Span<UInt8>) {
        guard fragment != nil else { return damage() }
        add(piece)
    }

    /// Also called when the end was not marked: some cameras forget to.
    mutating func endFragment() {
        guard let fragment else { return }
        self.fragment = nil
        let body = (fragment.start + 4)..<data.count
        if case .slice(let isKey) = fragment.role {
            guard needsSearch(fragment.role), StartCodes.first(in: data.span.extracting(body)) != nil else {
                return seal(at: fragment.start, isKey: isKey)
            }
            searchesLeft = .max
        }
        // Rare: large parameter sets, or several units in one.
        let unit = Array(data[body])
        data.removeSubrange(fragment.start...)
        if StartCodes.first(in: unit.span) != nil {
            appendSplit(unit.span)
        } else {
            append(unit.span, fragment.role)
        }
    }

    /// The picture's bytes; begins anew.
    mutating func take() -> [UInt8] {
        let taken = data
        // A picture between keyframes is the measure: keyframes are few, and would make each of the others too large.
        if !isKey { usualBytes = taken.count }
        data = []
        clear()
        return taken
    }

    /// Lets go of what has been collected, but for parameter sets.
    mutating func discard() {
        data.removeAll(keepingCapacity: data.capacity < 1 << 20)
        clear()
    }

    private mutating func clear() {
        fragment = nil
        hasSlice = false
        isKey = false
        isDamaged = false
    }

    private mutating func appendSplit(_ units: Span<UInt8>) {
        for unit in StartCodes.split(units) where unit.count > NALUnit.headerLength(codec) {
            append(unit.span, NALUnit.role(codec, first: unit[0], second: unit[1]))
        }
    }

    private mutating func append(_ unit: Span<UInt8>, _ role: NALUnit.Role) {
        switch role {
        case .superfluous: return
        case .parameterSet(let kind):
            var end = unit.count
            while end > 0, unit[end - 1] == 0 { end -= 1 }
            parameterSets.insert(unit.extracting(0..<end), kind)
        case .slice, .supplement:
            reserve()
            let start = data.count
            data.append(contentsOf: [0, 0, 0, 0])
            add(unit)
            if case .slice(let isKey) = role { seal(at: start, isKey: isKey) } else { writeLength(at: start) }
        }
    }

    private mutating func add(_ bytes: Span<UInt8>) {
        guard data.count + bytes.count <= Self.maximumBytes else { return damage() }
        bytes.withUnsafeBufferPointer { data.append(contentsOf: $0) }
    }

    private mutating func seal(at start: Int, isKey: Bool) {
        writeLength(at: start)
        hasSlice = true
        if isKey { self.isKey = true }
    }

    private mutating func writeLength(at start: Int) {
        let length = UInt32(data.count - start - 4)
        data[start] = UInt8(length >> 24)
        data[start + 1] = UInt8(truncatingIfNeeded: length >> 16)
        data[start + 2] = UInt8(truncatingIfNeeded: length >> 8)
        data[start + 3] = UInt8(truncatingIfNeeded: length)
    }

    private mutating func reserve() {
        if data.isEmpty { data.reserveCapacity(usualBytes + usualBytes / 4 + 1024) }
    }

    private mutating func needsSearch(_ role: NALUnit.Role) -> Bool {
        guard case .slice = role else { return true }
        guard searchesLeft > 0 else { return false }
        if searchesLeft < .max { searchesLeft -= 1 }
        return true
    }
}
