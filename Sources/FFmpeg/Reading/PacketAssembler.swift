import Bitstream
import CFFmpeg
import Domain

/// Turns a stream's packets, however its container stores them, into access units.
struct PacketAssembler {
    private(set) var format: VideoFormat?
    private let codec: VideoFormat.Codec
    /// Of the lengths before NAL units; nil = the packets are byte streams with start codes.
    private var lengthSize: Int?
    private var clock: PacketClock

    init(stream: UnsafeMutablePointer<AVStream>, codec: VideoFormat.Codec) throws(FFmpegError) {
        self.codec = codec
        clock = PacketClock(stream: stream)
        let parameters = stream.pointee.codecpar.pointee
        if let extradata = parameters.extradata {
            try read(UnsafeBufferPointer(start: extradata, count: Int(parameters.extradata_size)))
        }
    }

    /// Nil for a packet that holds no picture, or one that comes before any parameter set.
    mutating func accessUnit(from packet: UnsafeMutablePointer<AVPacket>) throws(FFmpegError) -> AccessUnit? {
        try readNewExtradata(of: packet)
        let bytes = UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size))
        let contents =
            if let lengthSize {
                NALContents(lengthPrefixed: bytes, lengthSize: lengthSize, codec: codec)
            } else {
                NALContents(annexB: bytes, codec: codec)
            }
        try adopt(contents)
        guard contents.hasPicture, let format else { return nil }
        let (decodeTime, offset) = clock.times(of: packet)
        return AccessUnit(
            format: format, decodeTime: decodeTime, compositionOffset: offset, isKey: contents.isKey,
            data: contents.data)
    }

    private mutating func adopt(_ contents: NALContents) throws(FFmpegError) {
        do {
            format = try contents.format(after: format)
        } catch {
            throw FFmpegError(.invalidData, while: Self.action, detail: "\(error)")
        }
    }

    /// MP4 files cut together from several encodings change their parameter sets this way.
    private mutating func readNewExtradata(of packet: UnsafeMutablePointer<AVPacket>) throws(FFmpegError) {
        var size = 0
        guard let data = av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, &size), size > 0 else { return }
        try read(UnsafeBufferPointer(start: data, count: size))
    }

    private mutating func read(_ extradata: UnsafeBufferPointer<UInt8>) throws(FFmpegError) {
        guard let first = extradata.first else { return }
        guard first != 0 else {
            lengthSize = nil
            return try adopt(NALContents(annexB: extradata, codec: codec))
        }
        do {
            let record = try ConfigurationRecord(Array(extradata), codec: codec)
            lengthSize = record.lengthSize
            format = record.format
        } catch .missingParameterSet {
            // `avc3` and `hev1` keep their sets among the pictures (ISO/IEC 14496-15 §5.3.3.1.1, §8.3.3.1.1).
            lengthSize = Int(extradata[codec == .h264 ? 4 : 21] & 3) + 1
        } catch {
            throw FFmpegError(.invalidData, while: Self.action, detail: "\(error)")
        }
    }

    private static let action = "reading parameter sets"
}
