import Bitstream
import Domain
import FFmpeg
import TestSupport

/// The access units of a real clip, decode times from zero.
func units(of clip: Clip) async throws -> [AccessUnit] {
    var demuxer = try Demuxer.open(SourceAddress(scheme: .file, host: "", path: try await clip.path()))
    var units: [AccessUnit] = []
    while let unit = try demuxer.next() { units.append(unit) }
    // B pictures make a file's first decode time negative; our streams begin at zero.
    let first = units.first?.decodeTime ?? .zero
    return units.map { unit in
        AccessUnit(
            format: unit.format, decodeTime: unit.decodeTime - first, compositionOffset: unit.compositionOffset,
            isKey: unit.isKey, data: unit.data)
    }
}
